using Bogus;

namespace Learning.Demonstration;

/// <summary>
/// Graded Care Profile 2: 78 + 162 + 141 + 131 = 512 people first trained from January 2021 to March 2024, refreshers beside them (attendances are more
/// than people), and the 20 trainers, whom "train the trainer" trained and who are named on the sessions that they give.
/// </summary>
internal sealed class GradedCareProfile
{
    /// <summary>When the register of 13 and 20 March 2024 came back, seven weeks late. "The day before" is any instant of 7 May 2024: there
    /// the figure counts 496 people, from 8 May on 512.</summary>
    public static readonly DateTime LateRegister = new(2024, 5, 8, 10, 0, 0);

    private static readonly DateOnly[] January2021 = [new(2021, 1, 12), new(2021, 1, 14), new(2021, 1, 19), new(2021, 1, 21), new(2021, 1, 27)];

    // Part 1 and part 2. The first lies across 31 March 2023 and counts in 2023/24, the day of its last part (T3).
    private static readonly (DateOnly First, DateOnly Second)[] Year2023 =
    [
        (new(2023, 3, 29), new(2023, 4, 19)), (new(2023, 5, 17), new(2023, 5, 24)), (new(2023, 6, 21), new(2023, 6, 28)), (new(2023, 9, 13), new(2023, 9, 20)),
        (new(2023, 10, 11), new(2023, 10, 18)), (new(2023, 12, 5), new(2023, 12, 12)), (new(2024, 1, 24), new(2024, 1, 31)), (new(2024, 3, 13), new(2024, 3, 20)),
    ];

    private readonly HistoryFolder _folder;
    private readonly Crowd _crowd;
    private readonly Randomizer _chance = Chance.For("gcp2");
    private readonly HashSet<Person> _trained = [];
    private readonly HashSet<Person> _seen;

    public GradedCareProfile(HistoryFolder folder, Crowd crowd)
    {
        _folder = folder;
        _crowd = crowd;
        var colleagues = crowd.Draw(_chance, 18, new DateOnly(2020, 9, 15), (person, job) => Fits(person, job) && job.Level == "3" && person.Employments.Count == 1 && job.To is null);
        Trainers = [crowd.Named.Joe, crowd.Named.Sian, .. colleagues];
        _seen = [.. Trainers];
    }

    public IReadOnlyList<Person> Trainers { get; }

    public void WriteYears()
    {
        TrainTheTrainers();
        for (var workshop = 0; workshop < January2021.Length; workshop++)
        {
            // 16 + 15 + 16 + 15 + 16 = 78, four of the twenty trainers at each.
            var held = Hold([January2021[workshop].Part("09:30", "16:00")], 18, Places.Virtual, [.. Trainers.Skip(4 * workshop).Take(4)]);
            Complete(held, First(workshop % 2 == 0 ? 16 : 15, held), absent: 1, late: 1);
        }
        for (var session = 0; session < 10; session++)
        {
            var held = Hold([Days.Midweek(new DateOnly(2021, 4, 20).AddDays(34 * session)).Part("09:30", "16:00")], 20, Places.Virtual, Pair(session));
            Complete(held, Again(session < 7 ? 1 : 0, First(session < 2 ? 17 : 16, held), held), absent: 1, late: 1);
        }
        for (var session = 0; session < 9; session++)
        {
            var held = Hold([Days.Midweek(new DateOnly(2022, 4, 26).AddDays(37 * session)).Part("09:30", "16:00")], 20, Places.InPerson, Pair(session));
            Complete(held, Again(session < 3 ? 2 : 1, First(session < 6 ? 16 : 15, held), held), absent: 1, late: 0);
        }
        ReportYear();
        AcrossTheYearsEnd();
    }

    /// <summary>2023/24: 160 booked = 131 complete, 5 first part only, 11 did not attend, 13 cancelled late.</summary>
    private void ReportYear()
    {
        var others = _chance.Shuffle([.. Enumerable.Repeat('1', 5), .. Enumerable.Repeat('n', 11), .. Enumerable.Repeat('c', 13)]).ToList();
        for (var session = 0; session < Year2023.Length; session++)
        {
            var (first, second) = Year2023[session];
            var late = session == Year2023.Length - 1;
            var held = Hold([first.Part("09:30", "13:00", "Part 1"), second.Part("09:30", "13:00", "Part 2")], 20, Places.InPerson, Pair(session), late ? LateRegister : null);
            var complete = session is 1 or 3 or 6 ? 17 : 16;
            List<Person> planted = session == 4 ? [_crowd.Named.Childminder] : [];
            foreach (var person in First(complete - planted.Count, held).Concat(planted))
                held.Attended(person);
            foreach (var person in First(20 - complete, held, trains: false))
                NotComplete(held, person, others);
        }
    }

    private static void NotComplete(HeldSession held, Person person, List<char> outcomes)
    {
        var outcome = outcomes[^1];
        outcomes.RemoveAt(outcomes.Count - 1);
        if (outcome == '1')
            held.FirstPartOnly(person);
        else if (outcome == 'n')
            held.DidNotAttend(person);
        else
            held.CancelledLate(person);
    }

    /// <summary>Part 1 in March 2024, part 2 in April: nobody of it is in 2023/24.</summary>
    private void AcrossTheYearsEnd()
    {
        var held = Hold([new DateOnly(2024, 3, 27).Part("09:30", "13:00", "Part 1"), new DateOnly(2024, 4, 17).Part("09:30", "13:00", "Part 2")], 20, Places.InPerson, Pair(8));
        Complete(held, First(15, held), absent: 1, late: 1);
    }

    private void TrainTheTrainers()
    {
        foreach (var (day, skip) in new[] { (new DateOnly(2020, 9, 15), 0), (new DateOnly(2020, 10, 6), 10) })
        {
            var session = new Session("GCP2-TT", [day.Part("09:30", "16:30")], Places.Virtual, "", 12, "held");
            var held = new HeldSession(_folder, session, _chance);
            foreach (var trainer in Trainers.Skip(skip).Take(10))
                held.Attended(trainer);
        }
    }

    private HeldSession Hold(Part[] parts, int places, string mode, IReadOnlyList<Person> trainers, DateTime? returned = null) =>
        new(_folder, new Session("GCP2", parts, mode, mode == Places.Virtual ? "" : Places.Venues[0], places, "held") { Trainers = trainers }, _chance, returned);

    private void Complete(HeldSession held, IEnumerable<Person> people, int absent, int late)
    {
        foreach (var person in people)
            held.Attended(person);
        foreach (var person in First(absent, held, trains: false))
            held.DidNotAttend(person);
        foreach (var person in First(late, held, trains: false))
            held.CancelledLate(person);
    }

    /// <summary>People whom no session has met yet, so that whoever only half came is not counted by a later one.</summary>
    private List<Person> First(int count, HeldSession held, bool trains = true)
    {
        var people = _crowd.Draw(_chance, count, held.Session.Day, Fits, _seen);
        _seen.UnionWith(people);
        if (trains)
            _trained.UnionWith(people);
        return people;
    }

    /// <summary>Beside those who come first, some who were trained before: 19 refreshers in two years, so that attendances are more than people.</summary>
    private List<Person> Again(int count, List<Person> first, HeldSession held) =>
        [.. first, .. _crowd.Draw(_chance, count, held.Session.Day, (person, _) => _trained.Contains(person), first)];

    private List<Person> Pair(int session) => [Trainers[session * 2 % 20], Trainers[(session * 2 + 1) % 20]];

    // The fire service sends nobody: a sector with 0 in the table.
    private static bool Fits(Person person, Employment job) => Places.WorksWithChildren(person, job) && job.Agency is not "ECFRS";
}
