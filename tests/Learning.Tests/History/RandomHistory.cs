using System.Globalization;

namespace Learning.Tests.History;

/// <summary>
/// Small folders of history, from a seed, as full as they can be of what goes wrong in life: corrections in any order, substitutes and their withdrawal, walk-ins,
/// movers, marks in part at exactly 75%, courses of two and three parts across the year's end, sessions minutes before and after midnight of 31 March,
/// seats, aliases, more people than places, missing marks, late registers. Within what docs/rules.md says; never what it leaves open.
/// </summary>
public sealed class RandomHistory
{
    private static readonly DateOnly YearsEnd = new(2024, 4, 1);
    private static readonly string[] Workforces = ["children", "children", "adults", "joint", "volunteer", "carer", "student", "speaker", "exhibitor", "public"];
    private static readonly string[] Kinds = ["trained", "webinar", "conference", "forum"];
    private static readonly string[] BoardNames = ["children", "adults", "joint"];

    private readonly Random _random;
    private readonly RandomCsv _csv;
    private readonly List<string> _agencies = [];
    private readonly List<(string Email, string? Alias)> _people = [];
    private readonly List<(string Code, string Kind)> _courses = [];
    private readonly List<string> _eLearning = [];
    private readonly List<RandomSession> _sessions = [];

    private RandomHistory(int seed)
    {
        _random = new Random(seed);
        _csv = new RandomCsv(_random);
    }

    /// <summary>The same seed gives the same files.</summary>
    public static void Write(string folder, int seed)
    {
        var history = new RandomHistory(seed);
        Directory.CreateDirectory(folder);
        history.Agencies();
        history.People();
        history.Courses();
        history.Sessions();
        history.Completions();
        history._csv.Write(folder);
    }

    private void Agencies()
    {
        for (var number = 0; number < _random.Next(4, 8); number++)
        {
            var code = "AG" + number;
            _csv.Add("agencies", ("code", code), ("name", $"Agency \"{number}\", of Southend"), ("sector", "Sector " + number % 3), ("statutory_partner", number < 2 ? "yes" : "no"),
                ("email_domains", $"agency{number}.example"), ("headcount", number % 2 == 0 ? "" : "40"), ("parent", number > 2 && Often(50) ? _agencies[_random.Next(3)] : ""));
            _agencies.Add(code);
        }
    }

    private void People()
    {
        for (var number = 0; number < _random.Next(10, 20); number++)
        {
            var email = $"person{number}@agency{number % 4}.example";
            var alias = Often(30) ? $"person{number}@home.example" : null;
            _people.Add((email, alias));
            var given = Often(20) ? "Zoë, \"Zo\"" : "Given";
            // Movers: one employment ends where the next begins, or later; some people have none on some days.
            var from = Often(80) ? new DateOnly(2020, 1, 1) : RandomDay();
            var moves = _random.Next(3);
            for (var job = 0; job <= moves; job++)
            {
                var to = job < moves || Often(20) ? Later(from) : (DateOnly?)null;
                _csv.Add("people", ("email", Often(20) ? " " + email.ToUpperInvariant() : email), ("given_name", given), ("family_name", "O'Family " + number), ("agency", Pick(_agencies)), ("job_title", ""),
                    ("workforce", Pick(Workforces)), ("level", Often(50) ? "3" : ""), ("from", _csv.Date(from)), ("to", to is { } last ? _csv.Date(last) : ""), ("aliases", alias ?? ""));
                from = to is { } end ? (Often(80) ? end : end.AddDays(_random.Next(1, 40))) : from;
            }
        }
    }

    private DateOnly Later(DateOnly day)
    {
        var later = RandomDay();
        return later > day ? later : day.AddDays(_random.Next(1, 60));
    }

    private void Courses()
    {
        _csv.Add("programmes", ("code", "PA"), ("title", "Begins on a day"), ("starts_on", _csv.Date(RandomDay().AddDays(-90))));
        if (Often(50))
            _csv.Add("programmes", ("code", "PB"), ("title", "Begins with its first session"), ("starts_on", ""));
        for (var number = 0; number < _random.Next(5, 9); number++)
        {
            var code = "COURSE" + number;
            var kind = number < 2 ? "e-learning" : Pick(Kinds);
            var published = Often(30) ? YearsEnd.AddDays(_random.Next(-3, 1)) : new DateOnly(2020, 1, 1);
            var withdrawn = Often(20) ? _csv.Date(Often(50) ? YearsEnd.AddDays(_random.Next(0, 2)) : new DateOnly(2025, 1, 1)) : "";
            _csv.Add("courses", ("code", code), ("title", $"Course {number}, a title"), ("kind", kind), ("owner", Pick(_agencies)), ("boards", Pick(BoardNames)),
                ("programmes", Pick(["", "PA", "PB", "PA;PC", "PB;PC"])), ("validity_months", Often(50) ? "36" : ""), ("cpd_hours", Often(50) ? "3.5" : ""), ("level", _random.Next(1, 4).ToString(CultureInfo.InvariantCulture)),
                ("published_on", _csv.Date(published)), ("withdrawn_on", withdrawn));
            if (kind == "e-learning")
                _eLearning.Add(code);
            else
                _courses.Add((code, kind));
        }
    }

    private void Sessions()
    {
        for (var number = 0; number < _random.Next(6, 13); number++)
        {
            var course = Pick(_courses);
            var parent = course.Kind == "conference" ? _sessions.Find(session => session.Kind == "conference")?.Ref ?? "" : "";
            var session = new RandomSession(_random, _csv, "S" + number, course, Often(50) ? parent : "", RandomDay());
            _sessions.Add(session);
            session.Write(_people.Count, Address, _agencies);
        }
    }

    private void Completions()
    {
        var done = new HashSet<(string, int, DateOnly)>();
        for (var number = 0; number < _random.Next(5, 25); number++)
        {
            var (course, person, day) = (Pick(_eLearning), _random.Next(_people.Count), RandomDay());
            if (done.Add((course, person, day)))
                _csv.Add("completions", ("course", course), ("email", Address(person)), ("completed_on", _csv.Date(day)), ("score", Often(50) ? "85" : ""), ("agency", Often(15) ? Pick(_agencies) : ""));
        }
    }

    /// <summary>Some way of writing one of a person's addresses (P6).</summary>
    private string Address(int person)
    {
        var (email, alias) = _people[person];
        var address = alias is not null && Often(40) ? alias : email;
        return Often(15) ? address.ToUpperInvariant() + " " : address;
    }

    /// <summary>In the two financial years around 31 March 2024, and often on the days around it.</summary>
    private DateOnly RandomDay() => Often(40) ? YearsEnd.AddDays(_random.Next(-3, 3)) : YearsEnd.AddDays(_random.Next(-360, 300));

    private bool Often(int percent) => _random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];
}
