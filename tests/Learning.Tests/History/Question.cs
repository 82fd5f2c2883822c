namespace Learning.Tests.History;

/// <summary>A figure as docs/rules.md F1 defines it: measure, filter, window, as-at.</summary>
/// <param name="To">Exclusive, as in a report definition.</param>
/// <param name="AsAt">Inclusive (H0).</param>
public sealed record Question(string Measure, DateOnly From, DateOnly To, DateTimeOffset AsAt)
{
    /// <summary>Window "since-start": from the programme's start to the period's end; else "in-period".</summary>
    public bool SinceStart { get; init; }
    public string? Programme { get; init; }
    public IReadOnlyList<string>? Courses { get; init; }
    public string? Kind { get; init; }
    public string? Board { get; init; }
    public string? Owner { get; init; }
    public string? Sector { get; init; }

    /// <summary>With its departments.</summary>
    public string? Agency { get; init; }
    public bool Professionals { get; init; }

    /// <summary>agency, sector, course, programme, month, quarter, board, level, owner; one or two.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    public override string ToString() =>
        $"{Measure} {From:yyyy-MM-dd}..{To:yyyy-MM-dd}{(SinceStart ? " since start" : "")} as at {AsAt:u}"
        + string.Concat(new[]
        {
            ("programme", Programme), ("courses", Courses is null ? null : string.Join('+', Courses)), ("kind", Kind), ("board", Board), ("owner", Owner),
            ("sector", Sector), ("agency", Agency), ("who", Professionals ? "professionals" : null), ("by", By.Count == 0 ? null : string.Join('+', By)),
        }.Where(part => part.Item2 is not null).Select(part => $" {part.Item1}={part.Item2}"));
}

/// <summary>The value, for a ratio with numerator and denominator (F3: no denominator, no value), and the rows by key, two keys joined by "|".</summary>
public sealed record Answer(decimal? Value, int? Numerator, int? Denominator, IReadOnlyDictionary<string, decimal?> Rows);
