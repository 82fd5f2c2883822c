using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.Figures;

/// <summary>A session, or the e-learning of a course, that stands behind a figure.</summary>
/// <param name="Ref">The session's reference; null for the completions, or the publication, of a course, and for a return, whose course is its agency's code and level.</param>
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
        report = report.At(zone.DateOf(asAt));
        var scopes = await Scope.OfAsync(db, report, asAt, stop);
        var scope = await ScopeThen.OfAsync(snapshot.Connection, scopes[figure.Id], figure.Measure, zone, asAt, stop);
        return await OfAsync(snapshot.Connection, figure.Measure, scope, asAt, stop);
    }

    /// <summary>What is behind a figure whose scope is settled, in a view of the database that is open.</summary>
    internal static async Task<Behind> OfAsync(NpgsqlConnection connection, Measure measure, Scope scope, DateTimeOffset asAt, CancellationToken stop)
    {
        if (measure == Measure.Compliance)
        {
            return await ReturnsBehind.OfAsync(connection, scope, asAt, stop);
        }

        var (counted, over) = Count.For(measure);
        var rows = await RowsAsync(connection, counted, scope, asAt, stop);
        if (over is null)
        {
            return new Behind(rows);
        }

        var below = await RowsAsync(connection, over, scope with { Agencies = null, Professionals = false }, asAt, stop);
        var above = rows.ToDictionary(row => row.Ref!);
        return new Behind([.. below.Select(row => row with { Counted = above.GetValueOrDefault(row.Ref!)?.Counted ?? 0, Of = row.Counted, Records = above.GetValueOrDefault(row.Ref!)?.Records ?? 0 })]);
    }

    private static async Task<IReadOnlyList<BehindRow>> RowsAsync(NpgsqlConnection connection, Count count, Scope scope, DateTimeOffset asAt, CancellationToken stop)
    {
        await using var command = Tally.Statement(connection, $"""
            with recursive {Records.Of(count.Set, scope, [count])},
            {CountedOnce(count, scope)},
            behind as ({Grouped(count, scope)})
            select s.ref, c.code, c.title, case when s.id is null then null else b.dated end, b.counted, b.of, b.records,
                (select e.event from register_events e where e.session_id = s.id and e.recorded_at <= @as_at order by e.recorded_at desc, e.id desc limit 1) is not distinct from 'signed'
            from behind b join courses c on c.id = b.course_id left join sessions s on s.id = b.session_id
            order by s.id is null, b.dated, s.ref, c.title
            """, scope, asAt).Limit("agencies", scope.Agencies);
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

    private static string Grouped(Count count, Scope scope)
    {
        if (count.Once is not null)
        {
            return $"""
                select session_id, course_id, min(dated) as dated, count(*) filter (where not counted) as records, count(*) filter (where counted) as counted, null::bigint as of
                from (select r.session_id, r.course_id, r.dated, false as counted from records r where {Records.Filter(count, scope)}
                      union all
                      select session_id, course_id, dated, true from once) r
                group by session_id, course_id
                """;
        }

        var number = count.Number switch { Number.Places or Number.Mean => "sum(r.places)", Number.DidNotAttend => "count(*) filter (where r.dna)", _ => "count(*)" };
        return $"""
            select r.session_id, r.course_id, min(r.dated) as dated, count(*) as records, {number} as counted, {(count.Number is Number.DidNotAttend or Number.Mean ? "count(*)" : "null::bigint")} as of
            from once r group by r.session_id, r.course_id
            """;
    }

    /// <c>once</c>: the records that are counted, each, or of each person or agency the first.
    internal static string CountedOnce(Count count, Scope scope) => count.Once is not { } key
        ? $"once as (select r.* from records r where {Records.Filter(count, scope)})"
        : $"""
        once as (
            select distinct on ({key}) r.* from records r where {key} is not null and {Records.Filter(count, scope)} order by {key}, r.dated, r.session_id nulls last, r.course_id, r.fact)
        """;
}
