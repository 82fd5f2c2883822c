using Learning.People;

namespace Learning.Accounts;

/// <summary>Why a token is not made.</summary>
public enum TokenReason
{
    /// <summary>It has no name, or one that is too long.</summary>
    NeedsName,

    /// <summary>It would last less than a day or more than a year.</summary>
    WrongDays,

    /// <summary>It may be used for nothing.</summary>
    NeedsScope,

    /// <summary>They have as many as anybody may.</summary>
    TooMany,

    /// <summary>This very press has made one already.</summary>
    MadeAlready,
}

/// <summary>Who may have tokens, and of what kind. Pure.</summary>
public static class TokenRules
{
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 80;

    /// <summary>Days that a token may last.</summary>
    public const int MostDays = 365;

    /// <summary>Live tokens of one person.</summary>
    public const int Most = 50;

    /// <summary>The business unit and administrators: whoever connects other programs. Others have no page for it; whoever runs the machine makes one for them at the command line.</summary>
    public static bool MayHave(Actor actor) => actor.PersonId is not null && (actor.IsUnit || actor.IsAdministrator);

    /// <summary>Null when such a token may be made; else why not.</summary>
    public static TokenReason? WhyNot(string? name, int days, IReadOnlyCollection<TokenScope> scopes) =>
        name?.Trim() is not { Length: > 0 and <= LongestName } said || said.Any(char.IsControl) ? TokenReason.NeedsName
        : days is < 1 or > MostDays ? TokenReason.WrongDays
        : scopes.Count == 0 ? TokenReason.NeedsScope
        : null;
}
