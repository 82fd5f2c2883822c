namespace Learning.Figures.Publishing;

/// <summary>A report as a document: of each figure the sentence to quote with its reference, where the number comes from, its chart and its table; at the end what was counted and how.</summary>
public static class ChapterPaper
{
    /// <summary>The document; every number in it is the publication's.</summary>
    public static Paper Of(PublishedReport report)
    {
        List<PaperPart> parts =
        [
            new PaperPart.Heading(1, report.Title),
            new PaperPart.Prose($"{report.Partnership}. {report.Period}.", PaperTone.Lead),
            new PaperPart.Prose($"{report.State} The numbers are as at {report.AsAt}. Reference {report.Reference}."),
        ];
        if (report.Reason is { } reason)
        {
            parts.Add(new PaperPart.Prose($"Restated, marked [r] where a number differs. The reason: {reason}"));
        }

        var level = report.Figures.Any(figure => figure.Heading is not null) ? 3 : 2;
        foreach (var figure in report.Figures)
        {
            if (figure.Heading is { } heading)
            {
                parts.Add(new PaperPart.Heading(2, heading));
            }

            parts.AddRange(Figure(figure, level));
        }

        parts.Add(new PaperPart.Heading(2, "How it was counted"));
        parts.Add(new PaperPart.Prose("Every number has one definition, one reference and the records behind it. What was signed does not change; a mistake is put right by a revision with its reason."));
        parts.Add(new PaperPart.Prose(report.Legend));
        foreach (var measure in report.Figures.DistinctBy(figure => figure.Measure))
        {
            parts.Add(new PaperPart.Prose($"{MeasureName(measure)}: {measure.Counts} {measure.Detail}", PaperTone.Quiet));
        }

        return new Paper(report.Title, $"{report.Partnership}: {report.Period}, {report.Reference}", false, parts);
    }

    private static IEnumerable<PaperPart> Figure(PublishedFigure figure, int level)
    {
        yield return new PaperPart.Heading(level, figure.Title);
        yield return new PaperPart.Prose(figure.Sentence, PaperTone.Lead);
        yield return new PaperPart.Prose(
            $"{figure.Value.Printed}{(figure.Share || figure.Value.Value is null ? "" : $" {figure.Unit}")}{(figure.Restated ? " [r]" : "")}{(figure.Parts is { } made ? $" ({made})" : "")}. {Capital(figure.When)}. "
            + $"{figure.Counts}{(figure.Limits.Count > 0 ? $" Limited to: {string.Join("; ", figure.Limits)}." : "")} Reference {figure.Reference}.", PaperTone.Quiet);
        if (PublishedCharts.Of(figure) is { } bars)
        {
            yield return bars;
        }

        if (figure.Table is { } table)
        {
            yield return new PaperPart.Grid($"{figure.Title}, {table.By} ({figure.Reference})", table);
        }

        if (PublishedCharts.Trend(figure) is { } trend)
        {
            yield return trend;
            yield return new PaperPart.Grid($"{figure.Title}, as each report signed it", PublishedCharts.TrendTable(figure));
        }
    }

    private static string MeasureName(PublishedFigure figure) => Capital(Database.Words.Word(figure.Measure).Replace('_', ' '));

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
