using System.Runtime.Serialization;

using Learning.Csv;
using Learning.Database;

namespace Learning.Figures.Publishing;

/// <summary>The forms in which a publication is taken away (F10); each is made of the same <see cref="PublishedReport"/>.</summary>
public enum PublicationForm
{
    [EnumMember(Value = "docx")]
    Word,
    [EnumMember(Value = "xlsx")]
    Excel,
    Pdf,

    /// <summary>A CSV file for each table, in a ZIP file.</summary>
    Tables,

    /// <summary>Easy Read as Word, the form that can be put right with the people who read it.</summary>
    [EnumMember(Value = "easyread")]
    EasyRead,
    [EnumMember(Value = "easyread-pdf")]
    EasyReadPdf,
}

/// <summary>A publication as a file.</summary>
public sealed record PublicationFile(byte[] Bytes, string Type, string Name);

/// <summary>Writes a publication in a form.</summary>
public sealed class WritePublication(EasyWords words, PaperPictures pictures)
{
    private const string WordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ExcelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The file, under a name that every system takes.</summary>
    public PublicationFile Write(PublishedReport report, PublicationForm form)
    {
        var name = CsvFile.NamePart(report.Reference);
        return form switch
        {
            PublicationForm.Word => new(WordFile.Write(ChapterPaper.Of(report), pictures), WordType, $"{name}.docx"),
            PublicationForm.Excel => new(ExcelFile.Write(report), ExcelType, $"{name}.xlsx"),
            PublicationForm.Pdf => new(PdfFile.Write(ChapterPaper.Of(report), pictures), "application/pdf", $"{name}.pdf"),
            PublicationForm.Tables => new(CsvTables.All(report), "application/zip", $"{name}-tables.zip"),
            PublicationForm.EasyRead => new(WordFile.Write(EasyRead.Of(report, words).Paper, pictures), WordType, $"{name}-easy-read.docx"),
            PublicationForm.EasyReadPdf => new(PdfFile.Write(EasyRead.Of(report, words).Paper, pictures), "application/pdf", $"{name}-easy-read.pdf"),
            _ => throw new ArgumentOutOfRangeException(nameof(form)),
        };
    }
}

/// <summary>What a form is called on the trail of what was taken away.</summary>
public static class PublicationForms
{
    public static string Name(this PublicationForm form) => form switch
    {
        PublicationForm.Word => "Word", PublicationForm.Excel => "Excel", PublicationForm.Pdf => "PDF", PublicationForm.Tables => "CSV tables", PublicationForm.EasyRead => "Easy Read (Word)", _ => "Easy Read (PDF)",
    };

    /// <summary>The form of an address or a command; null where there is none.</summary>
    public static PublicationForm? Read(string? word) => Words.TryParse<PublicationForm>(word, out var form) ? form : null;
}
