using Bogus;

namespace Learning.Demonstration;

/// <summary>
/// Improving Outcomes for Children, 2023/24: 10 sessions, 250 places, 246 booked = 214 attended (by 207 people), 5 in part, 15 did not attend, 12
/// cancelled late. Planted here: a substitute, a correction, the leaver without identity, the person of two agencies, a hybrid session.
/// </summary>
internal sealed class ImprovingOutcomes(HistoryFolder folder, Crowd crowd)
{
    private const int Twice = 7;

    private static readonly DateOnly[] Dates =
    [
        new(2023, 4, 26), new(2023, 5, 25), new(2023, 6, 14), new(2023, 7, 12), new(2023, 9, 27),
        new(2023, 10, 19), new(2023, 11, 9), new(2024, 1, 17), new(2024, 2, 8), new(2024, 3, 6),
    ];

    private readonly Randomizer _chance = Chance.For("ioc");

    public void Write()
    {
        var outcomes = _chance.Shuffle([.. Enumerable.Repeat('a', 214), .. Enumerable.Repeat('p', 5), .. Enumerable.Repeat('n', 15), .. Enumerable.Repeat('c', 12)]).ToList();
        var used = new HashSet<Person>();
        var twice = crowd.Draw(_chance, Twice - 1, Dates[0], (person, job) => Fits(person, job) && person.Employments.Count == 1 && job.To is null);
        twice.Add(crowd.Named.Grace);
        used.UnionWith(twice);
        var next = 0;
        for (var number = 0; number < Dates.Length; number++)
        {
            var held = Hold(number);
            // 6 x 25 + 4 x 24 = 246.
            var seats = outcomes.GetRange(next, number < 6 ? 25 : 24);
            next += seats.Count;
            List<Person> came = [.. Again(twice, number), .. Planted(number)];
            used.UnionWith(came);
            came.AddRange(Fresh(seats.Count(outcome => outcome == 'a') - came.Count, held, used));
            Attend(held, came, used);
            foreach (var outcome in seats.Where(outcome => outcome != 'a'))
                Miss(held, Fresh(1, held, used)[0], outcome);
        }
    }

    // The seven who came twice: Grace in June from the police and in January from the council.
    private IEnumerable<Person> Again(List<Person> twice, int number) =>
        twice.Where((person, index) => person == crowd.Named.Grace ? number is 2 or 7 : number == index || number == index + 4);

    private IEnumerable<Person> Planted(int number) => number switch
    {
        1 => [crowd.Named.Amara],
        3 => [crowd.Named.Leaver],
        _ => [],
    };

    private void Attend(HeldSession held, List<Person> came, HashSet<Person> used)
    {
        var corrected = held.Session.Day == Dates[4] ? came[^1] : null;
        var substitute = held.Session.Day == Dates[5] ? came.FindLast(person => person.On(held.Session.Day)!.Agency is "SCC-CS" or "MSEFT" or "POL" or "PRIM") : null;
        foreach (var person in came)
        {
            if (person == corrected)
                held.CorrectedToAttended(person);
            else if (person == substitute)
                held.Substituted(Colleague(person, held, used), person);
            else
                held.Attended(person);
        }
    }

    /// <summary>Somebody of the same agency, who held the place and is not met elsewhere (B11).</summary>
    private Person Colleague(Person came, HeldSession held, HashSet<Person> used)
    {
        var agency = came.On(held.Session.Day)!.Agency;
        var colleague = crowd.Draw(_chance, 1, held.Session.Day, (person, job) => job.Agency == agency && Places.Professional(job), used)[0];
        used.Add(colleague);
        return colleague;
    }

    private void Miss(HeldSession held, Person person, char outcome)
    {
        if (outcome == 'p')
            held.InPart(person, _chance.Bool(0.8f) ? _chance.Number(40, 150) : null);
        else if (outcome == 'n')
            held.DidNotAttend(person);
        else
            held.CancelledLate(person);
    }

    private HeldSession Hold(int number)
    {
        var hybrid = number == 6;
        return new HeldSession(folder, new Session("IOC", [Dates[number].Part("09:30", "13:00")], hybrid ? Places.Hybrid : Places.InPerson,
            Places.Venues[hybrid ? 1 : number % Places.Venues.Length], 25, "held")
        {
            Trainers = number % 2 == 0 ? [crowd.Named.Joe] : [crowd.Named.Joe, crowd.Named.Sian],
        }, _chance);
    }

    private List<Person> Fresh(int count, HeldSession held, HashSet<Person> used)
    {
        var people = crowd.Draw(_chance, count, held.Session.Day, Fits, used);
        used.UnionWith(people);
        return people;
    }

    private static bool Fits(Person person, Employment job) => Places.WorksWithChildren(person, job) && job.Level is "2" or "3";
}
