using Learning.People;

namespace Learning.Demonstration;

/// <summary>Somebody a newcomer can sign in as, and what they come for.</summary>
public sealed record DemonstrationAccount(string Email, Role? Role, string Comes);

/// <summary>The accounts of a seeded demonstration. They are never asked for a second factor, and every page says that this is a demonstration.</summary>
public static class DemonstrationAccounts
{
    /// <summary>The password of each.</summary>
    public const string Password = "Learning-demo-1";

    public static readonly IReadOnlyList<DemonstrationAccount> All =
    [
        new("practitioner@council.example", null, "a social worker: finds courses, books, learns"),
        new("lead@police.example", Role.AgencyLead, "the police's training lead"),
        new("trainer@hospital.example", null, "a trainer: takes registers"),
        new("subgroup@council.example", Role.SubgroupMember, "the learning and development subgroup: reports"),
        new("chair@council.example", Role.Chair, "the chair who signs the figures"),
        new("unit@partnership.example", Role.BusinessUnit, "the business unit: runs it all"),
        new("admin@partnership.example", Role.Administrator, "the administrator: roles and security"),
    ];
}
