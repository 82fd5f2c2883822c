using Learning.Database;
using Learning.Time;

namespace Learning.Bookings.Desk;

/// <summary>What an organiser picks sessions by.</summary>
public enum DeskShow
{
    /// <summary>Still to come.</summary>
    Coming,

    /// <summary>Somebody waits for a place.</summary>
    Waiting,

    /// <summary>Over, and the register is not signed (A6).</summary>
    Unsigned,

    /// <summary>Fewer people than the session's minimum, and it is still to come.</summary>
    Minimum,
    Cancelled,
}

/// <summary>Which sessions somebody looks for among those that they organise; null: any.</summary>
/// <param name="Words">Parts of a reference, a course's title or code, or a venue; each has to be found.</param>
/// <param name="Course">A course's code.</param>
/// <param name="Year">The year in which the financial year begins, April to March.</param>
public sealed record DeskFilter(string? Words, string? Course, int? Year, DeskShow? Show, int Page)
{
    public const int LongestWords = 200;

    /// <summary>All of them.</summary>
    public static readonly DeskFilter All = new(null, null, null, null, 1);

    /// <summary>Reads what an address asks for; what is none of these is not asked.</summary>
    public static DeskFilter Of(string? words, string? course, string? year, string? show, string? page) => new(
        DeskText.Line(words, LongestWords), DeskText.Line(course, LongestWords), DeskText.Number(year) is { } first and > 1900 and < 8999 ? first : null,
        Learning.Database.Words.TryParse<DeskShow>(show, out var one) ? one : null, DeskText.Number(page) is { } number and > 0 and < 100_000 ? number : 1);

    /// <summary>The first day of the year, and the first day after it.</summary>
    public (DateOnly From, DateOnly To)? Days => Year is { } year ? (new(year, 4, 1), new(year + 1, 4, 1)) : null;

    /// <summary>The address of the list with this filter.</summary>
    public string Address => "/manage/sessions" + DeskText.Query(
        ("q", Words), ("course", Course), ("year", Year?.ToString(British.Culture)), ("show", Show?.Word()), ("page", Page > 1 ? Page.ToString(British.Culture) : null));
}
