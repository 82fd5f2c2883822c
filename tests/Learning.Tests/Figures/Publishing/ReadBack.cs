using System.Globalization;
using System.IO.Compression;
using System.Text;

using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

using Learning.Csv;
using Learning.Figures.Publishing;

using Word = DocumentFormat.OpenXml.Wordprocessing;

namespace Learning.Tests.Figures.Publishing;

/// <summary>The tables of a publication as each form has them, read back out of the file: a name and the printed numbers of each row.</summary>
internal static class ReadBack
{
    /// <summary>What every form must have.</summary>
    public static List<string> Expected(PublishedFigure figure) => Lines(figure.Table!.All.Select(row => row.Cells.Select(cell => cell.Printed).Prepend(row.Name)));

    public static List<List<string>> OfWord(byte[] file)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(file), false);
        return [.. document.MainDocumentPart!.Document!.Body!.Elements<Word.Table>().Where(table => table.Descendants<Word.TableHeader>().Any())
            .Select(table => Lines(table.Elements<Word.TableRow>().Skip(1).Select(row => row.Elements<Word.TableCell>().Select(cell => cell.InnerText))))];
    }

    /// <summary>Every text of a Word file, with the texts that stand for drawings, and what lies behind its charts.</summary>
    public static string TextOfWord(byte[] file)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(file), false);
        var main = document.MainDocumentPart!;
        return string.Join(' ', main.Document!.Body!.Descendants<Word.Paragraph>().Select(line => line.InnerText)
            .Concat(main.Document.Descendants<DocumentFormat.OpenXml.Drawing.Wordprocessing.DocProperties>().Select(drawing => drawing.Description?.Value ?? ""))
            .Concat(main.ChartParts.SelectMany(chart => chart.ChartSpace!.Descendants().Where(part => !part.HasChildren).Select(part => part.InnerText))));
    }

    /// <summary>A sheet's rows down to the first empty one: numbers by their value, in the form in which the figure prints them.</summary>
    public static List<string> OfExcel(byte[] file, string sheet, Func<double, string> print)
    {
        using var book = SpreadsheetDocument.Open(new MemoryStream(file), false);
        var part = (WorksheetPart)book.WorkbookPart!.GetPartById(book.WorkbookPart.Workbook!.Descendants<Sheet>().Single(one => one.Name == sheet).Id!);
        Assert.NotEmpty(part.Worksheet!.Elements<AutoFilter>());
        Assert.Empty(part.Worksheet.Descendants<CellFormula>());
        return Lines(part.Worksheet.Descendants<Row>().Skip(1).TakeWhile(row => row.HasChildren).Select(row => row.Elements<DocumentFormat.OpenXml.Spreadsheet.Cell>()
            .Select(cell => cell.CellValue is { } value ? print(double.Parse(value.Text, CultureInfo.InvariantCulture)) : cell.InnerText)));
    }

    public static string TextOfExcel(byte[] file)
    {
        using var book = SpreadsheetDocument.Open(new MemoryStream(file), false);
        return string.Join(' ', book.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().Select(cell => cell.InnerText)));
    }

    public static async Task<(List<string> Lines, string Text)> OfCsvAsync(byte[] file, string id)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        var all = new StringBuilder();
        foreach (var entry in zip.Entries)
        {
            using var text = new StreamReader(await entry.OpenAsync(), Encoding.UTF8);
            all.Append(await text.ReadToEndAsync()).Append('\n');
        }

        using var reader = new StreamReader(await zip.GetEntry($"{id}.csv")!.OpenAsync(), Encoding.UTF8);
        using var csv = new CsvHelper.CsvReader(reader, CultureInfo.InvariantCulture);
        var rows = new List<(string Row, string Printed)>();
        await csv.ReadAsync();
        csv.ReadHeader();
        while (await csv.ReadAsync())
        {
            rows.Add((csv.GetField("row")!.TrimStart('\''), csv.GetField("printed")!));
        }

        return (Lines(Runs(rows).Select(run => run.Select(row => row.Printed).Prepend(run[0].Row))), all.ToString());
    }

    public static List<List<string>> OfPdf(TaggedPdf file) =>
        [.. file.Root.Every.Where(tag => tag.Kind == "Table").Select(table => Lines(table.Within.Skip(1).Select(row => row.Within.Select(cell => cell.All))))];

    /// <summary>What Word or Excel would have to repair.</summary>
    public static IEnumerable<string> Invalid(byte[] file)
    {
        using var bytes = new MemoryStream(file);
        using OpenXmlPackage document = file.AsSpan().IndexOf("xl/workbook.xml"u8) >= 0 ? SpreadsheetDocument.Open(bytes, false) : WordprocessingDocument.Open(bytes, false);
        return [.. new DocumentFormat.OpenXml.Validation.OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document).Select(wrong => $"{wrong.Part?.Uri} {wrong.Path?.XPath}: {wrong.Description}")];
    }

    /// <summary>A row a line, whatever space stands in it: a form may break a name.</summary>
    public static List<string> Lines(IEnumerable<IEnumerable<string>> rows) => [.. rows.Select(row => string.Join(" | ", row.Select(cell => string.Concat(cell.Where(letter => !char.IsWhiteSpace(letter))))))];

    private static IEnumerable<List<(string Row, string Printed)>> Runs(List<(string Row, string Printed)> rows)
    {
        var run = new List<(string Row, string Printed)>();
        foreach (var row in rows)
        {
            if (run.Count > 0 && run[0].Row != row.Row)
            {
                yield return run;
                run = [];
            }

            run.Add(row);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }
}
