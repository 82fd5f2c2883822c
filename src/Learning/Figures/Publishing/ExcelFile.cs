using System.Globalization;

using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Learning.Figures.Publishing;

/// <summary>
/// A publication as an Excel workbook: a sheet of its figures, one of their definitions, and one for each table, with filters. Numbers are numbers; what is held back is its mark, as text. Text is never a
/// formula, whatever it begins with.
/// </summary>
public static class ExcelFile
{
    private const int LongestSheetName = 31, LongestText = 32_000;

    // In points, of a line of text in 11 points.
    private const double LineHeight = 14.5;

    private enum Look : uint { Plain, Head, Whole, Decimal, Share, Wrapped, Title, Right, HeadRight }

    /// <summary>A cell of a sheet: a number or a text.</summary>
    private readonly record struct Entry(string? Text, double? Number, Look Look);

    /// <summary>The workbook's bytes.</summary>
    public static byte[] Write(PublishedReport report)
    {
        using var bytes = new MemoryStream();
        using (var file = SpreadsheetDocument.Create(bytes, SpreadsheetDocumentType.Workbook))
        {
            file.PackageProperties.Title = PlainText.Of(report.Title);
            file.PackageProperties.Subject = PlainText.Of($"{report.Partnership}: {report.Period}, {report.Reference}");
            file.PackageProperties.Language = "en-GB";
            var book = file.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var (sheets, names) = (new Sheets(), new DefinedNames());
            var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            Add("Figures", [30, 44, 50, 10, 20, 26, 30], 1, Figures(report), filter: true);
            Add("Definitions", [30, 36, 18, 44, 44, 36, 28, 26], 1, Definitions(report), filter: true);
            Add("About", [24, 100], 0, About(report), filter: false);
            foreach (var figure in report.Figures.Where(figure => figure.Table is not null))
            {
                Add(figure.Id, [40, .. figure.Table!.Columns.Select(_ => 14.0)], 1, Table(figure), filter: true);
            }

            book.Workbook = names.HasChildren ? new Workbook(sheets, names) : new Workbook(sheets);

            void Add(string name, double[] widths, int headRows, IReadOnlyList<Entry[]> rows, bool filter)
            {
                var part = book.AddNewPart<WorksheetPart>();
                var range = $"A1:{Column(Math.Max(1, widths.Length))}{Math.Max(1, filter ? Last(rows) : rows.Count)}";
                WriteSheet(part, widths, headRows, rows, filter ? range : null);
                var sheet = SheetName(name, taken);
                var number = (uint)sheets.Count();
                sheets.Append(new Sheet { Name = sheet, SheetId = number + 1, Id = book.GetIdOfPart(part) });
                if (filter)
                {
                    // Without it LibreOffice and older Excels do not show the filter.
                    names.Append(new DefinedName($"'{sheet}'!{Fixed(range)}") { Name = "_xlnm._FilterDatabase", LocalSheetId = number, Hidden = true });
                }
            }
        }

        return bytes.ToArray();
    }

    private static List<Entry[]> Figures(PublishedReport report) =>
    [
        [.. new[] { "Reference", "Figure", "Sentence", "Value", "Unit", "Made of", "Period" }.Select(Head)],
        .. report.Figures.Select(figure => new[]
        {
            Text(figure.Reference), Text(figure.Title), Text(figure.Sentence), Number(figure.Value, figure), Text((figure.Share ? "share" : figure.Unit) + (figure.Restated ? " [r]" : "")), Text(figure.Parts ?? ""), Text(figure.When),
        }),
    ];

    private static List<Entry[]> Definitions(PublishedReport report) =>
    [
        [.. new[] { "Reference", "Figure", "Measure", "What it counts", "More exactly", "Limited to", "Period", "Records counted" }.Select(Head)],
        .. report.Figures.Select(figure => new[]
        {
            Text(figure.Reference), Text(figure.Title), Text(Database.Words.Word(figure.Measure)), Text(figure.Counts), Text(figure.Detail), Text(string.Join("; ", figure.Limits)), Text(figure.When), Text(figure.Digest),
        }),
    ];

    private static List<Entry[]> About(PublishedReport report) =>
    [
        [new Entry(report.Title, null, Look.Title)],
        .. new[]
        {
            ("Made by", report.Partnership), ("Reference", report.Reference), ("Period", report.Period), ("As at", report.AsAt), ("State", report.State), ("Restated because", report.Reason ?? ""), ("Legend", report.Legend),
        }.Where(line => line.Item2.Length > 0).Select(line => new[] { Head(line.Item1), Text(line.Item2) }),
    ];

    private static List<Entry[]> Table(PublishedFigure figure)
    {
        var table = figure.Table!;
        return
        [
            [Head(table.Head), .. table.Columns.Select(column => new Entry(column, null, Look.HeadRight))],
            .. table.All.Select(row => row.Cells.Select(cell => Number(cell, figure)).Prepend(row.Name == "All" ? Head(row.Name) : Text(row.Name)).ToArray()),
            [],
            .. new[] { figure.Sentence, $"{figure.Title}, {table.By}. {figure.When}. Reference {figure.Reference}." }.Concat(table.Notes).Select(note => new[] { new Entry(note, null, Look.Plain) }),
        ];
    }

    // The last row of the table itself: notes below it are not filtered.
    private static int Last(IReadOnlyList<Entry[]> rows) => rows.TakeWhile(row => row.Length > 0).Count();

    private static Entry Head(string text) => new(text, null, Look.Head);

    private static Entry Text(string text) => new(text, null, Look.Wrapped);

    private static Entry Number(PublishedCell cell, PublishedFigure figure) => cell.Value is { } value
        ? new Entry(null, value, figure.Share ? Look.Share : figure.Measure.IsRatio() ? Look.Decimal : Look.Whole) : new Entry(cell.Printed, null, Look.Right);

    private static void WriteSheet(WorksheetPart part, double[] widths, int headRows, IReadOnlyList<Entry[]> rows, string? filter)
    {
        using var xml = OpenXmlWriter.Create(part);
        xml.WriteStartElement(new Worksheet());
        // Printed, it is as wide as a page.
        xml.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = true }));
        var pane = headRows == 0 ? [] : new OpenXmlElement[] { new Pane { VerticalSplit = headRows, TopLeftCell = $"A{headRows + 1}", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen } };
        xml.WriteElement(new SheetViews(new SheetView(pane) { WorkbookViewId = 0 }));
        xml.WriteElement(new Columns(widths.Select((width, number) => new Column { Min = (uint)number + 1, Max = (uint)number + 1, Width = width, CustomWidth = true })));
        xml.WriteStartElement(new SheetData());
        for (var number = 0; number < rows.Count; number++)
        {
            xml.WriteStartElement(Row(number, rows[number], widths));
            for (var column = 0; column < rows[number].Length; column++)
            {
                xml.WriteElement(Cell(rows[number][column], $"{Column(column + 1)}{number + 1}"));
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        if (filter is not null)
        {
            xml.WriteElement(new AutoFilter { Reference = filter });
        }

        xml.WriteElement(new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });

        xml.WriteEndElement();
    }

    // As high as its longest text needs: not every program works that out when it opens the file.
    private static Row Row(int number, Entry[] entries, double[] widths)
    {
        var lines = entries.Zip(widths, (entry, width) => entry.Look is Look.Wrapped or Look.Head or Look.HeadRight ? Lines(entry.Text ?? "", width) : 1).DefaultIfEmpty(1).Max();
        return lines == 1 ? new() { RowIndex = (uint)number + 1 } : new() { RowIndex = (uint)number + 1, Height = Math.Min(lines * LineHeight, 409), CustomHeight = true };
    }

    // A width is in figures, which are a little wider than the average letter.
    private static int Lines(string text, double figures)
    {
        var (lines, used, width) = (1, 0.0, figures * 1.12);
        foreach (var word in text.Split(' '))
        {
            if (used > 0 && used + word.Length > width)
            {
                (lines, used) = (lines + 1, 0);
            }

            lines += (int)(word.Length / width);
            used = used + (word.Length % width) + 1;
        }

        return lines;
    }

    private static DocumentFormat.OpenXml.Spreadsheet.Cell Cell(Entry entry, string reference) => entry.Number is { } number
        ? new() { CellReference = reference, StyleIndex = (uint)entry.Look, CellValue = new CellValue(number.ToString("R", CultureInfo.InvariantCulture)) }
        : new()
        {
            CellReference = reference, StyleIndex = (uint)entry.Look, DataType = CellValues.InlineString,
            InlineString = new InlineString(new Text(PlainText.Of(entry.Text ?? "", LongestText)) { Space = SpaceProcessingModeValues.Preserve }),
        };

    // Excel's own limits on the names of sheets.
    private static string SheetName(string name, HashSet<string> taken)
    {
        var plain = new string([.. name.Select(one => "[]:*?/\\'".Contains(one) ? '-' : one)]);
        for (var again = 1; ; again++)
        {
            var end = again == 1 ? "" : $" {again}";
            var sheet = plain[..Math.Min(plain.Length, LongestSheetName - end.Length)] + end;
            if (taken.Add(sheet))
            {
                return sheet;
            }
        }
    }

    private static string Fixed(string range) => string.Join(':', range.Split(':').Select(cell => $"${string.Concat(cell.TakeWhile(char.IsLetter))}${string.Concat(cell.SkipWhile(char.IsLetter))}"));

    private static string Column(int number) => number <= 26 ? $"{(char)('A' + number - 1)}" : $"{Column((number - 1) / 26)}{(char)('A' + ((number - 1) % 26))}";

    private static Stylesheet Styles() => new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "#,##0.0" }, new NumberingFormat { NumberFormatId = 165, FormatCode = "0.0%" }),
        new Fonts(new Font(new FontSize { Val = 11 }, new FontName { Val = "Arial" }), new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "Arial" }), new Font(new Bold(), new FontSize { Val = 16 }, new FontName { Val = "Arial" })),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }), new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE3EFEF" }) { PatternType = PatternValues.Solid })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats([
            new CellFormat(),
            new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }) { FontId = 1, FillId = 2, ApplyFont = true, ApplyFill = true, ApplyAlignment = true },
            .. new uint[] { 3, 164, 165 }.Select(format => new CellFormat(new Alignment { Vertical = VerticalAlignmentValues.Top }) { NumberFormatId = format, ApplyNumberFormat = true, ApplyAlignment = true }),
            new CellFormat(new Alignment { WrapText = true, Vertical = VerticalAlignmentValues.Top }) { ApplyAlignment = true }, new CellFormat { FontId = 2, ApplyFont = true },
            new CellFormat(new Alignment { Horizontal = HorizontalAlignmentValues.Right, Vertical = VerticalAlignmentValues.Top }) { ApplyAlignment = true },
            new CellFormat(new Alignment { Horizontal = HorizontalAlignmentValues.Right, WrapText = true, Vertical = VerticalAlignmentValues.Top }) { FontId = 1, FillId = 2, ApplyFont = true, ApplyFill = true, ApplyAlignment = true }]));
}
