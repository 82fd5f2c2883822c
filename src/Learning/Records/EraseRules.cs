using Learning.People;

namespace Learning.Records;

/// <summary>What stands against an erasure.</summary>
/// <param name="Roles">Of the roles they hold, those that somebody else has to take over.</param>
/// <param name="Unsigned">Sessions that have begun, that they give, and whose register is not signed.</param>
/// <param name="Held">The business unit keeps the record for a reason.</param>
internal sealed record EraseFacts(IReadOnlyList<Role> Roles, IReadOnlyList<string> Unsigned, bool Held = false);

/// <summary>Whether somebody may be erased now, and if not, what to do first. Pure.</summary>
public static class EraseRules
{
    /// <summary>Characters of a reason.</summary>
    public const int LongestReason = 500;

    /// <summary>Roles without which the partnership cannot go on: given up first.</summary>
    public static readonly IReadOnlyList<Role> MustGiveUp = [Role.BusinessUnit, Role.Administrator, Role.Chair];

    /// <summary>A sentence for each thing to do first; none when they may be erased.</summary>
    internal static IReadOnlyList<string> First(EraseFacts facts)
    {
        var first = facts.Roles.Where(MustGiveUp.Contains).Select(role => $"They hold the role {Words(role)}. Take it from them first, so that somebody else has it.").ToList();
        if (facts.Unsigned.Count > 0)
        {
            first.Add($"They give sessions whose register is not signed: {string.Join(", ", facts.Unsigned)}. Sign it first, or have it signed.");
        }

        if (facts.Held)
        {
            first.Add("Their record is kept for a reason. Let it go first, on the page that keeps it.");
        }

        return first;
    }

    /// <summary>Null when a reason can be kept; else what is wrong with it. It stays when the name goes, so it must not hold it.</summary>
    internal static string? WhyNotReason(string? reason, IEnumerable<string> named)
    {
        var text = reason?.Trim() ?? "";
        return text.Length == 0 ? "Write why they are erased"
            : text.Length > LongestReason ? $"Write the reason in {LongestReason} characters or fewer"
            : text.Any(letter => char.IsControl(letter) && letter is not ('\r' or '\n' or '\t')) ? "The reason has a character that is none"
            : text.Contains('@', StringComparison.Ordinal) || named.Any(name => Holds(text, name)) ? "Write the reason without names and addresses: it stays when the name goes"
            : null;
    }

    // As a word of its own: "Ann" is not in "annual".
    private static bool Holds(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + name.Length == text.Length || !char.IsLetterOrDigit(text[at + name.Length])))
            {
                return true;
            }
        }

        return false;
    }

    private static string Words(Role role) => role switch { Role.BusinessUnit => "business unit", Role.Administrator => "administrator", _ => "chair" };
}
