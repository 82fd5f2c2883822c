using System.Text.Json.Serialization;

namespace Learning.Figures;

/// <summary>A report as it was computed: the figures as at an instant (the JSON contract).</summary>
public sealed record ComputedReport(string Report, DateOnly From, DateOnly To, DateTimeOffset AsAt, IReadOnlyList<ComputedFigure> Figures)
{
    /// <summary>The figure of an id; null when there is none.</summary>
    public ComputedFigure? Find(string id) => Figures.FirstOrDefault(figure => figure.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A figure's number, table and digest.</summary>
/// <param name="Value">Null when a ratio has no denominator (F3).</param>
/// <param name="Digest">"sha256:…" over the records that contribute, in a stable order: two computations with one digest counted the same records.</param>
/// <param name="Suppressed">F6: a published copy shows X for the value itself.</param>
public sealed record ComputedFigure(
    string Id, string Measure, string Unit, double? Value, long? Numerator, long? Denominator, string Phrase,
    IReadOnlyList<string> By, IReadOnlyList<ComputedRow> Rows, string Digest, [property: JsonIgnore] bool Suppressed = false)
{
    /// <summary>The period that it is about, where that is not the report's (T2): from its first day up to, not including, its last.</summary>
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    /// <summary>Of evaluations: how many answered, of how many were asked; a mean is never without them (F3). Null for what is not asked of anybody.</summary>
    public long? Responses { get; init; }
    public long? Asked { get; init; }

    /// <summary>Counts of persons are published to the nearest 5 (<see cref="ProtectionMethod.Round"/>).</summary>
    [JsonIgnore]
    public bool Rounded { get; init; }

    /// <summary>What the sentence says: to everybody X where the number is held back (F6).</summary>
    public string PhraseFor(bool published) => published && Suppressed ? ComputedRow.Hidden : Phrase;
}

/// <summary>A row of a figure's table. <paramref name="Printed"/> is what a published table shows: X where F6 hides it.</summary>
/// <param name="Value">Left out of a published copy where it is hidden.</param>
public sealed record ComputedRow(IReadOnlyDictionary<string, string> Key, double? Value, string Printed)
{
    /// <summary>What stands for a number that is hidden (F6).</summary>
    public const string Hidden = "X";

    /// <summary>What a ratio is made of (F3); where it is shown, never where <see cref="Printed"/> is hidden. Null for what is no ratio, and in a report that was kept.</summary>
    [JsonIgnore]
    public (long Numerator, long Denominator)? Parts { get; init; }

    /// <summary>Whether the row sums over all of a breakdown, or of both.</summary>
    [JsonIgnore]
    public bool IsTotal => Key.Values.Contains(Breakdowns.Total);
}
