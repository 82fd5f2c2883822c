namespace Learning.Web;

/// <summary>One answer to choose: the value that is posted, and the words that are shown.</summary>
public sealed record Option(string Value, string Words, string? Hint = null);
