using Learning.People;

namespace Learning.Membership;

/// <summary>Why a role is not given or taken.</summary>
public enum RoleReason
{
    /// <summary>They hold it, or will, on some of these days.</summary>
    AlreadyHeld,

    /// <summary>It has been asked for, and nobody has decided yet.</summary>
    AlreadyAsked,

    /// <summary>A lead is lead of an agency.</summary>
    NeedsAgency,

    /// <summary>It would begin before today.</summary>
    BeginsInThePast,

    /// <summary>It would begin or end so late that somebody mistyped.</summary>
    TooFarAhead,

    /// <summary>Its last day is before its first.</summary>
    EndsBeforeItBegins,

    /// <summary>The reason is missing, or too long.</summary>
    NeedsReason,

    /// <summary>Nobody would be left who can give roles.</summary>
    LastAdministrator,

    /// <summary>A deputy works for the agency or one of its departments.</summary>
    NotOfTheAgency,

    /// <summary>By the time it was approved its last day was over.</summary>
    IsOver,
}

/// <summary>Who may give which role (S1, S2). Pure: they draw the buttons and guard the verbs.</summary>
public static class RoleRules
{
    /// <summary>Characters of a reason.</summary>
    public const int LongestReason = 500;

    /// <summary>How many years ahead a role may begin or end.</summary>
    public const int FurthestYears = 10;

    /// <summary>The administrator gives every role; the business unit names the leads of agencies. Deputies are their lead's to appoint.</summary>
    public static bool MayGive(Actor actor, Role role) => actor.IsAdministrator || (role == Role.AgencyLead && actor.IsUnit);

    /// <summary>
    /// Whether a second person has to approve: for the business unit and for administrators always, and for whatever somebody would give themselves. Whoever can run commands on the
    /// machine owns it, and needs nobody: so the first administrator comes about.
    /// </summary>
    public static bool NeedsSecond(Actor actor, Role role, Guid person) => !actor.IsMachine && (role is Role.BusinessUnit or Role.Administrator || person == actor.PersonId);

    /// <summary>Null when these days will do; else why not. <paramref name="endsOn"/> is the first day on which the role is not held.</summary>
    public static RoleReason? WhyNotDays(DateOnly startsOn, DateOnly? endsOn, DateOnly today) =>
        startsOn < today ? RoleReason.BeginsInThePast
        : endsOn <= startsOn ? RoleReason.EndsBeforeItBegins
        : startsOn > today.AddYears(FurthestYears) || endsOn > today.AddYears(FurthestYears) ? RoleReason.TooFarAhead
        : null;

    /// <summary>Whether a text can be kept as a reason.</summary>
    public static bool IsReason(string? text) => text?.Trim() is { Length: > 0 and <= LongestReason } said && !said.Contains('\0', StringComparison.Ordinal);
}
