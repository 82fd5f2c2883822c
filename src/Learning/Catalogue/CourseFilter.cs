using Learning.Database;

namespace Learning.Catalogue;

/// <summary>
/// What the reader of the catalogue asks for. It is its own address: <see cref="Address"/> gives the same list to whoever
/// opens it. Words that are no kind or board, and dates that are none, filter nothing.
/// </summary>
public sealed record CourseFilter
{
    public string? Words { get; init; }
    public IReadOnlyList<CourseKind> Kinds { get; init; } = [];
    public IReadOnlyList<Board> Boards { get; init; } = [];

    /// <summary>The code of a programme.</summary>
    public string? Programme { get; init; }

    /// <summary>The code of the agency that owns the course.</summary>
    public string? Owner { get; init; }

    /// <summary>Only courses with a session that begins on this day or later.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Only courses with a session that begins on this day or earlier.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Only courses with a place to take: e-learning always has one.</summary>
    public bool PlacesFree { get; init; }

    /// <summary>How many courses the page shows.</summary>
    public int Show { get; init; } = Step;

    /// <summary>How many more "Show more" shows.</summary>
    public const int Step = 10;

    /// <summary>What is asked for, as names and values of an address.</summary>
    public IReadOnlyList<(string Name, string Value)> Asked()
    {
        var asked = new List<(string Name, string? Value)> { ("q", Words) };
        asked.AddRange(Kinds.Select(kind => ("kind", (string?)kind.Word())));
        asked.AddRange(Boards.Select(board => ("board", (string?)board.Word())));
        asked.Add(("programme", Programme));
        asked.Add(("agency", Owner));
        asked.Add(("from", From?.ToString("yyyy-MM-dd")));
        asked.Add(("until", Until?.ToString("yyyy-MM-dd")));
        asked.Add(("places", PlacesFree ? "free" : null));
        asked.Add(("show", Show == Step ? null : $"{Show}"));
        return [.. asked.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => (pair.Name, pair.Value!))];
    }

    /// <summary>The address that gives this list.</summary>
    public static string Address(CourseFilter filter)
    {
        var query = string.Join('&', filter.Asked().Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));
        return query.Length == 0 ? "/courses" : "/courses?" + query;
    }
}
