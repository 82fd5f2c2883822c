using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.Figures;

/// <summary>
/// Computes a report, the only place where a figure's number is made: for the page, the nightly build, the API and the command line. All of one report is read from one
/// snapshot of the database, so that its figures agree with each other.
/// </summary>
public sealed class ComputeReport(IDbContextFactory<LearningDb> dbs, Zone zone)
{
    /// <summary>The report as at an instant, inclusive, or now.</summary>
    /// <exception cref="DefinitionException">A code of the definition is not known here.</exception>
    /// <exception cref="UnauthorizedAccessException">The actor may not see figures (S2).</exception>
    public async Task<ComputedReport> RunAsync(ReportDefinition report, DateTimeOffset? asAt, Actor actor, CancellationToken stop)
    {
        await using var db = await dbs.CreateDbContextAsync(stop);
        await using var snapshot = await Snapshot.OpenAsync(db, actor, stop);
        var scopes = Scope.Of(report, await KnownNames.ReadAsync(db, stop));
        var instant = asAt ?? zone.Now;
        var figures = new List<(ComputedFigure Figure, string Number)>();
        foreach (var figure in report.Figures)
        {
            var scope = await ScopeThen.OfAsync(snapshot.Connection, scopes[figure.Id], figure.Measure, zone, instant, stop);
            figures.Add((await ComputeAsync(snapshot.Connection, figure, scope, instant, stop), scope.Name(figure.Measure)));
        }

        // F6: a number that one figure holds back is not printed by another.
        var heldBack = figures.Where(pair => pair.Figure.Suppressed).Select(pair => pair.Number).ToHashSet();
        return new ComputedReport(report.Report, report.Period.From, report.Period.To, instant.ToUniversalTime(),
            [.. figures.Select(pair => heldBack.Contains(pair.Number) ? FigureTable.HoldBackTotal(pair.Figure) : pair.Figure)]);
    }

    private static async Task<ComputedFigure> ComputeAsync(NpgsqlConnection connection, FigureDefinition figure, Scope scope, DateTimeOffset asAt, CancellationToken stop)
    {
        var (counted, over) = Count.For(figure.Measure);
        var tally = await Tally.OfAsync(connection, counted, scope, figure.By, asAt, stop);
        if (over is null)
        {
            return FigureTable.Of(figure, tally);
        }

        // Places and sessions have no agency: a row of an agency is over all of them.
        var known = figure.By.Select(by => over.KnowsAgency || by is not (Breakdown.Agency or Breakdown.Sector)).ToList();
        var denominator = await Tally.OfAsync(connection, over, scope with { Agencies = null, Professionals = false }, [.. figure.By.Where((_, i) => known[i])], asAt, stop);
        return FigureTable.Of(figure, RatioTally.Of(tally, denominator, known));
    }
}
