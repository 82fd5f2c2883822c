namespace Learning.History;

/// <summary>What a folder tells, joined with what the system knows, while it is checked and then written.</summary>
internal sealed class Story(Findings findings, DateTimeOffset now)
{
    public Findings Findings { get; } = findings;

    /// <summary>The instant of the import.</summary>
    public DateTimeOffset Now { get; } = now;

    public Names<ToldAgency> Agencies { get; } = new("agency", findings);

    /// <summary>By every address of theirs (P6).</summary>
    public Names<ToldPerson> People { get; } = new("person", findings);
    public Names<ToldProgramme> Programmes { get; } = new("programme", findings);
    public Names<ToldCourse> Courses { get; } = new("course", findings);
    public Names<ToldSession> Sessions { get; } = new("session", findings);
    public List<ToldBooking> Bookings { get; } = [];
    public List<ToldMark> Marks { get; } = [];
    public List<ToldCompletion> Completions { get; } = [];

    /// <summary>The domains that propose an agency in the system (P4).</summary>
    public Dictionary<string, ToldAgency> Domains { get; } = [];

    /// <summary>The signed periods of reports: what falls into one is recorded at the time of import (H0).</summary>
    public List<(DateOnly From, DateOnly To)> SignedPeriods { get; } = [];

    /// <summary>Columns that may be absent, and are there: where one is not, what the system has stays.</summary>
    public HashSet<(Format File, string Column)> Told { get; } = [];

    /// <summary>When something is recorded that happened at an instant and counts on a day (H0).</summary>
    public DateTimeOffset RecordedAt(DateTimeOffset happened, DateOnly countedOn) =>
        SignedPeriods.Exists(period => period.From <= countedOn && countedOn < period.To) ? Now : happened;
}
