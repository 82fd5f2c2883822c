using Learning.People;

namespace Learning.Records;

/// <summary>What is known of somebody who may be on file twice.</summary>
/// <param name="Agencies">Where they work or worked.</param>
public sealed record DuplicateSide(Guid Id, string GivenName, string FamilyName, string[] Emails, string[] Agencies, bool HasAccount)
{
    public string Name => PersonName.Of(GivenName, FamilyName, Id);
}

/// <summary>Why two records look like one human being. Pure; it proposes, and a person decides.</summary>
public static class DuplicateRules
{
    /// <summary>The reasons, as words that follow "because of"; none when the two are not worth a look. A name alone is a reason only where it is the same to the letter.</summary>
    public static IReadOnlyList<string> Reasons(DuplicateSide one, DuplicateSide two)
    {
        var reasons = new List<string>();
        var sameName = Same(one.GivenName, two.GivenName) && Same(one.FamilyName, two.FamilyName);
        var swapped = Same(one.GivenName, two.FamilyName) && Same(one.FamilyName, two.GivenName);
        var nearName = !sameName && Same(one.FamilyName, two.FamilyName) && (Begins(one.GivenName, two.GivenName) || Begins(two.GivenName, one.GivenName));
        var agency = one.Agencies.Intersect(two.Agencies).FirstOrDefault();
        var local = one.Emails.Select(LocalPart).Intersect(two.Emails.Select(LocalPart)).FirstOrDefault(part => part.Contains('.', StringComparison.Ordinal));
        if (sameName)
        {
            reasons.Add("the same name");
        }

        if (swapped && !sameName)
        {
            reasons.Add("the same names the other way round");
        }

        if (nearName && (agency is not null || local is not null))
        {
            reasons.Add("the same family name, and a given name that begins the other");
        }

        if (local is not null && (reasons.Count > 0 || Same(one.FamilyName, two.FamilyName) || Same(one.GivenName, two.GivenName)))
        {
            reasons.Add($"addresses that begin alike ({local}@)");
        }

        if (reasons.Count > 0 && agency is not null)
        {
            reasons.Add($"the same agency ({agency})");
        }

        if (reasons.Count > 0 && one.HasAccount != two.HasAccount)
        {
            reasons.Add("only one of them signs in");
        }

        return reasons;
    }

    private static bool Same(string one, string two) => one.Length > 0 && string.Equals(one.Trim(), two.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool Begins(string one, string two) => one.Length is > 0 && one.Length < two.Length && two.StartsWith(one.TrimEnd('.'), StringComparison.OrdinalIgnoreCase);

    private static string LocalPart(string email) => email.Split('@')[0];
}
