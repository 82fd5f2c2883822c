using System.Globalization;

using Learning.Accounts;
using Learning.People;

namespace Learning.Membership;

/// <summary>What joining allows (rule P4). Pure; the numbers are an installation's to change.</summary>
public static class JoiningRules
{
    public const int LongestName = 100;
    public const int LongestJobTitle = 100;
    public const int LongestLevel = 20;
    public const int LongestSaying = 200;
    public const int LongestReason = 500;

    /// <summary>Mails that one address is sent within an hour because somebody typed it here.</summary>
    public const int MailsAnHour = 3;

    /// <summary>How often a code may be typed wrongly before it is worth nothing.</summary>
    public const int CodeTries = 5;

    /// <summary>Codes typed wrongly for one address, however many sign-ups it has: somebody who tries all year has a chance of one in a hundred.</summary>
    internal static readonly Allowance WrongCodes = new("wrong code, joining", 10, TimeSpan.FromHours(1));

    public static readonly TimeSpan CodeLives = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan LinkLives = TimeSpan.FromHours(24);

    /// <summary>How long an invitation is good, from its newest mail.</summary>
    public static readonly TimeSpan InvitationLives = TimeSpan.FromDays(14);

    /// <summary>How long a claim code on paper is good.</summary>
    public static readonly TimeSpan ClaimCodeLives = TimeSpan.FromDays(30);

    /// <summary>An invitation is sent again after this time at the earliest.</summary>
    public static readonly TimeSpan BetweenInvitations = TimeSpan.FromHours(1);

    /// <summary>An invitation that ran out, was taken back or was taken up is forgotten this long after.</summary>
    public static readonly TimeSpan InvitationKept = TimeSpan.FromDays(60);

    /// <summary>The people of a list that was read are forgotten after this time.</summary>
    public static readonly TimeSpan ListKept = TimeSpan.FromDays(7);

    /// <summary>Bytes of a list that is sent as a file.</summary>
    public const int LargestList = 5 * 1024 * 1024;

    /// <summary>People of a list.</summary>
    public const int LongestList = 20_000;

    /// <summary>After this time a sign-up that nobody confirmed is forgotten.</summary>
    public static readonly TimeSpan SignUpKept = TimeSpan.FromDays(7);

    /// <summary>What people say of themselves when they sign up; the rest is said of them by others.</summary>
    public static readonly IReadOnlyList<Workforce> OwnWorkforces =
        [Workforce.Children, Workforce.Adults, Workforce.Joint, Workforce.Volunteer, Workforce.Carer, Workforce.Student];

    /// <summary>Whether a text can stand in one line: nothing that breaks or turns it, or that no keyboard writes, and no more than so many characters.</summary>
    public static bool IsLine(string text, int longest) => text.Length <= longest && !text.EnumerateRunes().Any(letter =>
        letter == System.Text.Rune.ReplacementChar || System.Text.Rune.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || (System.Text.Rune.GetUnicodeCategory(letter) == UnicodeCategory.Format && letter.Value is not (0x200C or 0x200D)));

    /// <summary>A text without the space around it; null where there is none.</summary>
    public static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
