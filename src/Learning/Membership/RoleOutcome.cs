namespace Learning.Membership;

/// <summary>What came of giving a role, taking it back, or deciding about a request.</summary>
public abstract record RoleOutcome
{
    /// <summary>It is given, or taken: the grant's id.</summary>
    public sealed record Done(Guid Grant) : RoleOutcome;

    /// <summary>A second person has to approve it. They are told by mail.</summary>
    /// <param name="Approvers">How many there are who may.</param>
    /// <param name="ByUnit">They are of the business unit, since no other administrator can.</param>
    public sealed record Asked(Guid Request, int Approvers, bool ByUnit) : RoleOutcome;

    /// <summary>The request is refused or withdrawn, and nobody holds the role for it.</summary>
    public sealed record Closed(RoleDecision Decision) : RoleOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(RoleReason Reason) : RoleOutcome;

    /// <summary>There is nobody and nothing of this kind, or it is not the actor's to do (S1: both look the same).</summary>
    public sealed record NotFound : RoleOutcome;

    private RoleOutcome()
    {
    }
}
