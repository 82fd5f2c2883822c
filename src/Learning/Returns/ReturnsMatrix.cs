using Learning.Figures;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Returns;

/// <summary>A quarter of an agency and level: the share with what it is made of (F3).</summary>
/// <param name="Printed">What a published table prints: X where F6 hides it.</param>
public sealed record MatrixCell(string Share, string Printed, long Valid, long InScope);

/// <summary>An agency and level, with a cell for each quarter; null: not known, as nothing was returned (C2, F3).</summary>
public sealed record MatrixRow(string Code, string Agency, string Level, string LevelName, IReadOnlyList<MatrixCell?> Quarters);

/// <summary>An agency that has returned nothing for a quarter.</summary>
/// <param name="Last">The date of what it returned last; null: never anything.</param>
/// <param name="Led">Somebody leads it, so that there is somebody to ask.</param>
public sealed record NotReturned(Guid Id, string Name, DateOnly? Last, bool Led);

/// <summary>Who returned what for a year, and who did not.</summary>
/// <param name="Quarter">The quarter that <paramref name="Missing"/> is about, from 1.</param>
/// <param name="Agencies">How many stand for themselves then.</param>
public sealed record ReturnsSeen(ReturnsYear Year, IReadOnlyList<ReturnsYear> Years, DateTimeOffset AsAt, IReadOnlyList<MatrixRow> Rows, int Quarter, IReadOnlyList<NotReturned> Missing, int Agencies);

/// <summary>
/// The published table: agency by level by quarter. Every share is computed where each figure is (<see cref="ComputeReport"/>), as the measure compliance. For whoever sees figures (S2): agencies and numbers,
/// no person.
/// </summary>
public sealed class ReturnsMatrix(LearningDb db, ComputeReport compute, Zone zone)
{
    private sealed record Known(string Code, string Level);

    /// <param name="year">As the address says it; what is no year is this one.</param>
    /// <param name="quarter">Of which those who have not returned are wanted; what is none is the one that ended last.</param>
    /// <exception cref="UnauthorizedAccessException">The actor may not see figures (S2).</exception>
    public async Task<ReturnsSeen> OfAsync(string? year, int? quarter, DateTimeOffset? asAt, Actor actor, CancellationToken stop = default)
    {
        var today = zone.Today;
        var years = ReturnsYear.Between(await db.TrainingReturns.MinAsync(one => (DateOnly?)one.CountedOn, stop), today);
        var chosen = years.FirstOrDefault(one => one.Key == year) ?? years[0];
        var levels = await db.TrainingLevels.AsNoTracking().OrderBy(level => level.Place).ToListAsync(stop);
        var report = await compute.RunAsync(Definition(chosen.Period, levels), asAt, actor, stop);
        var names = await KnownNames.ReadAsync(db, chosen.Period.LastDay, report.AsAt, stop);
        var known = await db.Database.SqlQuery<Known>($"""
            select distinct a.code as "Code", r.level as "Level" from training_returns r join agencies a on a.id = r.agency_id
            where r.in_scope is not null and r.recorded_at <= {report.AsAt} and r.counted_on < {chosen.Period.To}
            """).ToListAsync(stop);
        var cells = levels.SelectMany(level => report.Find(Figure(level.Code))!.Rows.Where(row => !row.IsTotal).Select(row => (level.Code, row)))
            .ToDictionary(one => (one.Code, one.row.Key["agency"], one.row.Key["quarter"]), one => one.row);
        var rows = known.Select(one => (one.Code, Agency: names.NameOf(Breakdown.Agency, one.Code), Level: levels.First(level => level.Code == one.Level)))
            .OrderBy(one => one.Agency, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.Level.Place)
            .Select(one => new MatrixRow(one.Code, one.Agency, one.Level.Code, one.Level.Name, [.. Enumerable.Range(1, 4).Select(number => Cell(cells.GetValueOrDefault((one.Level.Code, one.Code, chosen.QuarterKey(number)))))]));
        var last = quarter is >= 1 and <= 4 && chosen.Quarter(quarter.Value).From <= today ? quarter.Value : Math.Max(1, chosen.LastQuarter(today));
        var (missing, agencies) = await MissingAsync(chosen.Quarter(last), report.AsAt, stop);
        return new ReturnsSeen(chosen, years, report.AsAt, [.. rows], last, missing, agencies);
    }

    private static string Figure(string level) => $"level-{level}";

    private static ReportDefinition Definition(Period period, IReadOnlyList<TrainingLevel> levels) => new(
        "returns", "", "returns", "Training returns", new DefinedPeriod(period, toDate: false), [],
        [.. levels.Select(level => new FigureDefinition(
            Figure(level.Code), level.Name, Measure.Compliance, FigureFilter.None with { Levels = [new Written(level.Code, 1, 1)] }, Window.InPeriod, [Breakdown.Agency, Breakdown.Quarter], PhraseRule.Exact, null))]);

    private static MatrixCell? Cell(ComputedRow? row) => row?.Parts is var (valid, inScope) ? new MatrixCell(PhraseRule.Exact.Say(row.Value, share: true), row.Printed, valid, inScope) : null;

    private sealed record Standing(Guid Id, string Name, DateOnly? Last, bool Led, bool Returned);

    private async Task<(IReadOnlyList<NotReturned> Missing, int Agencies)> MissingAsync(Period quarter, DateTimeOffset asAt, CancellationToken stop)
    {
        var all = await db.Database.SqlQuery<Standing>($"""
            with standing as (
                select distinct on (agency_id, level, counted_on) agency_id, counted_on, in_scope from training_returns where recorded_at <= {asAt}
                order by agency_id, level, counted_on, recorded_at desc, number desc)
            select a.id as "Id", a.name as "Name", max(r.counted_on) as "Last", coalesce(bool_or(r.counted_on >= {quarter.From} and r.counted_on < {quarter.To}), false) as "Returned",
                exists (select from role_grants g where g.agency_id = a.id and g.role = 'agency lead' and g.revoked_at is null and g.starts_on <= {zone.Today} and (g.ends_on is null or {zone.Today} < g.ends_on)) as "Led"
            from agencies_then({quarter.LastDay}, {asAt}) a
            left join standing r on r.agency_id = a.id and r.in_scope is not null
            where not exists (select from agency_successions s where s.agency_id = a.id and s.starts_on <= {quarter.LastDay})
            group by a.id, a.name order by lower(a.name)
            """).ToListAsync(stop);
        return ([.. all.Where(one => !one.Returned).Select(one => new NotReturned(one.Id, one.Name, one.Last, one.Led))], all.Count);
    }
}
