using Bogus;

namespace Learning.Demonstration;

/// <summary>Some 7,000 invented people on file: staff by headcount, people who joined, left and moved, an agency renamed, and those with a name in the story.</summary>
internal sealed class Crowd
{
    private const double OnFile = 0.95;

    // Their staff are on file and never came: what a "0" in a table of agencies stands for.
    private static readonly HashSet<string> NeverCame = ["DWP", "CARE-WH", "GP-SB", "PRIM-KF"];

    private readonly Randomizer _chance = Chance.For("people");
    private readonly InventedNames _names = new();
    private readonly List<Agency> _agencies;
    private readonly Dictionary<string, Agency> _byCode;
    private readonly DateOnly _today;

    public Crowd(DateOnly today)
    {
        _today = today;
        _agencies = Facts.Agencies();
        _byCode = _agencies.ToDictionary(agency => agency.Code);
        foreach (var person in Named.All())
        {
            _names.Take(person.Email);
            People.Add(person);
        }
        foreach (var agency in _agencies.Where(agency => agency.Code is not ("SSP" or "NURS-PD")))
        {
            var departments = _agencies.Where(other => other.Parent == agency.Code).Sum(other => other.Headcount ?? 0);
            var staff = (int)Math.Round(Math.Max(0, (agency.Headcount ?? 0) - departments) * OnFile);
            for (var number = 0; number < staff; number++)
                Hire(agency);
        }
    }

    public NamedPeople Named { get; } = new();

    public List<Person> People { get; } = [];

    public IReadOnlyList<Agency> Agencies => _agencies;

    public string SectorOf(Employment job) => _byCode[job.Agency].Sector;

    /// <summary>So many different people who have a job that fits on that day, drawn by chance. Those planted by name never come by chance.</summary>
    public List<Person> Draw(Randomizer chance, int count, DateOnly day, Func<Person, Employment, bool> fits, IEnumerable<Person>? except = null)
    {
        var left = except?.ToHashSet() ?? [];
        var fitting = People.Where(person => !person.Planted && person.On(day) is { } job
            && !NeverCame.Contains(job.Agency) && fits(person, job) && !left.Contains(person));
        var drawn = chance.Shuffle(fitting).Take(count).ToList();
        return drawn.Count == count
            ? drawn
            : throw new InvalidOperationException($"The crowd has only {drawn.Count} of {count} people who fit on {day:yyyy-MM-dd}.");
    }

    private void Hire(Agency agency)
    {
        var (given, family) = _names.Next();
        var address = _names.Address(given, family, agency.Domain);
        var active = _chance.Bool(0.80f);
        var keen = active && _chance.Bool(0.35f);
        var joined = _chance.WeightedRandom(
            [_chance.DayBetween(new(2009, 1, 5), new(2020, 1, 6)), _chance.DayBetween(new(2020, 1, 6), new(2023, 4, 3)), _chance.DayBetween(new(2023, 4, 3), new(2026, 10, 5))],
            [0.78f, 0.12f, 0.10f]);
        var life = _chance.Double();
        var turn = _chance.DayBetween(new(2024, 6, 3), new(2026, 10, 5));
        var next = _chance.ListItem(_agencies.FindAll(other => other.Sector == agency.Sector && other.Code is not ("SSP" or "NURS-PD") && other.Successor.Length == 0));
        var person = new Person(address, given, family, JobTitles.Draw(_chance, agency, joined))
        {
            Active = active && !NeverCame.Contains(agency.Code),
            Keen = keen && !NeverCame.Contains(agency.Code),
        };
        if (joined > _today)
            return;
        if (_agencies.Find(other => other.Successor == agency.Code) is { SuccessorFrom: { } renamed } former && joined < renamed)
        {
            person.Employments.Insert(0, person.Employments[0] with { Agency = former.Code, To = renamed });
            person.Employments[1] = person.Employments[1] with { From = renamed };
            person.Aliases.Add(_names.Address(given, family, former.Domain));
        }
        if (life < 0.10 && turn > joined && turn < _today)
            Leave(person, turn);
        else if (life < 0.12 && turn > joined && turn < _today && next != agency)
            Move(person, next, turn);
        People.Add(person);
    }

    private static void Leave(Person person, DateOnly day) => person.Employments[^1] = person.Employments[^1] with { To = day };

    private void Move(Person person, Agency to, DateOnly day)
    {
        var job = person.Employments[^1];
        Leave(person, day);
        person.Employments.Add(job with { Agency = to.Code, From = day, To = null });
        person.Aliases.Add(_names.Address(person.GivenName, person.FamilyName, to.Domain));
    }
}
