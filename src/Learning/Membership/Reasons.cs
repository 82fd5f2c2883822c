namespace Learning.Membership;

/// <summary>A reason that somebody gives in their own words: one paragraph, of ordinary length.</summary>
internal static class Reasons
{
    /// <summary>The reason; null where there is none, or it cannot be kept as it is.</summary>
    public static string? Read(string? typed) =>
        JoiningRules.Said(typed?.ReplaceLineEndings(" ")) is { } said && JoiningRules.IsLine(said, MoveRules.LongestReason) ? said : null;

    /// <summary>What to do about one that could not be read.</summary>
    public static string Sentence(string? typed, string missing) =>
        string.IsNullOrWhiteSpace(typed) ? missing : $"Write the reason in plain letters, at most {MoveRules.LongestReason} of them";
}
