using System.Globalization;
using System.IO.Compression;
using System.Text;

using Learning.Csv;

namespace Learning.Figures.Publishing;

/// <summary>The tables of a publication as CSV, one tidy file each: a line for each number, with what it is of, its value, and how it is printed; a value that is held back is empty.</summary>
public static class CsvTables
{
    /// <summary>A figure's table; the figure's one number where it has none.</summary>
    public static string Of(PublishedFigure figure)
    {
        var lines = new List<string[]> { new[] { "reference", "figure", "row", "column", "value", "printed" } };
        if (figure.Table is not { } table)
        {
            lines.Add(Line("All", "", figure.Value));
        }
        else
        {
            lines.AddRange(table.All.SelectMany(row => row.Cells.Select((cell, number) => (cell, column: table.Columns[number])).Where(pair => pair.cell.Printed.Length > 0).Select(pair => Line(row.Name, pair.column, pair.cell))));
        }

        return CsvFile.Text(lines);

        string[] Line(string row, string column, PublishedCell cell) =>
            [figure.Reference, figure.Title, row, column, cell.Value?.ToString("R", CultureInfo.InvariantCulture) ?? "", cell.Printed];
    }

    /// <summary>All of them in one ZIP file, with the definitions in another CSV.</summary>
    public static byte[] All(PublishedReport report)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var figure in report.Figures)
            {
                Add(zip, $"{CsvFile.NamePart(figure.Id)}.csv", Of(figure));
            }

            Add(zip, "definitions.csv", CsvFile.Text(report.Figures.Select(figure => new[]
            {
                figure.Reference, figure.Title, figure.Sentence, Database.Words.Word(figure.Measure), figure.Counts, figure.Detail, string.Join("; ", figure.Limits), figure.When, report.AsAt, figure.Digest,
            }).Prepend(["reference", "figure", "sentence", "measure", "counts", "detail", "limits", "period", "as_at", "digest"])));
            Add(zip, "about.txt", $"{report.Title}\r\n{report.Partnership}\r\n{report.Period}\r\n{report.State}\r\nAs at {report.AsAt}. Reference {report.Reference}.\r\n{report.Legend}\r\n");
        }

        return bytes.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetPreamble());
        entry.Write(Encoding.UTF8.GetBytes(text));
    }
}
