using System.Globalization;

using Learning.Database;
using Learning.Time;

namespace Learning.Catalogue;

/// <summary>
/// A filter as it was asked for in an address: what can be read is in <see cref="Filter"/>; a date that is none stays here in
/// its own words, so that the page can say so.
/// </summary>
public sealed record AskedFilter(CourseFilter Filter, string? WrongFrom, string? WrongUntil)
{
    private const int MostShown = 500;

    public static AskedFilter Of(
        string? words, string[]? kinds, string[]? boards, string? programme, string? owner, string? from, string? until, string? places, string? show)
    {
        var (first, wrongFrom) = Date(from);
        var (last, wrongUntil) = Date(until);
        var filter = new CourseFilter
        {
            Words = Text(words),
            Kinds = Values<CourseKind>(kinds),
            Boards = Values<Board>(boards),
            Programme = Text(programme),
            Owner = Text(owner),
            From = first,
            Until = last,
            PlacesFree = places == "free",
            Show = int.TryParse(show, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, CourseFilter.Step, MostShown) : CourseFilter.Step,
        };
        return new(filter, wrongFrom, wrongUntil);
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim()[..Math.Min(text.Trim().Length, 100)];

    private static List<T> Values<T>(string[]? words) where T : struct, Enum =>
        [.. (words ?? []).Where(word => Words.TryParse<T>(word, out _)).Select(Words.Parse<T>).Distinct().Order()];

    // As the browser's date field sends it, or as people write it.
    private static (DateOnly?, string?) Date(string? text) =>
        string.IsNullOrWhiteSpace(text) ? (null, null)
        : DateOnly.TryParseExact(text.Trim(), ["yyyy-MM-dd", "d/M/yyyy"], British.Culture, DateTimeStyles.None, out var date) && date.Year is > 1900 and < 9000 ? (date, null)
        : (null, text.Trim());
}
