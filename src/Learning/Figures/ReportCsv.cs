using System.Globalization;

using Learning.Csv;

namespace Learning.Figures;

/// <summary>
/// A computed report as CSV: a line for each figure (its breakdown columns empty) and one for each row of its table. What a spreadsheet would take for a formula is
/// written as text.
/// </summary>
public static class ReportCsv
{
    private static readonly string[] Header =
    [
        "report", "from", "to", "as_at", "figure", "measure", "unit", "by_1", "key_1", "by_2", "key_2", "value", "numerator", "denominator", "printed", "phrase", "digest", "responses", "asked",
    ];

    /// <summary>The report; <paramref name="published"/> leaves out every number that F6 holds back.</summary>
    public static string Write(ComputedReport report, bool published = false) =>
        CsvFile.Text(report.Figures.SelectMany(figure => Lines(report, published ? PublishedCopy.Of(figure) : figure, published)).Prepend(Header));

    private static IEnumerable<string[]> Lines(ComputedReport report, ComputedFigure figure, bool published)
    {
        var held = published && figure.Suppressed;
        var printed = figure.Suppressed ? ComputedRow.Hidden : FigureTable.Print(Database.Words.Parse<Measure>(figure.Measure), figure.Value);
        yield return
        [
            .. Start(report, figure), "", "", "", "", held ? "" : Number(figure.Value), held ? "" : Number(figure.Numerator), held ? "" : Number(figure.Denominator),
            printed, held ? ComputedRow.Hidden : figure.Phrase, figure.Digest, held ? "" : Number(figure.Responses), held ? "" : Number(figure.Asked),
        ];
        foreach (var row in figure.Rows)
        {
            string[] keys = [.. figure.By.SelectMany(by => new[] { by, row.Key[by] }), .. Enumerable.Repeat("", 4 - (2 * figure.By.Count))];
            yield return [.. Start(report, figure), .. keys, published && row.Printed == ComputedRow.Hidden ? "" : Number(row.Value), "", "", row.Printed, "", "", "", ""];
        }
    }

    private static string[] Start(ComputedReport report, ComputedFigure figure) =>
        [report.Report, $"{figure.From ?? report.From:yyyy-MM-dd}", $"{figure.To ?? report.To:yyyy-MM-dd}", ReportJson.Instant(report.AsAt), figure.Id, figure.Measure, figure.Unit];

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
