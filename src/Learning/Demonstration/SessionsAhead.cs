using Bogus;

namespace Learning.Demonstration;

/// <summary>
/// What somebody who opens the demonstration needs to find around today: a register to take, one that is overdue, a session tomorrow and one in exactly
/// seven days (reminders), one full with people waiting, one nearly full, one with few booked, one just cancelled. The days hold whatever weekday it is.
/// </summary>
internal sealed class SessionsAhead(HistoryFolder folder, Crowd crowd)
{
    private readonly Randomizer _chance = Chance.For("ahead");

    public void Write()
    {
        var today = folder.Today;
        var (joe, sian, amara) = (crowd.Named.Joe, crowd.Named.Sian, crowd.Named.Amara);

        Plan("IOC", 25, Places.Venues[1], [joe], 18, Places.WorksWithChildren, today.AddDays(-1).Part("09:30", "13:00"));
        Plan("L3REF", 16, Places.Venues[3], [sian], 13, Places.Keen, Days.WorkingDaysBefore(today, 6).Part("09:30", "13:00"));
        Plan("LUNCH", 100, "", [], 74, Places.Keen, today.AddDays(1).Part("12:30", "13:15", "Record keeping that helps"));

        var inSevenDays = Plan("GCP2", 20, Places.Venues[0], [joe, sian], 17, Places.WorksWithChildren,
            today.AddDays(7).Part("09:30", "16:00", "Day 1"), today.AddDays(14).Part("09:30", "16:00", "Day 2"));
        inSevenDays.Confirm([amara]);

        Plan("IOC", 20, Places.Venues[1], [joe], 6, Places.WorksWithChildren, Days.Midweek(today.AddDays(9)).Part("09:30", "13:00"));
        Plan("L3REF", 25, Places.Venues[3], [joe], 24, Places.Keen, Days.Midweek(today.AddDays(21)).Part("09:30", "13:00"));
        Plan("PCLIVE", 20, Places.Venues[1], [], 11, Places.Keen, Days.Midweek(today.AddDays(28)).Part("13:30", "16:30"));

        var fullFirst = Days.Midweek(today.AddDays(47));
        var full = Plan("GCP2", 20, Places.Venues[2], [joe, sian], 20, Places.WorksWithChildren,
            fullFirst.Part("09:30", "16:00", "Day 1"), fullFirst.AddDays(7).Part("09:30", "16:00", "Day 2"));
        full.Wait(crowd.Draw(_chance, 4, fullFirst, Places.WorksWithChildren, full.People));
        full.Cancelled(crowd.Named.Ruth);

        JustCancelled(Days.Midweek(today.AddDays(24)));
    }

    private PlannedSession Plan(
        string course, int places, string venue, IReadOnlyList<Person> trainers, int booked, Func<Person, Employment, bool> fits, params Part[] parts)
    {
        var session = new Session(course, parts, venue.Length == 0 ? Places.Virtual : Places.InPerson, venue, places, "planned") { Trainers = trainers };
        var planned = new PlannedSession(folder, session, _chance);
        planned.Confirm(crowd.Draw(_chance, booked, session.Day, fits, trainers));
        return planned;
    }

    private void JustCancelled(DateOnly day)
    {
        var decided = folder.Today.AddDays(-2).At("10:15");
        var session = folder.Add(new Session("LLR", [day.Part("10:00", "11:30")], Places.Virtual, "", 24, "cancelled") { CancelledAt = decided });
        foreach (var person in crowd.Draw(_chance, 5, day, Places.Keen))
            folder.Bookings.Add(new BookingRow(session, person.Email, "cancelled", _chance.OfficeHours(folder.Today.AddDays(-_chance.Number(5, 30))), decided));
    }
}
