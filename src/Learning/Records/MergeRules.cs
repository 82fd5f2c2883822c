namespace Learning.Records;

/// <summary>A record that is to be merged, as the rule asks about it.</summary>
/// <param name="CountedAs">The person whom it is counted as; itself, unless it is merged already.</param>
/// <param name="Roles">The live roles, by their words.</param>
public sealed record MergeSide(Guid Id, string Name, bool Erased, Guid CountedAs, IReadOnlyList<string> Roles);

/// <summary>May two records be merged into one (P3), and if not, why not. Pure: the same answer draws the button and guards the verb.</summary>
public static class MergeRules
{
    /// <summary>Characters of a reason.</summary>
    public const int LongestReason = 500;

    // Whoever reads the mail of any address of a person may sign in as them: nobody gets the business unit's account that way.
    private static readonly string[] Powerful = ["chair", "business unit", "administrator"];

    /// <summary>Null when <paramref name="other"/> may be counted as <paramref name="kept"/> from now on; else the first reason why not, as a sentence.</summary>
    /// <param name="onTheMachine">At the command line, where whoever decides owns the machine.</param>
    public static string? WhyNotMerge(MergeSide kept, MergeSide other, bool onTheMachine) =>
        kept.Id == other.Id || kept.CountedAs == other.CountedAs ? "These are one record already."
        : kept.Erased || other.Erased ? "A record that was erased has no identity left, and cannot be merged."
        : kept.CountedAs != kept.Id ? $"{kept.Name} is counted as somebody else already. Merge into that record."
        : other.CountedAs != other.Id ? $"{other.Name} is counted as somebody else already. Undo that first."
        : other.Roles.Count > 0 ? $"{other.Name} has a role ({string.Join(", ", other.Roles)}), which a merge does not move. Give it to the record that stays, take it from this one, then merge."
        : kept.Roles.FirstOrDefault(Powerful.Contains) is { } role && !onTheMachine
            ? $"{kept.Name} has the role {role}: the addresses of the other record would open it. Whoever runs the server can merge the two with: learning person merge."
        : null;

    /// <summary>The trimmed reason, or the sentence that is wrong with it.</summary>
    public static (string? Reason, string? Wrong) Reason(string? text) => text?.Trim() switch
    {
        null or "" => (null, "Enter a reason. It is kept with the merge"),
        { Length: > LongestReason } => (null, $"The reason must be {LongestReason} characters or fewer"),
        var reason when reason.Any(char.IsControl) => (null, "The reason must be one line of text"),
        var reason => (reason, null),
    };
}
