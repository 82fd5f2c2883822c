namespace Learning.Messages;

/// <summary>What goes into somebody's calendar: a session with its parts, under an identity that stays whatever happens to it.</summary>
public sealed record CalendarEntry
{
    /// <summary>What it is about, a booking: its calendar identity for good.</summary>
    public required Guid Id { get; init; }

    /// <summary>Rises with each move of the session, so that a calendar takes the newer for the older.</summary>
    public required int Sequence { get; init; }
    public required string Title { get; init; }
    public string? Place { get; init; }
    public string? Description { get; init; }

    /// <summary>An https address: the join link, else the session's page.</summary>
    public string? Link { get; init; }

    /// <summary>In order of time, at least one, in local wall time (T1).</summary>
    public required IReadOnlyList<CalendarTimes> Parts { get; init; }

    /// <summary>Takes the entry out of the calendar again.</summary>
    public bool Cancelled { get; init; }
}

/// <summary>A part of a session as its entry has it.</summary>
public sealed record CalendarTimes(string? Title, DateTime StartsLocal, DateTime EndsLocal);
