using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

using Learning.Database;

namespace Learning.Attendance;

/// <summary>The body of <c>POST /api/v1/registers/{ref}/marks</c> as it is sent; instants are text with a zone, such as "2026-11-26T09:31:05.120Z".</summary>
public sealed record SentMarks(string? Device, string? DeviceNow, IReadOnlyList<SentMark?>? Marks);

/// <summary>A mark as it is sent: of a person, of somebody who walked in, or of an empty seat of a forum. The substitute is a person's id, an address, or an address and a name.</summary>
public sealed record SentMark(
    Guid? Id, Guid? Part, Guid? PersonId, SentPerson? WalkIn, string? Mark, int? Minutes, JsonElement? Substitute, string? At, Guid? Seen, Guid? Seat);

/// <summary>Somebody who is known by an address.</summary>
public sealed record SentPerson(string? Name, string? Email);

/// <summary>Reads a body into a batch, or says in one sentence what is wrong with it, and where.</summary>
public static partial class ReadSentMarks
{
    /// <summary>Marks in one body.</summary>
    public const int Most = 2000;

    /// <summary>Bytes of a body.</summary>
    public const int LargestBody = 1_000_000;

    private const int LongestDevice = 100;

    /// <summary>Minutes of a mark "in part": a day.</summary>
    public const int MostMinutes = 1440;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.Strict };

    /// <summary>The batch, or the sentence.</summary>
    public static async Task<(MarkBatch? Batch, string? Wrong)> FromAsync(Stream body, CancellationToken stop)
    {
        try
        {
            return From(await JsonSerializer.DeserializeAsync<SentMarks>(body, Json, stop));
        }
        catch (JsonException e)
        {
            return (null, e.Path is { Length: > 1 } path ? $"{path[1..].TrimStart('.')} cannot be read as what it should be." : "The body is not JSON of the form {device, deviceNow, marks: […]}.");
        }
    }

    /// <summary>The batch, or the sentence.</summary>
    public static (MarkBatch? Batch, string? Wrong) From(SentMarks? sent)
    {
        if (sent?.Marks is null || !IsText(sent.Device, LongestDevice) || !TryInstant(sent.DeviceNow, out var deviceNow))
        {
            return (null, $"The body needs device (1 to {LongestDevice} characters), deviceNow (the device's time with its zone) and marks (a list).");
        }

        if (sent.Marks.Count > Most)
        {
            return (null, $"These are {sent.Marks.Count} marks. Send at most {Most} at a time.");
        }

        var entries = new List<MarkEntry>(sent.Marks.Count);
        for (var i = 0; i < sent.Marks.Count; i++)
        {
            var (entry, wrong) = Entry(sent.Marks[i]);
            if (entry is null)
            {
                return (null, $"marks[{i}]: {wrong}");
            }

            entries.Add(entry);
        }

        return (new MarkBatch(sent.Device!, deviceNow, entries), null);
    }

    private static (MarkEntry? Entry, string? Wrong) Entry(SentMark? sent)
    {
        if (sent is not { Id: { } id, Part: { } part } || id == Guid.Empty)
        {
            return (null, "needs id and part.");
        }

        if (!Words.TryParse<MarkKind>(sent.Mark, out var mark) || (mark is MarkKind.Vacant or MarkKind.NotAppointed) != (sent.Seat is not null))
        {
            return (null, sent.Seat is null ? "mark is one of attended, part, apologies, dna and substitute." : "mark of a seat is vacant or not-appointed.");
        }

        if (!TryInstant(sent.At, out var at))
        {
            return (null, "at is the device's time with its zone, such as 2026-11-26T09:31:05Z.");
        }

        if (sent.Minutes is not null && (mark != MarkKind.Part || sent.Minutes is < 0 or > MostMinutes))
        {
            return (null, $"minutes are 0 to {MostMinutes}, and only with the mark part.");
        }

        if (sent.Seat is { } seat)
        {
            return sent is { PersonId: null, WalkIn: null, Substitute: null or { ValueKind: JsonValueKind.Null } }
                ? (MarkEntry.OfSeat(id, part, seat, mark, at, sent.Seen), null) : (null, "a mark of a seat names neither a person nor a substitute.");
        }

        if ((sent.PersonId is null) == (sent.WalkIn is null) || (sent.WalkIn is { } walkIn && !IsPerson(walkIn)))
        {
            return (null, "needs either personId, or walkIn with a name and an e-mail address.");
        }

        var substitute = Substitute(sent.Substitute);
        return (mark == MarkKind.Substitute) != (substitute is not null) || (substitute is null && sent.Substitute is { ValueKind: not JsonValueKind.Null })
            ? (null, "substitute says who came instead, by personId, e-mail address, or {name, email}; with the mark substitute, and only with it.")
            : (new MarkEntry(id, part, sent.PersonId is { } person ? person : Known(sent.WalkIn!), mark, sent.Minutes, substitute, at, sent.Seen), null);
    }

    private static Somebody? Substitute(JsonElement? sent)
    {
        if (sent is { ValueKind: JsonValueKind.String } text)
        {
            var value = text.GetString()!;
            return Guid.TryParseExact(value, "D", out var id) ? id : Arrivals.IsAddress(value.Trim()) ? new Somebody(null, value.Trim()) : null;
        }

        return sent is { ValueKind: JsonValueKind.Object } and { } person && person.TryGetProperty("email", out var email) && person.TryGetProperty("name", out var name)
            && email.ValueKind == JsonValueKind.String && name.ValueKind == JsonValueKind.String
            && new SentPerson(name.GetString(), email.GetString()) is var named && IsPerson(named) ? Known(named) : null;
    }

    private static bool IsPerson(SentPerson person) => IsText(person.Name, Arrivals.LongestName) && Arrivals.IsAddress(person.Email?.Trim() ?? "");

    private static Somebody Known(SentPerson person) => new(null, person.Email!.Trim(), person.Name!.Trim());

    /// <summary>Whether something is there, not too long, and what a database can keep: no control characters, no half of a character.</summary>
    public static bool IsText(string? text, int longest) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Any(char.IsControl) && text.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar);

    private static bool TryInstant(string? text, out DateTimeOffset instant)
    {
        instant = default;
        return text is not null && WithZone().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out instant) && instant.Year is >= 1970 and <= 2200;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex WithZone();
}
