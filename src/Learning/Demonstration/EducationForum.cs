using Bogus;

namespace Learning.Demonstration;

/// <summary>Safeguarding in Education Forum, 2023/24: six meetings, 44, 38, 41, 36, 42 and 39 present, 40 on average, some 70 people. A seat
/// is vacant, one is not appointed, one is taken by a substitute.</summary>
internal sealed class EducationForum(HistoryFolder folder, Crowd crowd)
{
    private static readonly (DateOnly Date, int Came)[] Meetings =
    [
        (new(2023, 5, 10), 44), (new(2023, 7, 5), 38), (new(2023, 9, 20), 41), (new(2023, 11, 15), 36), (new(2024, 1, 23), 42), (new(2024, 3, 12), 39),
    ];

    private readonly Randomizer _chance = Chance.For("forum");

    public void Write()
    {
        var members = crowd.Draw(_chance, 70, new DateOnly(2023, 4, 3), (person, job) => IsMember(person, job) && person.Employments.Count == 1 && job.To is null);
        var holder = members.Find(member => member.Employments[0].Agency == "PRIM")!;
        var substitute = crowd.Draw(_chance, 1, Meetings[2].Date, (person, job) => job.Agency == "PRIM" && Places.Professional(job), members)[0];
        members.Remove(holder);
        for (var number = 0; number < Meetings.Length; number++)
        {
            var (date, came) = Meetings[number];
            var session = new Session("SEF", [date.Part("14:00", "16:00")], number % 2 == 0 ? Places.Virtual : Places.InPerson, number % 2 == 0 ? "" : Places.Venues[1], 80, "held");
            var held = new HeldSession(folder, session, _chance);
            var present = _chance.Shuffle(members).Take(came).ToList();
            if (number == 2)
                held.Substituted(holder, substitute);
            foreach (var member in number == 2 ? present.SkipLast(1) : present)
                held.Attended(member);
            var absent = members.Except(held.People).ToList();
            foreach (var member in absent.Take(9))
                held.Apologised(member);
            foreach (var member in absent.Skip(9).Take(5))
                held.DidNotAttend(member);
            if (number < 3)
                held.EmptySeat("Special schools", "vacant");
            held.EmptySeat("Independent schools", "not-appointed");
        }
    }

    public bool IsMember(Person person, Employment job) =>
        Places.Keen(person, job) && job.Level is "2" or "3" && crowd.SectorOf(job) is "Education" or "Early years";
}
