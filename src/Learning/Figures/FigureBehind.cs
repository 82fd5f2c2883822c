using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.Figures;

/// <summary>A session, or the e-learning of a course, that stands behind a figure.</summary>
/// <param name="Ref">The session's reference; null for the completions, or the publication, of a course.</param>
/// <param name="Counted">What the figure counts here: all rows sum to the figure, or to its numerator.</param>
/// <param name="Of">What a ratio is over, here: all rows sum to the denominator.</param>
/// <param name="Records">How many records there are here; more than are counted where somebody was counted at an earlier session already.</param>
public sealed record BehindRow(string? Ref, string Course, string Title, DateOnly? Date, bool Signed, long Counted, long? Of, long Records);

/// <summary>What stands behind a figure as at an instant (F9): the sum of what is listed is the figure, always.</summary>
public sealed record Behind(IReadOnlyList<BehindRow> Rows)
{
    public long Counted => Rows.Sum(row => row.Counted);
    public long? Of => Rows.Any(row => row.Of is not null) ? Rows.Sum(row => row.Of ?? 0) : null;
}

/// <summary>The drill-down of a figure to its sessions. Who is counted once although they came twice is put down where they came first.</summary>
public sealed class FigureBehind(IDbContextFactory<LearningDb> dbs, Zone zone)
{
    /// <exception cref="DefinitionException">A code of the definition is not known here.</exception>
    /// <exception cref="UnauthorizedAccessException">The actor may not see figures (S2).</exception>
    public async Task<Behind> RunAsync(ReportDefinition report, FigureDefinition figure, DateTimeOffset asAt, Actor actor, CancellationToken stop)
    {
        await using var db = await dbs.CreateDbContextAsync(stop);
        await using var snapshot = await Snapshot.OpenAsync(db, actor, stop);
        var scopes = Scope.Of(report, await KnownNames.ReadAsync(db, stop));
        var scope = await ScopeThen.OfAsync(snapshot.Connection, scopes[figure.Id], figure.Measure, zone, asAt, stop);
        var (counted, over) = Count.For(figure.Measure);
        var rows = await RowsAsync(snapshot.Connection, counted, scope, asAt, stop);
        if (over is null)
        {
            return new Behind(rows);
        }

        var below = await RowsAsync(snapshot.Connection, over, scope with { Agencies = null, Professionals = false }, asAt, stop);
        var above = rows.ToDictionary(row => row.Ref!);
        return new Behind([.. below.Select(row => row with { Counted = above.GetValueOrDefault(row.Ref!)?.Counted ?? 0, Of = row.Counted, Records = above.GetValueOrDefault(row.Ref!)?.Records ?? 0 })]);
    }

    private static async Task<IReadOnlyList<BehindRow>> RowsAsync(NpgsqlConnection connection, Count count, Scope scope, DateTimeOffset asAt, CancellationToken stop)
    {
        await using var command = Tally.Statement(connection, $"""
            with recursive {count.Records(scope)},
            {CountedOnce(count)}
            behind as (
                select r.session_id, r.course_id, min(r.dated) as dated, count(*) as records, {(count.Distinct is null ? count.Value : "count(o.record)")}::bigint as counted, {count.Of ?? "null"}::bigint as of
                from records r {(count.Distinct is null ? "" : "left join once o on o.record = r.record")}
                group by r.session_id, r.course_id)
            select s.ref, c.code, c.title, case when s.id is null then null else b.dated end, b.counted, b.of, b.records,
                (select e.event from register_events e where e.session_id = s.id and e.recorded_at <= @as_at order by e.recorded_at desc, e.id desc limit 1) is not distinct from 'signed'
            from behind b join courses c on c.id = b.course_id left join sessions s on s.id = b.session_id
            order by s.id is null, b.dated, s.ref, c.title
            """, scope, asAt);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = new List<BehindRow>();
        while (await reader.ReadAsync(stop))
        {
            rows.Add(new BehindRow(
                reader.IsDBNull(0) ? null : reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateOnly>(3),
                reader.GetBoolean(7), reader.GetInt64(4), reader.IsDBNull(5) ? null : reader.GetInt64(5), reader.GetInt64(6)));
        }

        return rows;
    }

    /// The record at which a person, or an agency, is counted: their first.
    internal static string CountedOnce(Count count) => count.Distinct is not { } key ? "" : $"""
        once as (
            select distinct on ({key}) r.record from records r where {key} is not null order by {key}, r.dated, r.session_id nulls last, r.course_id, r.record),
        """;
}
