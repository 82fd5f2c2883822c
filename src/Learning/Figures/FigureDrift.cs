using System.Runtime.Serialization;

namespace Learning.Figures;

/// <summary>Why a record makes a difference between a signed figure and the same definition counted again (F8).</summary>
public enum DriftCause
{
    /// <summary>The session had no marks on record when the report was signed.</summary>
    [EnumMember(Value = "late register")]
    LateRegister,

    /// <summary>A mark, of somebody who had none, was recorded since.</summary>
    [EnumMember(Value = "late mark")]
    LateMark,

    /// <summary>A mark was corrected since.</summary>
    [EnumMember(Value = "amended mark")]
    AmendedMark,

    /// <summary>The register was signed, or opened again, since.</summary>
    [EnumMember(Value = "register signed or reopened")]
    Register,

    /// <summary>The session's places, board, date or state were changed since.</summary>
    [EnumMember(Value = "session changed")]
    Session,

    /// <summary>Two records of one person were merged, or set apart again, since.</summary>
    Merge,

    [EnumMember(Value = "late completion")]
    LateCompletion,

    /// <summary>What somebody who attended said of it was sent, or said anew, since.</summary>
    [EnumMember(Value = "late evaluation")]
    LateEvaluation,

    /// <summary>An agency's return was entered, corrected or taken back since.</summary>
    Return,

    /// <summary>An agency was renamed, or belongs elsewhere: what was recorded since holds for the period.</summary>
    [EnumMember(Value = "agency changed")]
    Agency,

    /// <summary>Somebody who is counted was erased: they stay a number (P5), and the figure stays as it is.</summary>
    Erasure,

    /// <summary>Nothing that bears a date: the catalogue was changed, or history was imported for a time before the period.</summary>
    [EnumMember(Value = "catalogue changed or history imported")]
    Undated,
}

/// <summary>What became of a record since the report was signed.</summary>
public enum DriftKind
{
    Came,
    Gone,
    Changed,
}

/// <summary>A record that makes a difference, by its session or course and its agency; never by its person.</summary>
/// <param name="RecordedAt">When what changed it was recorded.</param>
/// <param name="Words">What more is to be said.</param>
public sealed record Difference(DriftKind Kind, DriftCause Cause, string? Ref, string? Course, string? Title, DateOnly? Date, string? Agency, DateTimeOffset? RecordedAt, string? Words = null);

/// <summary>A signed figure counted again by its own definition: what it would be now, and the records that make the difference.</summary>
/// <param name="Records">How many records differ; the list stops at <see cref="Differences.Most"/>.</param>
public sealed record FigureDrift(string Figure, double? Signed, double? Now, int Records, IReadOnlyList<Difference> Differences)
{
    /// <summary>Whether two counts of a figure say the same: number, digest and table.</summary>
    public static bool Same(ComputedFigure one, ComputedFigure other) =>
        one.Value == other.Value && one.Numerator == other.Numerator && one.Denominator == other.Denominator && one.Digest == other.Digest
        && one.Rows.Select(Row).Order(StringComparer.Ordinal).SequenceEqual(other.Rows.Select(Row).Order(StringComparer.Ordinal));

    /// <summary>"2 records by a late register and 1 by a merge".</summary>
    public string Because => string.Join(" and ", Differences.GroupBy(difference => difference.Cause).Select(cause => DriftWords.Of(cause.Key, cause.Count())));

    private static string Row(ComputedRow row) => $"{string.Join('\n', row.Key.OrderBy(key => key.Key, StringComparer.Ordinal).Select(key => $"{key.Key}={key.Value}"))}\n{row.Value:R}";
}
