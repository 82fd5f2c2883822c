using Bogus;

namespace Learning.Demonstration;

/// <summary>
/// The next Neglect Conference, on a Wednesday three and a half months ahead: 260 places, and three rounds of five workshops, each a session of its own under
/// the conference. The workshops are a course of their own and of no programme, so that a person at the conference is one attendance of it and not four. Nobody has a workshop yet: what they
/// would like is written once they are booked (ConferenceWishes).
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
            Plan(conference.Session, date, round);
    }

    private void Plan(Session conference, DateOnly date, int round)
    {
        var (starts, ends, titles) = Rounds[round];
        foreach (var (room, title) in titles.Index())
        {
            _ = new PlannedSession(folder,
                new Session("NEGCON-WS", [date.Part(starts, ends, title)], Places.InPerson, $"{Places.Conference}, {Rooms[room]}", PlacesInRoom, "planned")
                {
                    Parent = conference,
                    Trainers = title switch { "GCP2 with a reluctant family" => [crowd.Named.Joe], "Reflective supervision" => [crowd.Named.Helen], _ => [] },
                }, _chance);
        }
    }
}
