namespace Learning.Membership;

/// <summary>What came of withdrawing, confirming or declining a move.</summary>
public abstract record MoveOutcome
{
    /// <summary>The move is in this state, by this press or an earlier one: of two who decide at once the first did.</summary>
    public sealed record Done(MoveState State) : MoveOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(string Sentence) : MoveOutcome;

    /// <summary>There is no such move, or it is not the actor's to decide (S1: both look the same).</summary>
    public sealed record NotFound : MoveOutcome;

    private MoveOutcome()
    {
    }
}
