using Learning.Catalogue;

namespace Learning.Bookings.Desk;

/// <summary>What an organiser can write to a group. Pure.</summary>
public static class MessageRules
{
    public const int LongestSubject = 100;
    public const int LongestText = 4000;

    /// <summary>The words with ends of lines as one character, and nothing that no keyboard writes; null where there are none.</summary>
    public static string? Text(string? typed) =>
        string.Concat((typed ?? "").ReplaceLineEndings("\n").Where(letter => letter == '\n' || !char.IsControl(letter))).Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Empty when it can be sent.</summary>
    public static IReadOnlyList<DeskMistake> WhyNot(Session session, string? subject, string? text)
    {
        var mistakes = new List<DeskMistake>();
        if (session.Status == SessionStatus.Cancelled)
        {
            mistakes.Add(new(DeskField.Version, "This session has been cancelled"));
        }

        if (subject is null || subject.Length > LongestSubject)
        {
            mistakes.Add(new(DeskField.Subject, $"Write what it is about in {LongestSubject} characters or fewer"));
        }

        if (text is null || text.Length > LongestText)
        {
            mistakes.Add(new(DeskField.Message, text is null ? "Write the message" : $"Write the message in {LongestText} characters or fewer"));
        }

        return mistakes;
    }
}
