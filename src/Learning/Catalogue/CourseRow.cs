using Learning.Database;

namespace Learning.Catalogue;

/// <summary>A course in the catalogue, with its next session among those that the filter asks for.</summary>
public sealed class CourseRow
{
    public string Code { get; init; } = "";
    public string Title { get; init; } = "";
    public string KindWord { get; init; } = "";
    public string BoardWord { get; init; } = "";
    public string? Level { get; init; }
    public decimal? CpdHours { get; init; }
    public int? ValidityMonths { get; init; }

    /// <summary>The name of the agency that provides it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Wall time at which the next session begins; null: no session ahead.</summary>
    public DateTime? NextStarts { get; init; }
    public int? NextCapacity { get; init; }
    public int? NextTaken { get; init; }

    /// <summary>How many sessions lie ahead.</summary>
    public int Dates { get; init; }

    /// <summary>Where they are; only searched.</summary>
    public string? Venues { get; init; }

    public CourseKind Kind => Words.Parse<CourseKind>(KindWord);
    public Board Board => Words.Parse<Board>(BoardWord);

    /// <summary>Whether the course itself is about a word: title, code, provider and venues are looked through.</summary>
    public bool Mentions(string word) =>
        new[] { Title, Code, Owner, Venues }.Any(text => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);
}
