using Bogus;

namespace Learning.Demonstration;

/// <summary>
/// The next Neglect Conference, on a Wednesday three and a half months ahead: 260 places, and three rounds of five workshops, each a session of its own under
/// the conference. The workshops are a course of their own and of no programme, so that a person at the conference is one attendance of it and not four.
/// </summary>
internal sealed class ConferenceAhead(HistoryFolder folder, Crowd crowd)
{
    private const int Booked = 168;
    private const int PlacesInRoom = 52;

    private static readonly string[] Rooms = ["Room A", "Room B", "Room C", "Room D", "Main hall"];

    private static readonly (string Starts, string Ends, string[] Workshops)[] Rounds =
    [
        ("10:45", "11:45", ["Neglect and the under-ones", "Hearing the child's day", "Older children, hidden neglect", "Self-neglect in adults", "Poverty is not neglect"]),
        ("12:00", "13:00", ["GCP2 with a reluctant family", "Dental neglect", "Neglect and domestic abuse", "Chronologies that help", "Fathers in the picture"]),
        ("14:00", "15:00", ["When nothing changes", "Schools as the first to know", "Young carers", "Health visits that notice", "Reflective supervision"]),
    ];

    private readonly Randomizer _chance = Chance.For("conference ahead");

    public void Write()
    {
        var date = Days.Next(DayOfWeek.Wednesday, folder.Today.AddDays(103));
        var conference = new PlannedSession(folder,
            new Session("NEGCON", [date.Part("09:00", "16:00")], Places.InPerson, Places.Conference, 260, "planned"), _chance);
        List<Person> people = [crowd.Named.Amara, crowd.Named.Priya, .. crowd.Draw(_chance, Booked - 2, date, Places.Keen)];
        conference.Confirm(people);
        for (var round = 0; round < Rounds.Length; round++)
            Choose(conference.Session, date, round, people);
    }

    /// <summary>Three in four have chosen, Amara the first two rounds; the third workshop of the first round is full and three wait for it.</summary>
    private void Choose(Session conference, DateOnly date, int round, List<Person> people)
    {
        var (starts, ends, titles) = Rounds[round];
        var rooms = titles.Select((title, room) => new PlannedSession(folder,
            new Session("NEGCON-WS", [date.Part(starts, ends, title)], Places.InPerson, $"{Places.Conference}, {Rooms[room]}", PlacesInRoom, "planned")
            {
                Parent = conference,
                Trainers = title switch { "GCP2 with a reluctant family" => [crowd.Named.Joe], "Reflective supervision" => [crowd.Named.Helen], _ => [] },
            }, _chance)).ToList();
        var choosing = _chance.Shuffle(people.Where(person => !person.Planted)).Take(Booked * 3 / 4).ToList();
        if (round < 2)
            rooms[round == 0 ? 0 : 3].Confirm([crowd.Named.Amara]);
        if (round == 0)
        {
            rooms[2].Confirm(choosing.Take(PlacesInRoom));
            rooms[2].Wait(choosing.Skip(PlacesInRoom).Take(3));
            choosing.RemoveRange(0, PlacesInRoom);
            foreach (var person in choosing)
                rooms[_chance.ArrayElement([0, 1, 3, 4])].Confirm([person]);
            return;
        }
        foreach (var person in choosing)
            _chance.ListItem(rooms.FindAll(room => room.Free > 0)).Confirm([person]);
    }
}
