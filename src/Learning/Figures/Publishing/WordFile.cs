using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Learning.Figures.Publishing;

/// <summary>
/// A document as Word, ready to be pasted into a report: real headings and styles, tables whose first row is repeated as a header, numbered captions, text alternatives of charts and pictures, and the language.
/// </summary>
public sealed class WordFile
{
    // Between the margins, in twentieths of a point; more columns than that are set in parts.
    private const int PageWidth = 9638, MostColumns = 6;
    private readonly WordprocessingDocument file;
    private readonly MainDocumentPart main;
    private readonly Body body = new();
    private readonly PaperPictures pictures;
    private readonly Paper paper;
    private uint drawings;
    private int tables, charts;

    private WordFile(WordprocessingDocument file, Paper paper, PaperPictures pictures)
    {
        (this.file, this.paper, this.pictures) = (file, paper, pictures);
        main = file.AddMainDocumentPart();
    }

    /// <summary>The document's bytes.</summary>
    public static byte[] Write(Paper paper, PaperPictures pictures)
    {
        using var bytes = new MemoryStream();
        using (var file = WordprocessingDocument.Create(bytes, WordprocessingDocumentType.Document))
        {
            new WordFile(file, paper, pictures).Write();
        }

        return bytes.ToArray();
    }

    private void Write()
    {
        file.PackageProperties.Title = PlainText.Of(paper.Title);
        file.PackageProperties.Subject = PlainText.Of(paper.Subject);
        file.PackageProperties.Language = "en-GB";
        main.AddNewPart<StyleDefinitionsPart>().Styles = WordStyles.Of(paper.Large);
        main.AddNewPart<DocumentSettingsPart>().Settings = new Settings(new Compatibility(new CompatibilitySetting
        {
            Name = CompatSettingNameValues.CompatibilityMode, Uri = "http://schemas.microsoft.com/office/word", Val = "15",
        }));
        foreach (var part in paper.Parts)
        {
            Write(part);
        }

        body.Append(Footer());
        main.Document = new Document(body);
    }

    private void Write(PaperPart part)
    {
        switch (part)
        {
            case PaperPart.Heading heading:
                body.Append(Line($"Heading{heading.Level}", Run(heading.Text)));
                break;
            case PaperPart.Prose text:
                body.Append(Line(text.Tone switch { PaperTone.Lead => "Lead", PaperTone.Quiet => "Quiet", _ => "Normal" }, Run(text.Words)));
                break;
            case PaperPart.Points points:
                body.Append(points.Lines.Select(line => Line("ListBullet", Run("• " + line))));
                break;
            case PaperPart.Bars bars:
                body.Append(Caption("Chart", ++charts, bars.Caption));
                body.Append(Line("Normal", new Run(WordChart.Of(main, bars, ++drawings))));
                body.Append(Line("Quiet", Run(bars.Says)));
                break;
            case PaperPart.Grid grid:
                tables++;
                var parts = grid.Table.InParts(MostColumns);
                foreach (var (one, number) in parts.Select((one, number) => (one, number)))
                {
                    var caption = parts.Count == 1 ? grid.Caption : $"{grid.Caption}, part {number + 1} of {parts.Count}";
                    body.Append(number == 0 ? Caption("Table", tables, caption) : Line("Caption", Run($"Table {tables}. {caption}")));
                    body.Append(Table(caption, one));
                }

                body.Append(grid.Table.Notes.Select(note => Line("Quiet", Run(note))));
                body.Append(Line("Normal"));
                break;
            case PaperPart.Pictured pictured:
                body.Append(Side(pictured));
                body.Append(Line("Normal"));
                break;
        }
    }

    private static Paragraph Line(string style, params OpenXmlElement[] runs) => new([new ParagraphProperties(new ParagraphStyleId { Val = style }), .. runs]);

    private static Run Run(string text) => new(new Text(PlainText.Of(text)) { Space = SpaceProcessingModeValues.Preserve });

    // Word's own numbering, so that a caption that is pasted into another document takes its number there.
    private static Paragraph Caption(string what, int number, string text)
    {
        var caption = Line("Caption", Run($"{what} "), new SimpleField(Run($"{number}")) { Instruction = $" SEQ {what} \\* ARABIC " }, Run($". {text}"));
        caption.ParagraphProperties!.Append(new KeepNext());
        return caption;
    }

    private static Table Table(string caption, PublishedTable grid)
    {
        var columns = grid.Columns.Count;
        var width = Math.Min(1500, (int)(PageWidth * 0.68 / columns));
        var table = new Table(new TableProperties(
            new TableStyle { Val = "Numbers" }, new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct }, new TableLayout { Type = TableLayoutValues.Fixed },
            new TableLook { Val = "0460", FirstRow = true, FirstColumn = true, LastRow = grid.Total is not null, NoHorizontalBand = false, NoVerticalBand = true },
            new TableCaption { Val = PlainText.Of(caption) },
            new TableDescription { Val = PlainText.Of($"{grid.Head} in rows, {string.Join(", ", grid.Columns)} in columns.") }));
        table.Append(new TableGrid(Enumerable.Range(0, columns + 1).Select(column => new GridColumn { Width = $"{(column == 0 ? PageWidth - (columns * width) : width)}" })));
        var head = Row([grid.Head, .. grid.Columns], strong: true);
        head.PrependChild(new TableRowProperties(new CantSplit(), new TableHeader()));
        table.Append(head);
        table.Append(grid.All.Select(row => Row([row.Name, .. row.Cells.Select(cell => cell.Printed)], strong: row == grid.Total)));
        return table;
    }

    private static TableRow Row(IEnumerable<string> cells, bool strong) => new(cells.Select((text, column) =>
    {
        var run = Run(text);
        if (strong || column == 0)
        {
            run.PrependChild(new RunProperties(new Bold()));
        }

        var line = Line("Cell", run);
        if (column > 0)
        {
            line.ParagraphProperties!.Append(new Justification { Val = JustificationValues.Right });
        }

        return new TableCell(line);
    }));

    // A picture on the left, words on the right: a table of layout, which says that it is none of numbers.
    private Table Side(PaperPart.Pictured part)
    {
        var picture = new Run(WordPicture.Of(main, pictures.Png(part.Picture), part.Describes, ++drawings, 1_260_000));
        return new Table(
            new TableProperties(new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct }, new TableLayout { Type = TableLayoutValues.Fixed }, new TableDescription { Val = "Layout only: a picture beside its words." }),
            new TableGrid(new GridColumn { Width = "2600" }, new GridColumn { Width = "7000" }),
            new TableRow(
                new TableRowProperties(new CantSplit()),
                new TableCell(new TableCellProperties(new TableCellWidth { Width = "2600", Type = TableWidthUnitValues.Dxa }), Line("Normal", picture)),
                new TableCell([new TableCellProperties(new TableCellWidth { Width = "7000", Type = TableWidthUnitValues.Dxa }), .. part.Lines.Select(line => Line("Normal", Run(line)))])));
    }

    // A4, with the title and the page's number at its foot.
    private SectionProperties Footer()
    {
        var foot = main.AddNewPart<FooterPart>();
        foot.Footer = new Footer(Line("Footer", Run($"{paper.Subject}. Page "), new SimpleField(Run("1")) { Instruction = " PAGE " }));
        return new SectionProperties(
            new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(foot) },
            new PageSize { Width = 11906, Height = 16838 }, new PageMargin { Top = 1134, Bottom = 1134, Left = 1134, Right = 1134, Header = 567, Footer = 567 });
    }
}
