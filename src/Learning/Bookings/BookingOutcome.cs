namespace Learning.Bookings;

/// <summary>What came of asking for a place.</summary>
public abstract record BookingOutcome
{
    /// <summary>The place is theirs.</summary>
    public sealed record Confirmed(Guid Id) : BookingOutcome;

    /// <summary>Every place is held: they are number <paramref name="Position"/> of those who wait, from 1.</summary>
    public sealed record Waiting(Guid Id, int Position) : BookingOutcome;

    /// <summary>They asked for a place, and whoever they named approves or does not (B9).</summary>
    public sealed record Requested(Guid Id) : BookingOutcome;

    /// <summary>No booking was made.</summary>
    public sealed record Refused(BookingReason Reason) : BookingOutcome;

    /// <summary>There is no such session or person, or not for the eyes of who asks (S1: both look the same).</summary>
    public sealed record NotFound : BookingOutcome;

    /// <summary>Who asks may book for themselves only.</summary>
    public sealed record NotAllowed : BookingOutcome;

    /// <summary>The key that they asked with stands for something else that they asked (<see cref="AskedOnce"/>).</summary>
    public sealed record OtherwiseAsked : BookingOutcome;

    private BookingOutcome()
    {
    }
}

/// <summary>What came of giving up, accepting or declining.</summary>
public abstract record ChangeOutcome
{
    /// <summary>The booking is in the state that was asked for, by this press or an earlier one.</summary>
    public sealed record Done(BookingState State) : ChangeOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(BookingReason Reason) : ChangeOutcome;

    /// <summary>There is no such booking, or not for the eyes of who asks.</summary>
    public sealed record NotFound : ChangeOutcome;

    private ChangeOutcome()
    {
    }
}
