namespace Learning.Bookings;

/// <summary>Somebody of several for whom a place is wanted, what they need, and whether it is known that they are booked elsewhere at the same time (B7).</summary>
public sealed record PersonWanted(Guid PersonId, string? Needs = null, bool OverlapKnown = false);

/// <summary>Places for several people (B10).</summary>
/// <param name="People">In the order in which they are served.</param>
/// <param name="AllOrNothing">Everybody gets a place, or nobody does; else as many as fit.</param>
/// <param name="OthersWait">Who gets none joins the waiting list.</param>
public sealed record SeveralWanted(string SessionRef, IReadOnlyList<PersonWanted> People, bool AllOrNothing, bool OthersWait = false);

/// <summary>What has become of one of them: where they stand on the session now, or why they do not.</summary>
/// <param name="State">Null: they are not on it.</param>
/// <param name="Position">Their number on the waiting list, where they wait.</param>
/// <param name="Why">Why they could not be booked; null with no state: no place was left for them.</param>
public sealed record OneOfSeveral(Guid PersonId, BookingState? State, int? Position = null, BookingReason? Why = null);

/// <summary>What came of asking for places for several people.</summary>
public abstract record SeveralOutcome
{
    /// <summary>One for each, in the order in which they were asked for.</summary>
    public sealed record Done(IReadOnlyList<OneOfSeveral> People) : SeveralOutcome;

    /// <summary>Nothing was changed: these people could not be booked as it was asked.</summary>
    public sealed record Refused(IReadOnlyDictionary<Guid, BookingReason> People) : SeveralOutcome;

    /// <summary>Nothing was changed: all was wanted, and there are places for so many only.</summary>
    public sealed record NoRoom(int Places) : SeveralOutcome;

    /// <summary>There is no such session, or somebody whom the actor may not book for (S1: both look the same).</summary>
    public sealed record NotFound : SeveralOutcome;

    private SeveralOutcome()
    {
    }
}
