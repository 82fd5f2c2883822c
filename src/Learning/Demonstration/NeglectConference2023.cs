namespace Learning.Demonstration;

/// <summary>
/// The Neglect Conference of Wednesday 1 November 2023: 260 places, 248 booked = 207 came, 29 did not, 12 cancelled late; 6 more walked in. 213
/// attendees, of whom 204 professionals: four speakers, two exhibitors and three students are not.
/// </summary>
/// <remarks>Its three rounds of five workshops had no registers of their own, only the day had: nothing is written for them, so that a person
/// at the conference is one attendance. Workshops ahead are sessions (ConferenceAhead).</remarks>
internal sealed class NeglectConference2023(HistoryFolder folder, Crowd crowd)
{
    public void Write()
    {
        var chance = Chance.For("negcon-2023");
        var date = new DateOnly(2023, 11, 1);
        var held = new HeldSession(folder, new Session("NEGCON", [date.Part("09:00", "16:00")], Places.InPerson, Places.Conference, 260, "held"), chance);
        List<Person> professionals = [crowd.Named.Joe, crowd.Named.Helen, crowd.Named.Priya, crowd.Named.Ruth, crowd.Named.Dawn, crowd.Named.Grace];
        var drawn = crowd.Draw(chance, 204 - professionals.Count + 29 + 12, date, Places.Keen);
        professionals.AddRange(drawn.Take(204 - professionals.Count));
        foreach (var person in professionals.Concat(crowd.Named.Students))
            held.Attended(person);
        foreach (var person in drawn.TakeLast(12))
            held.CancelledLate(person);
        foreach (var person in drawn.SkipLast(12).TakeLast(29))
            held.DidNotAttend(person);
        foreach (var person in crowd.Named.Speakers.Concat(crowd.Named.Exhibitors))
            held.WalkedIn(person);
    }
}
