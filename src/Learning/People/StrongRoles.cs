namespace Learning.People;

/// <summary>
/// The roles that open only to whoever has shown a second step: a passkey or an authenticator app. An installation may say that it does without (table <c>installation</c>, name
/// <see cref="Setting"/>, value "no"); the accounts of a demonstration are exempt.
/// </summary>
public static class StrongRoles
{
    /// <summary>The setting's name.</summary>
    public const string Setting = "second-step";

    public static readonly IReadOnlySet<Role> All = new HashSet<Role> { Role.BusinessUnit, Role.Chair, Role.Administrator };
}
