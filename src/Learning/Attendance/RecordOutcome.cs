namespace Learning.Attendance;

/// <summary>What came of sending marks.</summary>
public abstract record RecordOutcome
{
    /// <summary>All are stored; those that somebody should look at say why.</summary>
    /// <param name="Version">Of the register: it rises with whatever changes it.</param>
    /// <param name="Reopened">They came after signing, and the register is open again.</param>
    public sealed record Recorded(IReadOnlyList<Guid> Stored, IReadOnlyList<FlaggedMark> Flagged, long Version, bool Reopened) : RecordOutcome;

    /// <summary>There is no such register, or not for the eyes of who asks (S1).</summary>
    public sealed record NotFound : RecordOutcome;

    /// <summary>Nothing was stored.</summary>
    public sealed record Refused(string Reason) : RecordOutcome;

    private RecordOutcome()
    {
    }
}

/// <summary>A stored mark that somebody should look at, and a sentence that says why.</summary>
public sealed record FlaggedMark(Guid Id, string Why);
