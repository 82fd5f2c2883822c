namespace Learning.Membership;

/// <summary>What came of a change to somebody's addresses.</summary>
public abstract record AddressOutcome
{
    /// <summary>A code was sent, by this press; the page of this number takes it.</summary>
    public sealed record Asked(Guid Id) : AddressOutcome;

    /// <summary>It is so now, by this press or an earlier one.</summary>
    public sealed record Done(string Email) : AddressOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(string Sentence) : AddressOutcome;

    /// <summary>There is no such thing, or it is not the actor's (S1: both look the same).</summary>
    public sealed record NotFound : AddressOutcome;

    private AddressOutcome()
    {
    }
}
