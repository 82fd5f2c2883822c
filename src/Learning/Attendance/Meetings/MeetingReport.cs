namespace Learning.Attendance.Meetings;

/// <summary>A file as it was sent: what it was called, which may say the day, and its bytes.</summary>
public sealed record MeetingFile(string Name, byte[] Content);

/// <summary>What the files of one meeting say (rule A8).</summary>
/// <param name="Kind">"teams", "zoom" or "meet"; of files of several programs, each once with + between.</param>
/// <param name="People">In the order in which they first came.</param>
public sealed record MeetingReport(string Kind, IReadOnlyList<MeetingPerson> People);

/// <summary>Somebody whom a report names: of one address, or, without one, of one name.</summary>
/// <param name="Name">As the report writes it.</param>
/// <param name="Email">In small letters; null: the report has none.</param>
/// <param name="Joins">Each time they came, as the report has it; what overlaps stays here and is counted once in the minutes.</param>
public sealed record MeetingPerson(string Name, string? Email, IReadOnlyList<MeetingJoin> Joins)
{
    /// <summary>Whole minutes in the meeting: joins add up, overlaps count once, what is less than a minute in the end is left off.</summary>
    public int Minutes => TimePresent.Minutes(Joins);
}

/// <summary>From joining to leaving.</summary>
/// <param name="Seconds">Of which they were there so long, where the report gives a total between the first joining and the last leaving; null: all of it.</param>
public sealed record MeetingJoin(DateTimeOffset From, DateTimeOffset To, int? Seconds = null);

/// <summary>What came of reading files.</summary>
public abstract record MeetingRead
{
    public sealed record Report(MeetingReport Said) : MeetingRead;

    /// <summary>Nothing can be made of them, and one sentence says why, and what to do.</summary>
    public sealed record Refused(string Sentence) : MeetingRead;

    private MeetingRead()
    {
    }
}
