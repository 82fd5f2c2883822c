using Learning.People;

namespace Learning.Membership;

/// <summary>How roles are spoken of.</summary>
public static class RoleWords
{
    /// <summary>"Agency lead", "Deputy lead", "Member of the business unit".</summary>
    public static string Of(Role role, bool deputy = false) => role switch
    {
        Role.AgencyLead => deputy ? "Deputy agency lead" : "Agency lead",
        Role.SubgroupMember => "Subgroup member",
        Role.Chair => "Chair",
        Role.BusinessUnit => "Business unit",
        _ => "Administrator",
    };

    /// <summary>"Agency lead of Essex Police".</summary>
    public static string Of(Role role, string? agency, bool deputy = false) => agency is null ? Of(role, deputy) : $"{Of(role, deputy)} of {agency}";

    /// <summary>What a role lets somebody do, in a line (S2).</summary>
    public static string About(Role role) => role switch
    {
        Role.AgencyLead => "Sees and books for the people of one agency and its departments",
        Role.SubgroupMember => "Sees figures, sessions and agencies, and no person",
        Role.Chair => "Sees what the subgroup sees, and signs the figures",
        Role.BusinessUnit => "Sees and does everything but security. A second person has to approve",
        _ => "Gives roles and keeps the site secure, and sees no records. A second person has to approve",
    };

    /// <summary>Why nothing was done, as a sentence beside a field.</summary>
    public static string Why(RoleReason reason) => reason switch
    {
        RoleReason.AlreadyHeld => "They hold this role already on some of these days. Take that back first, or choose other days",
        RoleReason.AlreadyAsked => "This has been asked for already, and waits for a second person",
        RoleReason.NeedsAgency => "Choose the agency that they are to lead",
        RoleReason.BeginsInThePast => "A role begins today or later",
        RoleReason.TooFarAhead => $"Choose a day within the next {RoleRules.FurthestYears} years",
        RoleReason.EndsBeforeItBegins => "The last day cannot be before the first",
        RoleReason.NeedsReason => $"Say why, in at most {RoleRules.LongestReason} characters",
        RoleReason.LastAdministrator => "This is the last administrator without a last day, so nobody would be left to give roles. Make somebody else an administrator first",
        RoleReason.NotOfTheAgency => "A deputy works for the agency or one of its departments today",
        _ => "Its last day is over. Refuse it, and have it asked for again",
    };
}
