using System.Globalization;
using System.Text;

using Learning.Time;

namespace Learning.Certificates;

/// <summary>An answer on the form that issues a certificate anew.</summary>
public enum ReissueField
{
    Holder,
    CpdHours,
    Level,
    LevelFramework,
    Share,
    LastDay,
    Reason,
}

/// <summary>What is wrong with an answer, in words for whoever gave it.</summary>
public sealed record ReissueMistake(ReissueField Field, string Sentence);

/// <summary>What a certificate is to say instead, as it was typed.</summary>
/// <param name="Share">Per cent.</param>
/// <param name="LastDay">The last day on which it counts; empty: it does not expire.</param>
public sealed record TypedReissue(string? Holder, string? CpdHours, string? Level, string? LevelFramework, string? Share, string? LastDay, string? Reason);

/// <summary>What a certificate is to say instead.</summary>
internal sealed record Corrected(string Holder, decimal? CpdHours, string? Level, string? LevelFramework, decimal? Share, DateOnly? ExpiresOn, string Reason);

/// <summary>What may be written on a certificate, and when one can be revoked or issued anew. Pure.</summary>
internal static class CertificateRules
{
    /// <summary>Characters of a name, of a level and its framework, of a reason.</summary>
    public const int LongestHolder = 201, LongestLevel = 200, LongestReason = 500;

    private static readonly decimal MostHours = 9999.99m;

    /// <summary>What was typed, or what is wrong with it.</summary>
    public static Corrected? Read(TypedReissue typed, CertificateSeen now, List<ReissueMistake> mistakes)
    {
        var (holder, level, framework, reason) = (Clean(typed.Holder), Clean(typed.Level), Clean(typed.LevelFramework), Clean(typed.Reason));
        void Wrong(bool wrong, ReissueField field, string sentence)
        {
            if (wrong)
            {
                mistakes.Add(new(field, sentence));
            }
        }

        Wrong(holder is null, ReissueField.Holder, "Enter the name that it is to bear");
        Wrong(holder?.Length > LongestHolder, ReissueField.Holder, $"The name must be {LongestHolder} characters or fewer");
        var hours = Number(typed.CpdHours, MostHours, out var hoursRead);
        Wrong(!hoursRead, ReissueField.CpdHours, "Enter the hours as a number, such as 6 or 2.5");
        Wrong(level?.Length > LongestLevel, ReissueField.Level, $"The level must be {LongestLevel} characters or fewer");
        Wrong(framework?.Length > LongestLevel, ReissueField.LevelFramework, $"The framework must be {LongestLevel} characters or fewer");
        var share = Number(typed.Share, 100, out var shareRead);
        Wrong(!shareRead, ReissueField.Share, "Enter a share from 0 to 100, such as 50");
        Wrong(!British.TryDate(typed.LastDay, out var last), ReissueField.LastDay, "Enter the last day as a date, such as 31/3/2027");
        Wrong(last < now.HeldOn, ReissueField.LastDay, "The last day is not before the day on which it was learnt");
        Wrong(WhyNotReason(reason) is not null, ReissueField.Reason, WhyNotReason(reason) ?? "");
        if (mistakes.Count > 0)
        {
            return null;
        }

        var corrected = new Corrected(holder!, hours, level, framework, share / 100, last?.AddDays(1), reason!);
        Wrong((corrected.Holder, corrected.CpdHours, corrected.Level, corrected.LevelFramework, corrected.Share, corrected.ExpiresOn)
            == (now.Holder, now.CpdHours, now.Level, now.LevelFramework, now.ParticipatoryShare, now.ExpiresOn), ReissueField.Holder, "Change what is wrong: this is what the certificate says already");
        return mistakes.Count > 0 ? null : corrected;
    }

    /// <summary>Why a reason cannot stand; null: it can.</summary>
    public static string? WhyNotReason(string? reason) => reason is null ? "Write why" : reason.Length > LongestReason ? $"The reason must be {LongestReason} characters or fewer" : null;

    /// <summary>Nobody issues or revokes their own.</summary>
    public const string Own = "It is your own: somebody else of the business unit does it";

    /// <summary>Why nothing can be done with one any more; null: it can.</summary>
    public static string? WhyNot(CertificateSeen certificate) =>
        certificate.RevokedAt is not null ? "This certificate has been revoked"
        : certificate.ReplacedById is not null ? "Another certificate has been issued in its place"
        : certificate.Holder is null ? "Its holder has been erased"
        : null;

    /// <summary>A text without what is no letter; null: nothing is left.</summary>
    public static string? Clean(string? text)
    {
        var clean = string.Concat((text ?? "").EnumerateRunes().Select(rune => rune == Rune.ReplacementChar ? "" : Rune.IsControl(rune) ? " " : rune.ToString())).Trim();
        return clean.Length == 0 ? null : clean;
    }

    private static decimal? Number(string? text, decimal most, out bool read)
    {
        read = true;
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        read = decimal.TryParse(text.Trim().TrimEnd('%'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, British.Culture, out var number) && number >= 0 && number <= most;
        return Math.Round(number, 2);
    }
}
