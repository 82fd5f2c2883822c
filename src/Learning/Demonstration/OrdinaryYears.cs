using Bogus;

namespace Learning.Demonstration;

/// <summary>
/// The yearly programme from April 2021 to fifteen months ahead: what is over has its register, what lies ahead has bookings, more the nearer it is.
/// It works around what is planned already: two sessions a day at most, no room and no trainer twice, and nothing around today (SessionsAhead).
/// </summary>
internal sealed class OrdinaryYears(HistoryFolder folder, Crowd crowd, IReadOnlyList<Person> gcp2Trainers, Func<Person, Employment, bool> forumMember)
{
    private const int FirstYear = 2021;
    private readonly Diary _diary = new(folder);

    private DateOnly Horizon => folder.Today.AddMonths(15);

    public void Write()
    {
        foreach (var line in YearlyProgramme.Lines(forumMember))
        {
            for (var year = Math.Max(FirstYear, line.From); year <= Math.Min(Horizon.Year, line.Until); year++)
                WriteYear(line, year);
        }
        AtNight();
    }

    private void WriteYear(ProgrammeLine line, int year)
    {
        var chance = Chance.For($"{line.Course} {year}");
        var start = new DateOnly(year, 4, 1);
        for (var number = 0; number < line.PerYear; number++)
        {
            var day = Days.Midweek(start.AddDays((int)((number + 0.3 + 0.4 * chance.Double()) * 358 / line.PerYear)));
            var session = Plan(line, year, number, day);
            while (_diary.Clashes(session))
                session = Plan(line, year, number, day = Days.Midweek(day.AddDays(1)));
            if (day > Horizon)
                return;
            _diary.Enter(session);
            if (number == line.Cancelled)
                FallThrough(session, chance, line);
            else if (day > folder.Today)
                Fill(new PlannedSession(folder, session with { Status = "planned" }, chance), line, chance);
            else
                TakeRegister(new HeldSession(folder, session, chance), line, chance, Regulars(line.Course, year, number));
        }
    }

    private Session Plan(ProgrammeLine line, int year, int number, DateOnly day)
    {
        List<Part> parts = line.TwoParts
            ? [day.Part(line.Starts, line.Ends, "Day 1"), day.AddDays(7).Part(line.Starts, line.Ends, "Day 2")]
            : [day.Part(line.Starts, line.Ends, line.Course == "LUNCH" ? YearlyProgramme.LunchTopics[(year + number) % YearlyProgramme.LunchTopics.Length] : "")];
        return new Session(line.Course, parts, line.Mode, line.Mode == Places.Virtual ? "" : Places.Venues[number % Places.Venues.Length], line.Places, "held")
        {
            Board = line.Course == "EPUT-L3" ? (number % 2 == 0 ? "adults" : "children") : "",
            Trainers = line.Course switch
            {
                "GCP2" => [gcp2Trainers[(2 * number + year) % 20], gcp2Trainers[(2 * number + year + 1) % 20]],
                "IOC" or "L3REF" when number % 2 == 0 => [crowd.Named.Joe],
                "IOC" or "SUPERV" => [crowd.Named.Sian],
                _ => [],
            },
        };
    }

    /// <summary>What the demonstration accounts find in their own records.</summary>
    private IEnumerable<Person> Regulars(string course, int year, int number) => (course, year, number) switch
    {
        // Level 3 is valid for three years: this one, of January 2024, asks for a refresher in the winter of 2026.
        ("L3REF", 2023, 12) or ("PCLIVE", 2025, 4) or ("LUNCH", >= 2024, 2) => [crowd.Named.Amara],
        ("IOC", _, 1) => [crowd.Named.Ruth],
        ("LLR", _, 0) => [crowd.Named.Helen, crowd.Named.Priya],
        ("LLR", _, 2) => [crowd.Named.Amara],
        _ => [],
    };

    private void TakeRegister(HeldSession held, ProgrammeLine line, Randomizer chance, IEnumerable<Person> regulars)
    {
        foreach (var person in regulars.Where(person => person.On(held.Session.Day) is not null))
            held.Attended(person);
        var booked = Math.Min(line.Places - held.Booked - 1, line.Booked + chance.Number(-2, 2));
        foreach (var person in crowd.Draw(chance, booked, held.Session.Day, line.Fits, held.Session.Trainers))
            Happen(held, person, chance);
        if (chance.Bool(0.3f))
            held.WalkedIn(crowd.Draw(chance, 1, held.Session.Day, line.Fits, held.People.Concat(held.Session.Trainers))[0]);
    }

    private static void Happen(HeldSession held, Person person, Randomizer chance)
    {
        var fate = chance.Double();
        if (fate < 0.050) held.CancelledLate(person);
        else if (fate < 0.080) held.Apologised(person);
        else if (fate < 0.155) held.DidNotAttend(person);
        else if (fate < 0.158) held.Unmarked(person);
        else if (fate < 0.180 && held.Session.Parts.Count > 1) held.FirstPartOnly(person);
        else if (fate < 0.170) held.InPart(person, chance.Number(10, 30));
        else held.Attended(person);
    }

    /// <summary>Cancelled two weeks before: its places are lost (F2), its bookings end with it (B13).</summary>
    private void FallThrough(Session session, Randomizer chance, ProgrammeLine line)
    {
        var decided = chance.OfficeHours(session.Day.AddDays(-14));
        if (session.Day.AddDays(-14) >= folder.Today)
            return;
        var cancelled = folder.Add(session with { Status = "cancelled", CancelledAt = decided });
        foreach (var person in crowd.Draw(chance, 4, session.Day, line.Fits))
            folder.Bookings.Add(new BookingRow(cancelled, person.Email, "cancelled", chance.OfficeHours(session.Day.AddDays(-chance.Number(16, 50))), decided));
    }

    private void Fill(PlannedSession planned, ProgrammeLine line, Randomizer chance)
    {
        var (least, most) = (planned.Session.Day.DayNumber - folder.Today.DayNumber) switch
        {
            <= 14 => (0.70, 0.95),
            <= 45 => (0.45, 0.85),
            <= 90 => (0.20, 0.60),
            <= 180 => (0.05, 0.30),
            _ => (0.00, 0.08),
        };
        var booked = (int)(line.Booked * (least + (most - least) * chance.Double()));
        planned.Confirm(crowd.Draw(chance, booked, planned.Session.Day, line.Fits, planned.Session.Trainers));
    }

    /// <summary>Begins at 11pm on 31 March 2024, British Summer Time since that morning, and ends on 1 April: it belongs to 2023/24 (T3).</summary>
    private void AtNight()
    {
        var chance = Chance.For("night");
        var session = new Session("NIGHT", [new DateOnly(2024, 3, 31).Part("23:00", "00:30")], Places.InPerson, "Southend Hospital, seminar room", 14, "held") { Trainers = [crowd.Named.Joe] };
        var held = new HeldSession(folder, session, chance);
        foreach (var person in crowd.Draw(chance, 11, session.Day, (person, job) => Places.Keen(person, job) && job.Agency is "MSEFT" or "EPUT"))
            Happen(held, person, chance);
    }
}
