using Learning.Database;
using Learning.Time;

namespace Learning.Bookings.Desk;

/// <summary>By what the people of a session are in order; those who wait are always in the order of their list (B6).</summary>
public enum DelegateSort
{
    Name,
    Agency,
    Booked,
}

/// <summary>Whom of a session's people an organiser looks for.</summary>
/// <param name="Words">Parts of names, addresses or agencies; each has to be found.</param>
/// <param name="State">One state; null: those who have a place, wait, or have asked for one.</param>
public sealed record DelegateFilter(string? Words, BookingState? State, DelegateSort Sort)
{
    /// <summary>Characters of what somebody looks for.</summary>
    public const int LongestWords = 200;

    public static readonly DelegateFilter All = new(null, null, DelegateSort.Name);

    /// <summary>Reads what an address asks for; what is no state or order is not asked.</summary>
    public static DelegateFilter Of(string? words, string? state, string? sort) => new(
        DeskText.Line(words, LongestWords), Learning.Database.Words.TryParse<BookingState>(state, out var one) ? one : null, Learning.Database.Words.TryParse<DelegateSort>(sort, out var by) ? by : DelegateSort.Name);

    /// <summary>"?q=…", or nothing.</summary>
    public string Query => DeskText.Query(("q", Words), ("state", State?.Word()), ("sort", Sort == DelegateSort.Name ? null : Sort.Word()));
}

/// <summary>What is typed into the desk's addresses.</summary>
internal static class DeskText
{
    /// <summary>One line, and what a database can be asked for; null where nothing is said.</summary>
    public static string? Line(string? text, int longest) =>
        string.Join(' ', (text ?? "").Replace("\0", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } line ? line[..Math.Min(line.Length, longest)] : null;

    /// <summary>The question of an address, of what is asked for at all.</summary>
    public static string Query(params (string Name, string? Value)[] asked)
    {
        var parts = asked.Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}").ToList();
        return parts.Count == 0 ? "" : $"?{string.Join('&', parts)}";
    }

    /// <summary>A number of pages or places as it was typed; null for what is none.</summary>
    public static int? Number(string? text) =>
        int.TryParse(text?.Trim().Replace(",", "", StringComparison.Ordinal), System.Globalization.NumberStyles.AllowLeadingSign, British.Culture, out var number) ? number : null;
}
