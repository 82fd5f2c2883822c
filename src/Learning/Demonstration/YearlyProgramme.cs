namespace Learning.Demonstration;

/// <summary>So many sessions of a course in each financial year from one to another, evenly over the year.</summary>
internal sealed record ProgrammeLine(
    string Course, int From, int Until, int PerYear, int Places, int Booked, string Mode, string Starts, string Ends, Func<Person, Employment, bool> Fits)
{
    public bool TwoParts => Course == "GCP2";

    /// <summary>One in some courses fell through each year.</summary>
    public int? Cancelled => Course switch { "L3REF" => 6, "SUPERV" => 3, _ => null };
}

/// <summary>The ordinary programme around the events that the reports quote: with them some 80 sessions and 1,900 bookings a year.</summary>
internal static class YearlyProgramme
{
    private const int Always = 9999;

    public static ProgrammeLine[] Lines(Func<Person, Employment, bool> forumMember) =>
    [
        new("GCP2", 2024, Always, 8, 20, 18, Places.InPerson, "09:30", "16:00", Places.WorksWithChildren),
        new("IOC", 2024, Always, 10, 25, 22, Places.InPerson, "09:30", "13:00", Places.WorksWithChildren),
        new("SEF", 2024, Always, 6, 80, 52, Places.Virtual, "14:00", "16:00", forumMember),
        new("L3REF", 2021, Always, 15, 16, 13, Places.InPerson, "09:30", "13:00", Places.Keen),
        new("SUPERV", 2021, Always, 9, 12, 9, Places.Hybrid, "09:30", "12:30", (person, job) => Places.Keen(person, job) && job.Level == "3"),
        new("PCLIVE", 2023, Always, 8, 16, 11, Places.InPerson, "13:30", "16:30", Places.Keen),
        new("LLR", 2021, Always, 6, 24, 14, Places.Virtual, "10:00", "11:30", Places.Keen),
        new("EPUT-L3", 2021, Always, 6, 16, 12, Places.InPerson, "09:00", "16:00", (person, job) => Places.Keen(person, job) && job.Agency is "EPUT" or "NELFT"),
        new("LUNCH", 2021, 2023, 7, 30, 18, Places.Virtual, "12:30", "13:15", Places.Keen),
        new("LUNCH", 2024, Always, 12, 100, 48, Places.Virtual, "12:30", "13:15", Places.Keen),
    ];

    /// <summary>What a lunch and learn is about: the title of its part.</summary>
    public static readonly string[] LunchTopics =
    [
        "Record keeping that helps", "Self-neglect: where to begin", "Working with fathers", "County lines in a seaside town", "Mental capacity at the front door",
        "Hearing the child's day", "Cuckooing", "Trauma and trust", "Fire risk and hoarding", "Private fostering", "Advocacy", "When nothing changes",
    ];
}
