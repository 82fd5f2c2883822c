using Learning.Accounts;

namespace Learning.Membership;

/// <summary>What came of letting somebody back in, or of refusing to.</summary>
public abstract record RecoveryOutcome
{
    /// <summary>It stands like this, by this press or an earlier one: of two who decide at once the first did.</summary>
    public sealed record Done(RecoveryState State) : RecoveryOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(string Sentence) : RecoveryOutcome;

    /// <summary>There is no such request, or it is not the actor's to decide (S1: both look the same).</summary>
    public sealed record NotFound : RecoveryOutcome;

    private RecoveryOutcome()
    {
    }
}
