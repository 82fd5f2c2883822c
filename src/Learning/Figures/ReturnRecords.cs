namespace Learning.Figures;

/// <summary>
/// The records of <see cref="Measure.Compliance"/>: of each agency, level and date the return that stood at @as_at (T4), unless it had been taken back. Places are the people in scope, <c>valid</c> those of
/// them with valid training. A period says what was returned last in it, not the sum of its returns: the same people are counted each time.
/// </summary>
internal static class ReturnRecords
{
    private const string Columns =
        "records (session_id, course_id, dated, board, agency_id, person_id, professional, places, dna, fact, more, valid, level, in_period, in_quarter, in_month) as materialized";

    public static string Of(Scope scope) => $"""
        returned as (
            select distinct on (t.agency_id, t.level, t.counted_on) t.* from training_returns t
            where t.recorded_at <= @as_at and t.counted_on < @to {(scope.From is null ? "" : "and t.counted_on >= @from")} {(scope.Levels is null ? "" : "and t.level = any(@levels)")}
            order by t.agency_id, t.level, t.counted_on, t.recorded_at desc, t.number desc),
        {Columns} (
            select null::uuid, null::uuid, t.counted_on, null::text, t.agency_id, null::uuid, null::boolean, t.in_scope, false, t.id, null::bytea, t.valid, t.level,
                {Last("")}, {Last(", date_trunc('quarter', t.counted_on)")}, {Last(", date_trunc('month', t.counted_on)")}
            from returned t where t.in_scope is not null)
        """;

    /// <summary>Of the records that fall into a row, those that say how things were at its end.</summary>
    public static string Standing(Breakdown? first, Breakdown? second) =>
        first == Breakdown.Month || second == Breakdown.Month ? "r.in_month" : first == Breakdown.Quarter || second == Breakdown.Quarter ? "r.in_quarter" : "r.in_period";

    private static string Last(string within) => $"row_number() over (partition by t.agency_id, t.level{within} order by t.counted_on desc) = 1";
}
