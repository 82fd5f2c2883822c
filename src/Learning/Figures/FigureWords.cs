using Learning.Catalogue;
using Learning.Database;
using Learning.Time;

namespace Learning.Figures;

/// <summary>A figure in words: the sentence to quote, what it is limited to, and how its rows are called.</summary>
public static class FigureWords
{
    /// <summary>The sentence to quote, with the phrase in it (F5); a figure without a sentence of its own is quoted by its title.</summary>
    public static string Sentence(FigureDefinition figure, string phrase)
    {
        var sentence = figure.Sentence is not { } own || phrase == Breakdowns.NotKnown ? $"{figure.Title}: {phrase}." : OneOfIt.Say(own, phrase);
        return char.ToUpper(sentence[0], British.Culture) + sentence[1..];
    }

    /// <summary>By which a report and whoever reads it find the figure again (F9): "2023-24/gcp2-people/r1", which is also the end of its address; a draft has no revision.</summary>
    public static string Reference(string report, string figure, int? revision = null) => revision is null ? $"{report}/{figure}" : $"{report}/{figure}/r{revision}";

    /// <summary>"from the start of the programme (1 January 2021) to 31 March 2024", "1 April 2023 to 31 March 2024", "on 31 March 2024".</summary>
    public static string When(ReportDefinition report, FigureDefinition figure, KnownNames names)
    {
        var period = report.PeriodOf(figure);
        var last = British.DateWithoutDay(period.Period.LastDay);
        return figure switch
        {
            { Measure: Measure.CoursesAvailable } => $"on {last}",
            { Measure: Measure.Compliance } => $"as last returned in {period}",
            { Measure: Measure.TrainersActive } => $"the twelve months to {last}",
            { Window: Window.InPeriod } => period.ToString(),
            _ when figure.Filter.Programmes.Select(code => names.Programmes.GetValueOrDefault(code.Text)?.StartsOn).Min() is { } start =>
                $"from the start of the programme ({British.DateWithoutDay(start)}) to {last}",
            _ => $"from the first session to {last}",
        };
    }

    /// <summary>What the filter lets through, in the words of the catalogue: "Graded Care Profile 2", "professionals only".</summary>
    public static IReadOnlyList<string> Limits(ReportDefinition report, FigureDefinition figure, KnownNames names)
    {
        var filter = figure.Filter;
        return
        [
            .. filter.Programmes.Select(code => Title(names.Programmes.GetValueOrDefault(code.Text)?.Title, "programme", code)),
            .. filter.Courses.Select(code => Title(names.Courses.GetValueOrDefault(code.Text)?.Title, "course", code)),
            .. filter.Kinds.Select(kind => $"kind of course: {kind.Word()}"),
            .. filter.Owners.Select(code => Title(names.Agencies.GetValueOrDefault(code.Text)?.Name, "courses of", code)),
            .. filter.Agencies.Select(code => Title(names.Agencies.GetValueOrDefault(code.Text)?.Name, "people of", code) + " with its departments"),
            .. filter.Sectors.Select(sector => $"sector: {sector}"),
            .. filter.Levels.Select(level => $"level {level}"),
            .. figure.Measure.KnowsCourse() ? Boards(report.Boards, filter.Boards) : [],
            .. filter.Professionals ? new[] { "professionals only: without volunteers, carers, students, speakers, exhibitors and the public" } : [],
        ];
    }

    /// <summary>"by agency", "by agency and month"; empty for a figure without a table.</summary>
    public static string By(IEnumerable<string> breakdowns) => string.Join(" and ", breakdowns) is { Length: > 0 } words ? $"by {words}" : "";

    /// <summary>How a row is called: an agency by its name, a month as "April 2023", the total as "All".</summary>
    public static string Row(Breakdown by, string key, KnownNames names) => (by, key) switch
    {
        (_, Breakdowns.Total) => "All",
        (Breakdown.Agency or Breakdown.Sector, Breakdowns.NotKnown) => "Agency not known",
        (Breakdown.StatedBoard, Breakdowns.NotStated) => "Board not stated",
        (Breakdown.Level, _) when key.Length > 0 && char.IsAsciiDigit(key[0]) => $"Level {key}",
        (Breakdown.Month, _) when DateOnly.TryParseExact($"{key}-01", "yyyy-MM-dd", out var first) => first.ToString("MMMM yyyy", British.Culture),
        (Breakdown.Board or Breakdown.StatedBoard, _) => char.ToUpper(key[0], British.Culture) + key[1..],
        _ => names.NameOf(by, key),
    };

    private static string Title(string? title, string what, Written code) => $"{what} {title ?? code.Text}";

    private static IEnumerable<string> Boards(IReadOnlyList<Board> report, IReadOnlyList<Board> figure)
    {
        var boards = figure.Count > 0 ? figure : report;
        return boards.Count is 0 or 3 ? [] : [$"board: {string.Join(", ", boards.Select(board => board.Word()))}"];
    }
}
