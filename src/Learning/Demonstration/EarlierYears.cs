namespace Learning.Demonstration;

/// <summary>What the reports of earlier years count: the suspended sessions of 2020, the webinar of November 2020, the supervision workshop of 2021, and the
/// partnership's day of 24 March 2023, which a reader would look for in 2023/24 and which belongs to 2022/23.</summary>
internal sealed class EarlierYears(HistoryFolder folder, Crowd crowd)
{
    private static readonly int[] ChildrensPlaces = [37, 37, 36, 37, 37, 38, 38];

    public void Write()
    {
        SuspendedSessions();
        One("NSAW20", new DateOnly(2020, 11, 18).Part("10:00", "11:30"), Places.Virtual, "", places: 250, came: 183, absent: 22, (_, job) => job.Agency == "SCC-AS" && Places.Professional(job));
        One("SUPERV", new DateOnly(2021, 2, 24).Part("09:30", "12:30"), Places.Virtual, "", places: 50, came: 41, absent: 5, (_, job) => Places.Professional(job) && job.Level == "3");
        One("SST", new DateOnly(2023, 3, 24).Part("09:30", "15:30"), Places.InPerson, Places.Conference, places: 300, came: 257, absent: 26, Places.Keen);
    }

    /// <summary>
    /// EPUT's seventeen suspended level 3 sessions of 2020: 585 places = 325 adults' + 260 children's. The source names ten adult and two
    /// children's sessions and leaves five unnamed. Ten of 32 or 33 places make the adults' 325; two children's sessions of 130 would be
    /// implausible, seven of 37 or 38 make the 260. So the five unnamed have an empty board here, as in the source, and count where a
    /// session without a board of its own counts: under its course's, which is the children's. 17 sessions, places lost 325 + 260.
    /// </summary>
    private void SuspendedSessions()
    {
        var suspended = new DateTime(2020, 3, 20, 16, 0, 0);
        var first = new DateOnly(2020, 4, 7);
        for (var number = 0; number < 17; number++)
        {
            var (board, places) = number switch
            {
                < 10 => ("adults", number % 2 == 0 ? 32 : 33),
                < 12 => ("children", ChildrensPlaces[number - 10]),
                _ => ("", ChildrensPlaces[number - 10]),
            };
            folder.Add(new Session("EPUT-L3", [Days.Midweek(first.AddDays(6 * number)).Part("09:00", "16:00")], Places.InPerson, "Trust education centre, Rochford", places, "cancelled")
            {
                Board = board,
                CancelledAt = suspended,
            });
        }
    }

    private void One(string course, Part part, string mode, string venue, int places, int came, int absent, Func<Person, Employment, bool> fits)
    {
        var chance = Chance.For(course);
        var held = new HeldSession(folder, new Session(course, [part], mode, venue, places, "held"), chance);
        var people = crowd.Draw(chance, came + absent, held.Session.Day, fits);
        foreach (var person in people.Take(came))
            held.Attended(person);
        foreach (var person in people.Skip(came))
            held.DidNotAttend(person);
    }
}
