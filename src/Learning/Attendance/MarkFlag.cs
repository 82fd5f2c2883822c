using System.Runtime.Serialization;

using Learning.Database;

namespace Learning.Attendance;

/// <summary>Why somebody should look at a mark (rule A3). A mark is stored with its flags; a stray is not in the register at all.</summary>
public enum MarkFlag
{
    /// <summary>Two devices, neither of which had seen the other's mark, say different things (A2).</summary>
    Conflict,

    /// <summary>It came after the register was signed, and reopened it.</summary>
    [EnumMember(Value = "after signing")]
    AfterSigning,

    /// <summary>Stray: it came more than 14 days after the register was signed, which stays as it is until the business unit decides.</summary>
    [EnumMember(Value = "long after signing")]
    LongAfterSigning,

    /// <summary>More minutes than the part lasts.</summary>
    [EnumMember(Value = "too many minutes")]
    TooManyMinutes,

    /// <summary>The address that was given belongs to somebody of another name, who has the mark.</summary>
    [EnumMember(Value = "another name")]
    AnotherName,

    /// <summary>Of who came only the address is known.</summary>
    [EnumMember(Value = "no name")]
    NoName,

    /// <summary>Stray: there is no such person.</summary>
    [EnumMember(Value = "unknown person")]
    UnknownPerson,

    /// <summary>Stray: the forum has no such seat.</summary>
    [EnumMember(Value = "unknown seat")]
    UnknownSeat,

    /// <summary>Stray: the session has no such part.</summary>
    [EnumMember(Value = "unknown part")]
    UnknownPart,

    /// <summary>Stray: the session is cancelled.</summary>
    [EnumMember(Value = "session cancelled")]
    SessionCancelled,
}

/// <summary>A mark's flags as the database keeps them, and in words.</summary>
public static class MarkFlags
{
    private const string Between = "; ";

    /// <summary>The stored text, or null when there are none.</summary>
    public static string? Join(IReadOnlyCollection<MarkFlag> flags) => flags.Count == 0 ? null : string.Join(Between, flags.Select(flag => flag.Word()));

    /// <summary>The flags of a stored text; a word that is not ours is left out.</summary>
    public static IReadOnlyList<MarkFlag> Of(string? stored) =>
        stored is null ? [] : [.. stored.Split(Between).Where(word => Words.TryParse<MarkFlag>(word, out _)).Select(Words.Parse<MarkFlag>)];

    /// <summary>What happened, for whoever looks; without names.</summary>
    public static string Sentence(this MarkFlag flag) => flag switch
    {
        MarkFlag.Conflict => "Another device says something else; neither had seen the other.",
        MarkFlag.AfterSigning => "It came after the register was signed, so the register is open again.",
        MarkFlag.LongAfterSigning => $"It came more than {RegisterRules.ReopensDays} days after the register was signed. The business unit decides.",
        MarkFlag.TooManyMinutes => "More minutes than this part lasts.",
        MarkFlag.AnotherName => "The address belongs to somebody of another name, who now has this mark.",
        MarkFlag.NoName => "Only an address is known of who came.",
        MarkFlag.UnknownPerson => "There is no such person. The mark is kept for the business unit.",
        MarkFlag.UnknownSeat => "The forum has no such seat. The mark is kept for the business unit.",
        MarkFlag.UnknownPart => "This session has no such part. The mark is kept for the business unit.",
        MarkFlag.SessionCancelled => "The session is cancelled. The mark is kept for the business unit.",
        _ => throw new ArgumentOutOfRangeException(nameof(flag)),
    };
}
