namespace Learning.Figures.Publishing;

/// <summary>The charts of a publication: of its own tables, so that what a table holds back no chart draws (F6), with a sentence each that says what is to be seen.</summary>
public static class PublishedCharts
{
    /// <summary>As many bars as can be taken in at once; the table beside has every row.</summary>
    public const int Most = 12;

    /// <summary>A bar a row; null where the figure has no table, or nothing of it can be drawn.</summary>
    public static PaperPart.Bars? Of(PublishedFigure figure)
    {
        if (figure.Table is not { Rows.Count: > 0 } table || table.Rows.All(row => row.Whole.Value is null))
        {
            return null;
        }

        var shown = table.Rows.Take(Most).Select(row => new PaperBar(row.Name, row.Whole.Printed, row.Whole.Value)).ToList();
        return new PaperPart.Bars($"{figure.Title}, {table.By}{(shown.Count < table.Rows.Count ? $": {shown.Count} of {table.Rows.Count}" : "")}", Sentence(figure, table), shown);
    }

    /// <summary>A bar for each report that signed it; null where fewer than two did.</summary>
    public static PaperPart.Bars? Trend(PublishedFigure figure) => figure.Trend.Count < 2 || figure.Trend.All(point => point.Value.Value is null) ? null : new PaperPart.Bars(
        $"{figure.Title}, as each report signed it", $"{string.Join("; ", figure.Trend.Select(point => $"{point.Title}: {point.Value.Printed}"))}.",
        [.. figure.Trend.Select(point => new PaperBar(point.Title, point.Value.Printed, point.Value.Value))]);

    /// <summary>The same as a table.</summary>
    public static PublishedTable TrendTable(PublishedFigure figure) => new(
        "by report", "Report", ["Signed value"], [.. figure.Trend.Select(point => new PublishedRow($"{point.Title} ({point.Reference})", [point.Value]))], null, []);

    /// <summary>"The most: Police, 120 of 512 in all. Held back: 3 of 9 rows." What is to be seen, of the numbers that are printed.</summary>
    /// <param name="all">The whole that rows are of; null where they are none of it.</param>
    public static string Sentence(IReadOnlyList<PaperBar> rows, string? all)
    {
        var known = rows.Where(row => row.Length is not null).ToList();
        if (known.Count == 0)
        {
            return "Every number is held back.";
        }

        var (most, held, whole) = (known.MaxBy(row => row.Length)!, rows.Count - known.Count, all is null ? "" : $" of {all} in all");
        var tied = known.Count(row => row.Printed == most.Printed) > 1;
        return $"{(known.Count == 1 ? $"{most.Name}: {most.Printed}{whole}" : tied ? $"The most is {most.Printed}{whole}" : $"The most: {most.Name}, {most.Printed}{whole}")}."
            + (held == 0 ? "" : $" Held back: {held} of {Time.British.Count(rows.Count, "row")}.");
    }

    private static string Sentence(PublishedFigure figure, PublishedTable table) =>
        Sentence([.. table.Rows.Select(row => new PaperBar(row.Name, row.Whole.Printed, row.Whole.Value))], figure.Share || figure.Value.Value is null || figure.Measure.IsAverage() ? null : figure.Value.Printed);
}
