using Learning.Database;

namespace Learning.Figures;

/// <summary>A figure's filter and window as the database understands them: ids and dates. A null list limits nothing, an empty one lets nothing through.</summary>
/// <param name="Starts">The programmes whose first session begins the window, where none says when it started.</param>
public sealed record Scope(
    Guid[]? Courses, string[]? Boards, Guid[]? Agencies, bool Professionals, DateOnly? From, DateOnly To, IReadOnlyList<Guid[]> Starts)
{
    /// <summary>The levels of what agencies return; null limits nothing.</summary>
    public string[]? Levels { get; init; }

    /// <summary>The scope of each figure of a report whose periods are fixed, by id; its codes mean what they meant on the last day of the figure's period, as far as was recorded at the instant.</summary>
    /// <exception cref="DefinitionException">A code is not known; says where it stands.</exception>
    public static async Task<IReadOnlyDictionary<string, Scope>> OfAsync(LearningDb db, ReportDefinition report, DateTimeOffset asAt, CancellationToken stop)
    {
        var names = new Dictionary<DateOnly, KnownNames>();
        foreach (var day in report.LastDays)
        {
            names[day] = await KnownNames.ReadAsync(db, day, asAt, stop);
        }

        var mistakes = new List<DefinitionMistake>();
        var scopes = report.Figures.ToDictionary(figure => figure.Id, figure => Of(report, figure, names[report.PeriodOf(figure).Period.LastDay], mistakes));
        return mistakes.Count == 0 ? scopes : throw new DefinitionException([.. mistakes.Distinct().OrderBy(mistake => mistake.Line).ThenBy(mistake => mistake.Column)]);
    }

    private static Scope Of(ReportDefinition report, FigureDefinition figure, KnownNames names, List<DefinitionMistake> mistakes)
    {
        var filter = figure.Filter;
        var programmes = Look("programme", filter.Programmes, names.Programmes);
        var courses = Look("course", filter.Courses, names.Courses).Select(course => course.Id).ToHashSet();
        var owners = Look("agency", filter.Owners, names.Agencies).Select(agency => agency.Id).ToHashSet();
        var agencies = Look("agency", filter.Agencies, names.Agencies).SelectMany(agency => names.WithDepartments(agency.Id)).ToHashSet();
        var sectors = Look("sector", filter.Sectors, names.Sectors);
        var levels = Look("level", filter.Levels, names.Levels);

        var inProgrammes = programmes.SelectMany(programme => names.CoursesOf(programme.Id)).ToHashSet();
        var limitsCourses = filter.Programmes.Count + filter.Courses.Count + filter.Owners.Count + filter.Kinds.Count > 0;
        var chosen = names.Courses.Values.Where(course =>
            (filter.Programmes.Count == 0 || inProgrammes.Contains(course.Id))
            && (filter.Courses.Count == 0 || courses.Contains(course.Id))
            && (filter.Owners.Count == 0 || owners.Contains(course.OwnerId))
            && (filter.Kinds.Count == 0 || filter.Kinds.Contains(course.Kind)));
        var people = names.Agencies.Values.Where(agency =>
            (filter.Agencies.Count == 0 || agencies.Contains(agency.Id)) && (sectors.Count == 0 || sectors.Contains(agency.Sector)));

        var (period, sinceStart) = (report.PeriodOf(figure).Period, figure.Window == Window.SinceStart);
        var dated = programmes.Where(programme => programme.StartsOn is not null).ToList();
        return new Scope(
            limitsCourses ? [.. chosen.Select(course => course.Id)] : null,
            BoardsOf(report, filter),
            filter.Agencies.Count + sectors.Count > 0 ? [.. people.Select(agency => agency.Id)] : null,
            filter.Professionals,
            !sinceStart ? period.From : dated.Count > 0 ? dated.Min(programme => programme.StartsOn) : null,
            period.To,
            sinceStart ? [.. programmes.Except(dated).Select(programme => names.CoursesOf(programme.Id).ToArray())] : [])
        {
            Levels = levels.Count > 0 ? [.. levels] : null,
        };

        List<T> Look<T>(string what, IReadOnlyList<Written> codes, IReadOnlyDictionary<string, T> known)
        {
            var found = new List<T>();
            foreach (var code in codes)
            {
                if (known.TryGetValue(code.Text, out var value))
                {
                    found.Add(value);
                }
                else
                {
                    mistakes.Add(new DefinitionMistake(report.File, code.Line, code.Column, $"there is no {what} '{code}'{Nearest.Offer(code.Text, known.Keys)}"));
                }
            }

            return found;
        }
    }

    /// The report's boards and the figure's own: what both let through. Joint counts once, where it is listed.
    private static string[]? BoardsOf(ReportDefinition report, FigureFilter filter) => (report.Boards.Count, filter.Boards.Count) switch
    {
        (0, 0) => null,
        (_, 0) => [.. report.Boards.Select(board => board.Word())],
        (0, _) => [.. filter.Boards.Select(board => board.Word())],
        _ => [.. filter.Boards.Intersect(report.Boards).Select(board => board.Word())],
    };
}
