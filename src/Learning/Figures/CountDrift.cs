using System.Text.Json;
using System.Text.Json.Serialization;

using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.Figures;

/// <summary>
/// Counts a signed report again by the definition that was signed, and keeps what it would be now and which records make the difference (F8). Part of the build; what was signed stays as it is.
/// </summary>
public sealed class CountDrift(IDbContextFactory<LearningDb> dbs, ComputeReport compute, Signings signings, Zone zone)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private sealed record AgencyChange(string Code, string Was, string Becomes, bool Moved);

    /// <summary>Counts the newest revision of a report; nothing happens to one that is not signed.</summary>
    /// <exception cref="UnauthorizedAccessException">The actor may not see figures (S2).</exception>
    public async Task RunAsync(string report, Actor actor, CancellationToken stop = default)
    {
        if (await signings.FindAsync(report, null, actor, stop) is not { } signed)
        {
            return;
        }

        var now = await compute.RunAsync(signed.Definition, null, actor, stop);
        var differing = now.Figures.Where(figure => signed.Computed.Find(figure.Id) is not { } old || !FigureDrift.Same(old, figure)).ToList();
        var drifts = await DriftsAsync(signed, now, differing, actor, stop);
        await using var db = await dbs.CreateDbContextAsync(stop);
        var (figures, differences) = (ReportJson.Keep(now), JsonSerializer.Serialize(drifts, Json));
        await db.Database.ExecuteSqlAsync($"""
            insert into report_drifts (signing_id, counted_at, as_at, figures, differences) values ({signed.Signing.Id}, {zone.Now}, {now.AsAt}, {figures}::json, {differences}::json)
            on conflict (signing_id) do update set counted_at = excluded.counted_at, as_at = excluded.as_at, figures = excluded.figures, differences = excluded.differences
            """, stop);
    }

    private async Task<List<FigureDrift>> DriftsAsync(SignedReport signed, ComputedReport now, IReadOnlyList<ComputedFigure> differing, Actor actor, CancellationToken stop)
    {
        await using var db = await dbs.CreateDbContextAsync(stop);
        await using var snapshot = await Snapshot.OpenAsync(db, actor, stop);
        var (then, later) = (await Scope.OfAsync(db, signed.Definition, signed.Signing.AsAt, stop), await Scope.OfAsync(db, signed.Definition, now.AsAt, stop));
        var agencies = new Dictionary<DateOnly, List<AgencyChange>>();
        foreach (var day in signed.Definition.LastDays)
        {
            agencies[day] = await AgencyChangesAsync(db, day, signed.Signing.AsAt, now.AsAt, stop);
        }

        var drifts = new List<FigureDrift>();
        foreach (var figure in signed.Definition.Figures)
        {
            var (old, computed) = (signed.Computed.Find(figure.Id)!, now.Find(figure.Id)!);
            var differences = new List<Difference>();
            var records = 0;
            if (differing.Contains(computed))
            {
                var (thenScope, nowScope) = (await ScopeThen.OfAsync(snapshot.Connection, then[figure.Id], figure.Measure, zone, signed.Signing.AsAt, stop), await ScopeThen.OfAsync(snapshot.Connection, later[figure.Id], figure.Measure, zone, now.AsAt, stop));
                foreach (var (count, limited) in Counts(figure.Measure))
                {
                    var (total, listed) = await Differences.OfAsync(snapshot.Connection, count, Limited(thenScope, limited), signed.Signing.AsAt, Limited(nowScope, limited), now.AsAt, stop);
                    records += total;
                    differences.AddRange(listed);
                }

                var undated = await UndatedAsync(snapshot.Connection, signed, figure, thenScope, differences, stop);
                differences.AddRange(undated);
                records += undated.Count;
            }

            var rowsOf = old.Rows.SelectMany(row => row.Key.Values).ToHashSet(StringComparer.OrdinalIgnoreCase);
            differences.AddRange(agencies[signed.Definition.PeriodOf(figure).Period.LastDay].Where(change => rowsOf.Contains(change.Code) || (change.Moved && figure.By.Contains(Breakdown.Sector))).Select(change =>
                new Difference(DriftKind.Changed, DriftCause.Agency, null, null, null, null, change.Code, null, $"{change.Code} was {change.Was} and is {change.Becomes}")));
            if (differences.Count > 0 || differing.Contains(computed))
            {
                drifts.Add(new FigureDrift(figure.Id, old.Value, computed.Value, Math.Max(records, differences.Count), [.. differences.Take(Differences.Most)]));
            }
        }

        return drifts;
    }

    private static IEnumerable<(Count Count, bool Limited)> Counts(Measure measure)
    {
        var (counted, over) = Count.For(measure);
        return over is null ? [(counted, true)] : [(counted, true), (over, false)];
    }

    // What a ratio is over has no agency and no workforce.
    private static Scope Limited(Scope scope, bool limited) => limited ? scope : scope with { Agencies = null, Professionals = false };

    // What counted otherwise as at the signing than it counts now as at the same instant: nothing dated explains it, so it is told by session or course.
    private async Task<List<Difference>> UndatedAsync(NpgsqlConnection connection, SignedReport signed, FigureDefinition figure, Scope scope, List<Difference> listed, CancellationToken stop)
    {
        if (await signings.BehindAsync(signed.Signing, figure.Id, stop) is not { } kept)
        {
            return [];
        }

        var again = await FigureBehind.OfAsync(connection, figure.Measure, scope, signed.Signing.AsAt, stop);
        var known = listed.Where(difference => difference.Cause == DriftCause.Undated).Select(difference => (difference.Ref, difference.Course)).ToHashSet();
        var (before, after) = (kept.Rows.ToDictionary(row => (row.Ref, row.Course)), again.Rows.ToDictionary(row => (row.Ref, row.Course)));
        return [.. before.Keys.Union(after.Keys).Where(key => !known.Contains((key.Ref, key.Course)))
            .Select(key => (Before: before.GetValueOrDefault(key), After: after.GetValueOrDefault(key)))
            .Where(pair => (pair.Before?.Records, pair.Before?.Of) != (pair.After?.Records, pair.After?.Of))
            .Select(pair => (pair.Before, pair.After, Row: pair.After ?? pair.Before!))
            .Select(pair => new Difference(
                pair.Before is null ? DriftKind.Came : pair.After is null ? DriftKind.Gone : DriftKind.Changed, DriftCause.Undated, pair.Row.Ref, pair.Row.Course, pair.Row.Title, pair.Row.Date, null, null,
                $"As at the signature it had {British.Count(pair.Before?.Records ?? 0, "record")} then and has {pair.After?.Records ?? 0} now: the catalogue was changed, or history was imported for an earlier time"))];
    }

    private static async Task<List<AgencyChange>> AgencyChangesAsync(LearningDb db, DateOnly lastDay, DateTimeOffset then, DateTimeOffset now, CancellationToken stop)
    {
        var rows = await db.Database.SqlQuery<AgencyRow>($"""
            select n.code as "Code", t.name as "WasName", n.name as "Name", t.sector as "WasSector", n.sector as "Sector", t.parent_id is distinct from n.parent_id as "Reparented"
            from agencies_then({lastDay}, {now}) n join agencies_then({lastDay}, {then}) t on t.id = n.id
            where (t.name, t.sector, t.parent_id) is distinct from (n.name, n.sector, n.parent_id)
            order by n.code
            """).ToListAsync(stop);
        return rows.ConvertAll(row => new AgencyChange(
            row.Code, row.WasName == row.Name ? $"of the sector {row.WasSector}" : $"called {row.WasName}", row.WasName == row.Name ? row.WasSector == row.Sector ? "part of another agency" : $"of the sector {row.Sector}" : $"called {row.Name}",
            row.WasSector != row.Sector || row.Reparented));
    }

    private sealed record AgencyRow(string Code, string WasName, string Name, string WasSector, string Sector, bool Reparented);
}
