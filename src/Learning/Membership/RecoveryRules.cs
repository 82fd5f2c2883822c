using Learning.People;

namespace Learning.Membership;

/// <summary>Who lets somebody back in who has lost their second step (S1). Pure.</summary>
public static class RecoveryRules
{
    /// <summary>
    /// Whether somebody decides: by the role that it takes (the lead of an agency of theirs; the business unit where there is none, or where they lead an agency; another administrator where they
    /// are of the business unit, chair or administrator), in a session that has that role; and nobody about themselves.
    /// </summary>
    /// <param name="leads">Whether the actor is one of the leads of an agency of theirs.</param>
    public static bool MayDecide(Actor actor, Guid person, Role by, bool leads) => actor.PersonId is { } me && me != person && by switch
    {
        Role.Administrator => actor.IsAdministrator,
        Role.BusinessUnit => actor.IsUnit,
        _ => leads && actor.LeadOf.Count > 0,
    };
}
