using System.Globalization;
using static Learning.Tests.History.HistoryFiles;

namespace Learning.Tests.History;

/// <summary>
/// The figures of a history folder counted a second time, from docs/rules.md alone and with no line of the product: loops over rows, a rule number
/// beside each. Slow on purpose. What the import and the figures engine say is held against it.
/// </summary>
/// <param name="same">P3: whom a merge made one with somebody, by their numbers in the files.</param>
public sealed class IndependentCount(HistoryFiles files, IReadOnlyDictionary<int, int>? same = null)
{
    private static readonly string[] NotProfessionals = ["volunteer", "carer", "student", "speaker", "exhibitor", "public"];

    public Answer Count(Question question)
    {
        var known = new HistoryAsAt(files, question.AsAt);
        IEnumerable<Counted> Held() => known.Held().Select(known.Of);
        IEnumerable<Counted> Places() => known.Held().Select(session => known.Of(session) with { Weight = session.Capacity });
        IEnumerable<Counted> AttendancesOrCompletions() => known.Attendances().Concat(known.Completions());
        return question.Measure switch
        {
            "people" => Distinct(question, AttendancesOrCompletions(), counted => Whom(counted)),
            "attendances" => Distinct(question, known.Attendances(), counted => (Whom(counted), counted.Session!.Ref)),
            "completions" => Sum(question, known.Completions()),
            "agencies" => Distinct(question, AttendancesOrCompletions().Where(counted => counted.Agency != Counted.NotKnown), counted => counted.Agency),
            "sessions_held" => Sum(question, Held()),
            "places_offered" => Sum(question, Places()),
            "places_booked" => Sum(question, known.Booked()),
            "sessions_cancelled" => Sum(question, known.Cancelled().Select(known.Of)),
            "places_lost" => Sum(question, known.Cancelled().Select(session => known.Of(session) with { Weight = session.Capacity })),
            "average_attendance" => Ratio(question, known.AttendancesOfHeld(), Held()),
            "fill_rate" => Ratio(question, known.AttendancesOfHeld(), Places()),
            "dna_rate" => Ratio(question, known.LastMarks().Where(mark => mark.DidNotAttend).Select(mark => mark.Holder), known.LastMarks().Select(mark => mark.Holder)),
            "courses_available" => CoursesAvailable(question),
            _ => throw new ArgumentException($"{question.Measure} is not counted here."),
        };
    }

    private int Whom(Counted counted) => same?.GetValueOrDefault(counted.Person!.Number, counted.Person.Number) ?? counted.Person!.Number;

    private bool Passes(Question question, Counted counted)
    {
        var from = question.SinceStart ? StartOf(question.Programme) : question.From;
        return counted.Date >= from && counted.Date < question.To
            && (question.Programme is null || counted.Course.Programmes.Contains(question.Programme))
            && (question.Courses is null || question.Courses.Contains(counted.Course.Code))
            && (question.Kind is null || counted.Course.Kind == question.Kind)
            && (question.Owner is null || counted.Course.Owner == question.Owner)
            && (question.Board is null || counted.Boards.Contains(question.Board))
            && (question.Sector is null || SectorOf(counted.Agency) == question.Sector)
            && (question.Agency is null || IsOrBelongsTo(counted.Agency, question.Agency))
            && !(question.Professionals && NotProfessionals.Contains(counted.Workforce));
    }

    /// <summary>programmes.csv, or its first session; a window without a programme has no beginning.</summary>
    private DateOnly StartOf(string? programme) =>
        files.Programmes.Find(known => known.Code == programme)?.StartsOn
        ?? files.Sessions.Where(session => session.Course.Programmes.Contains(programme)).Select(session => session.Starts.Date).DefaultIfEmpty(DateOnly.MinValue).Min();

    private string SectorOf(string agency) => files.Agencies.Find(known => known.Code == agency)?.Sector ?? Counted.NotKnown;

    private bool IsOrBelongsTo(string agency, string wanted)
    {
        for (var code = agency; !string.IsNullOrEmpty(code); code = files.Agencies.Find(known => known.Code == code)?.Parent)
        {
            if (code == wanted)
                return true;
        }
        return false;
    }

    private string[] KeysOf(Counted counted, string by) => by switch
    {
        "agency" => [counted.Agency],
        "sector" => [SectorOf(counted.Agency)],
        "course" => [counted.Course.Code],
        "programme" => counted.Course.Programmes,
        "board" => counted.Boards,
        "level" => counted.Course.Level.Length > 0 ? [counted.Course.Level] : [],
        "owner" => [counted.Course.Owner],
        "month" => [counted.Date.ToString("yyyy-MM", CultureInfo.InvariantCulture)],
        "quarter" => [QuarterOf(counted.Date)],
        _ => throw new ArgumentException($"No breakdown by {by}."),
    };

    /// <summary>Of the financial year: 2023-24 Q1 is April to June 2023.</summary>
    private static string QuarterOf(DateOnly date)
    {
        var year = date.Month >= 4 ? date.Year : date.Year - 1;
        return $"{year}-{(year + 1) % 100:00} Q{(date.Month + 8) % 12 / 3 + 1}";
    }

    private Dictionary<string, List<Counted>> Grouped(Question question, IEnumerable<Counted> items)
    {
        var groups = new Dictionary<string, List<Counted>>();
        foreach (var item in items)
        {
            IEnumerable<string> keys = [""];
            foreach (var by in question.By)
                keys = keys.SelectMany(key => KeysOf(item, by).Select(next => key.Length == 0 ? next : key + "|" + next)).ToList();
            foreach (var key in keys)
            {
                if (!groups.TryGetValue(key, out var group))
                    groups[key] = group = [];
                group.Add(item);
            }
        }
        return groups;
    }

    private Answer Plain(Question question, IEnumerable<Counted> items, Func<IEnumerable<Counted>, int> size)
    {
        var counted = items.Where(item => Passes(question, item)).ToList();
        var rows = question.By.Count == 0 ? [] : Grouped(question, counted).ToDictionary(group => group.Key, group => (decimal?)size(group.Value));
        return new Answer(size(counted), null, null, rows);
    }

    private Answer Distinct<T>(Question question, IEnumerable<Counted> items, Func<Counted, T> what) =>
        Plain(question, items, group => group.Select(what).Distinct().Count());

    private Answer Sum(Question question, IEnumerable<Counted> items) => Plain(question, items, group => group.Sum(item => item.Weight));

    /// <summary>F3: no denominator, no value.</summary>
    private Answer Ratio(Question question, IEnumerable<Counted> above, IEnumerable<Counted> below)
    {
        var numerator = Sum(question, above);
        var denominator = Sum(question, below);
        var rows = denominator.Rows.ToDictionary(row => row.Key, row => Divide(numerator.Rows.GetValueOrDefault(row.Key) ?? 0, row.Value));
        return new Answer(Divide(numerator.Value, denominator.Value), (int)numerator.Value!, (int)denominator.Value!, rows);
    }

    private static decimal? Divide(decimal? above, decimal? below) => below is null or 0 ? null : above / below;

    /// <summary>F2: published at the period's end, that is on its last day; from the day of its withdrawal a course is not.</summary>
    private Answer CoursesAvailable(Question question)
    {
        var last = question.To.AddDays(-1);
        var available = files.Courses.Where(course => course.PublishedOn <= last && (course.WithdrawnOn is null || course.WithdrawnOn > last));
        return Sum(question with { SinceStart = false, From = DateOnly.MinValue }, available.Select(course => new Counted(course, last, course.Boards)));
    }
}
