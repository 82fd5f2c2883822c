namespace Learning.Bookings;

/// <summary>Why somebody gives up late (B12), as they choose among few words.</summary>
public enum GivenUpFor
{
    Ill,
    Work,
    Leave,
    Other,
}

/// <summary>Why somebody gives a place up, with words of their own or none.</summary>
public sealed record GivenUpBecause(GivenUpFor For, string? Text = null)
{
    private string? Plain => string.IsNullOrWhiteSpace(Text) ? null : Text.Replace("\0", "", StringComparison.Ordinal).Trim();

    /// <summary>The words are longer than are kept.</summary>
    public bool IsTooLong => Plain?.Length > DeskRules.LongestReason;

    /// <summary>As the history has it.</summary>
    public string Words => Plain is { } text ? $"{Of(For)}: {text}" : Of(For);

    /// <summary>As people read it.</summary>
    public static string Of(GivenUpFor why) => why switch
    {
        GivenUpFor.Ill => "ill",
        GivenUpFor.Work => "work",
        GivenUpFor.Leave => "leave",
        GivenUpFor.Other => "another reason",
        _ => throw new ArgumentOutOfRangeException(nameof(why)),
    };
}
