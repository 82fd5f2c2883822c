using System.Globalization;

namespace Learning.Messages;

/// <summary>A name and an e-mail address.</summary>
public sealed record Correspondent(string Name, string Address);

/// <summary>Whom messages come from and where their links lead.</summary>
public sealed record Letterhead(Correspondent From, Uri Site);

/// <summary>A message as it goes to a mail server: one source's text and HTML, and its calendar entry. Nothing in it can begin a header of its own.</summary>
public sealed record Letter
{
    private readonly string subject = "";

    /// <summary>With its angle brackets; the same at every try (M1).</summary>
    public required string MessageId { get; init; }
    public required Correspondent From { get; init; }
    public required Correspondent To { get; init; }

    /// <summary>Where an answer goes: to who organises the session; null: to whom it is from.</summary>
    public Correspondent? ReplyTo { get; init; }

    /// <summary>Where one press stops letters of this kind (RFC 8058).</summary>
    public Uri? Unsubscribe { get; init; }
    public required string Subject { get => subject; init => subject = OneLine(value); }
    public required string Text { get; init; }
    public required string Html { get; init; }
    public CalendarPart? Calendar { get; init; }

    /// <summary>The Message-ID of a message: from its row's id, so that it is the same whenever and wherever it is sent.</summary>
    public static string IdOf(Guid message, Correspondent from) => $"<{message:N}@{from.Address[(from.Address.LastIndexOf('@') + 1)..]}>";

    /// <summary>Text for a header or a name: no control character, line or paragraph separator survives.</summary>
    public static string OneLine(string text) => string.Join(' ', string.Concat(text.Select(one => Breaks(one) ? ' ' : one)).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static bool Breaks(char one) =>
        char.GetUnicodeCategory(one) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

/// <summary>The text/calendar part of a letter: an iCalendar object and its method, REQUEST or CANCEL.</summary>
public sealed record CalendarPart(string Method, string Text);
