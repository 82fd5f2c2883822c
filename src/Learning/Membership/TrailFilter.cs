using Learning.Time;

namespace Learning.Membership;

/// <summary>What an administrator looks for on the audit trail; null: any.</summary>
/// <param name="Who">An address, or the number of a person: what they did and what was done to them.</param>
/// <param name="From">The first day, local.</param>
/// <param name="Until">The last day, local.</param>
/// <param name="Before">Only lines before this one: how the pages follow one another.</param>
public sealed record TrailFilter(string? Who, string? Verb, string? Kind, Guid? Subject, DateOnly? From, DateOnly? Until, long? Before)
{
    /// <summary>What was typed as a date or a number and is none; the search finds nothing for it.</summary>
    public string? WrongFrom { get; init; }
    public string? WrongUntil { get; init; }
    public string? WrongSubject { get; init; }

    /// <summary>Whether anything is asked for that cannot be found.</summary>
    public bool IsWrong => WrongFrom is not null || WrongUntil is not null || WrongSubject is not null;

    /// <summary>Reads what an address asks for.</summary>
    public static TrailFilter Of(string? who, string? verb, string? kind, string? subject, string? from, string? until, string? before)
    {
        var (fromIs, untilIs) = (British.TryDate(from, out var first), British.TryDate(until, out var last));
        Guid? thing = Guid.TryParse(subject?.Trim(), out var id) ? id : null;
        return new TrailFilter(Said(who), Said(verb), Said(kind), thing, first, last, long.TryParse(before, out var number) && number > 0 ? number : null)
        {
            WrongFrom = fromIs ? null : from, WrongUntil = untilIs ? null : until, WrongSubject = thing is null ? Said(subject) : null,
        };
    }

    /// <summary>The address of the page with this filter.</summary>
    public string Address => $"/manage/audit{Query}";

    /// <summary>The address of the same lines, all of them, as a file.</summary>
    public string FileAddress => $"/manage/audit.csv{(this with { Before = null }).Query}";

    private string Query
    {
        get
        {
            var asked = new (string Name, string? Value)[]
                {
                    ("who", Who), ("verb", Verb), ("kind", Kind), ("subject", Subject?.ToString() ?? WrongSubject), ("from", Day(From) ?? WrongFrom), ("until", Day(Until) ?? WrongUntil),
                    ("before", Before?.ToString(British.Culture)),
                }
                .Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}").ToList();
            return asked.Count == 0 ? "" : $"?{string.Join('&', asked)}";
        }
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", British.Culture);

    private static string? Said(string? text) => text?.Replace("\0", "", StringComparison.Ordinal).Trim() is { Length: > 0 and <= 200 } said ? said : null;
}
