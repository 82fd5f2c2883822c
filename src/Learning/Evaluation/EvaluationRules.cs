using Learning.Time;

namespace Learning.Evaluation;

/// <summary>Why an evaluation is not open.</summary>
public enum EvaluationClosed
{
    /// <summary>The register was opened again, or the session cancelled after all.</summary>
    NotSigned,

    /// <summary>By the marks that stand now they did not attend (A7).</summary>
    NotAttended,

    /// <summary>It was asked too long ago.</summary>
    Over,
}

/// <summary>The rules of evaluations. Pure.</summary>
public static class EvaluationRules
{
    /// <summary>For how many days an evaluation can be answered after it was asked for.</summary>
    public const int OpenDays = 180;

    /// <summary>After how many days whoever has not answered gets the one further word (M4).</summary>
    public const int NudgeDays = 7;

    /// <summary>After how many months it is asked what came of it (M4).</summary>
    public const int LaterMonths = 3;

    /// <summary>A letter that could not go out for so many days does not go out any more: nobody remembers the day.</summary>
    public const int LetterDays = 28;

    /// <summary>From how many responses on what was answered is shown at all, so that nobody can be told by it.</summary>
    public const int FewestShown = 5;

    /// <summary>Characters of an answer in words, and of a reason for taking one out.</summary>
    public const int LongestWords = 2000, LongestReason = 500;

    /// <summary>Why it cannot be answered; null: it can.</summary>
    public static EvaluationClosed? WhyClosed(bool signed, bool attended, DateTimeOffset askedAt, DateTimeOffset now) =>
        !signed ? EvaluationClosed.NotSigned
        : !attended ? EvaluationClosed.NotAttended
        : now > askedAt.AddDays(OpenDays) ? EvaluationClosed.Over
        : null;

    /// <summary>The same in words to whoever was asked.</summary>
    public static string Say(EvaluationClosed closed) => closed switch
    {
        EvaluationClosed.NotSigned => "The register of this session is being put right. You can answer once it is signed again.",
        EvaluationClosed.NotAttended => "By its register you did not attend this session. If that is wrong, write to its organiser.",
        _ => $"It could be answered for {OpenDays} days, and they are over.",
    };

    /// <summary>What somebody wrote, as it is kept; null: nothing.</summary>
    public static string? WordsOf(string? typed) => typed?.Replace("\0", "", StringComparison.Ordinal).Trim() is { Length: > 0 } words ? words : null;

    /// <summary>Why a reason for taking words out cannot be kept; null: it can.</summary>
    public static string? WhyNotReason(string? reason) =>
        WordsOf(reason) is not { } words ? "Write why the comment is taken out"
        : words.Length > LongestReason ? $"Write the reason in {British.Number(LongestReason)} characters or fewer"
        : null;
}
