using Bogus;

namespace Learning.Demonstration;

/// <summary>
/// Safeguarding Adults Week, 20 to 24 November 2023: five lunch-and-learns, 231 bookings, 41 + 36 + 33 + 29 + 24 = 163 attendances by 118 people. What the
/// partnership published as "practitioners" and as "staff" can only have been attendances. An hour: who stayed 45 minutes, 75%, has attended (A7), who stayed 44 has not.
/// </summary>
internal sealed class SafeguardingAdultsWeek(HistoryFolder folder, Crowd crowd)
{
    private static readonly (string Title, int Booked, int Came)[] Week =
    [
        ("What is adult safeguarding?", 55, 41), ("Self-neglect and hoarding", 50, 36), ("Making safeguarding personal", 47, 33),
        ("Scams and financial abuse", 42, 29), ("Listening to carers", 37, 24),
    ];

    private readonly Randomizer _chance = Chance.For("saw");

    public void Write()
    {
        var monday = new DateOnly(2023, 11, 20);
        // 85 came once, 24 twice, 6 three times and 3 four times: 118 people, 163 attendances.
        int[] times = [.. Enumerable.Repeat(4, 3), .. Enumerable.Repeat(3, 6), .. Enumerable.Repeat(2, 24), .. Enumerable.Repeat(1, 85)];
        var people = crowd.Draw(_chance, times.Length, monday, Fits);
        var rooms = Week.Select(day => new Queue<Person>(day.Came)).ToList();
        for (var index = 0; index < people.Count; index++)
        {
            foreach (var day in Enumerable.Range(0, Week.Length).OrderByDescending(day => Week[day].Came - rooms[day].Count).Take(times[index]))
                rooms[day].Enqueue(people[index]);
        }
        var others = people.ToHashSet();
        for (var day = 0; day < Week.Length; day++)
            Hold(monday.AddDays(day), Week[day], rooms[day], others);
    }

    private void Hold(DateOnly date, (string Title, int Booked, int Came) day, Queue<Person> room, HashSet<Person> others)
    {
        if (room.Count != day.Came)
            throw new InvalidOperationException($"{day.Title} has {room.Count} people, not {day.Came}.");
        var session = new Session("SAW", [date.Part("12:00", "13:00", day.Title)], Places.Virtual, "", 100, "held");
        var held = new HeldSession(folder, session, _chance);
        held.InPart(room.Dequeue(), minutes: 45);
        held.InPart(room.Dequeue(), minutes: 52);
        while (room.TryDequeue(out var person))
            held.Attended(person);
        var missed = crowd.Draw(_chance, day.Booked - day.Came, date, Fits, others);
        others.UnionWith(missed);
        held.InPart(missed[0], minutes: 44);
        held.InPart(missed[1], minutes: 12);
        foreach (var person in missed.Skip(2).Take(3))
            held.CancelledLate(person);
        foreach (var person in missed.Skip(5))
            held.DidNotAttend(person);
    }

    private static bool Fits(Person person, Employment job) => Places.WorksWithAdults(person, job);
}
