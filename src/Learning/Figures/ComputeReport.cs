using System.Collections.Concurrent;

using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

using Npgsql;

namespace Learning.Figures;

/// <summary>
/// Computes a report, the only place where a figure's number is made: for the page, the nightly build, the API and the command line. All of one report is read from one
/// snapshot of the database, so that its figures agree with each other.
/// </summary>
public sealed class ComputeReport(IDbContextFactory<LearningDb> dbs, NpgsqlDataSource database, Protection protection, Zone zone)
{
    /// <summary>The report as at an instant, inclusive, or now.</summary>
    /// <exception cref="DefinitionException">A code of the definition is not known here.</exception>
    /// <exception cref="UnauthorizedAccessException">The actor may not see figures (S2).</exception>
    public async Task<ComputedReport> RunAsync(ReportDefinition report, DateTimeOffset? asAt, Actor actor, CancellationToken stop) =>
        (await ComputeAsync(report, asAt, actor, withBehind: false, null, stop)).Report;

    /// <summary>The report as at an instant or now, and from the same view of the database what is behind each figure, by its id (F9).</summary>
    /// <exception cref="DefinitionException">A code of the definition is not known here.</exception>
    /// <exception cref="UnauthorizedAccessException">The actor may not see figures (S2).</exception>
    /// <param name="step">Told how many of how many steps are done, as each is.</param>
    public Task<(ComputedReport Report, IReadOnlyDictionary<string, Behind> Behind)> WithBehindAsync(
        ReportDefinition report, DateTimeOffset? asAt, Actor actor, CancellationToken stop, Func<int, int, Task>? step = null) => ComputeAsync(report, asAt, actor, withBehind: true, step, stop);

    private async Task<(ComputedReport Report, IReadOnlyDictionary<string, Behind> Behind)> ComputeAsync(ReportDefinition report, DateTimeOffset? asAt, Actor actor, bool withBehind, Func<int, int, Task>? step, CancellationToken stop)
    {
        await using var db = await dbs.CreateDbContextAsync(stop);
        await using var snapshot = await Snapshot.OpenAsync(db, actor, stop);
        var instant = asAt ?? zone.Now;
        report = report.At(zone.DateOf(instant));
        var scopes = await Scope.OfAsync(db, report, instant, stop);
        var figures = new List<(FigureDefinition Definition, Scope Scope, Asked Counted, Asked? Over, Asked? Answered)>();
        foreach (var figure in report.Figures)
        {
            var scope = await ScopeThen.OfAsync(snapshot.Connection, scopes[figure.Id], figure.Measure, zone, instant, stop);
            var (counted, over) = Count.For(figure.Measure);
            figures.Add((figure, scope, new Asked(counted, scope, figure.By), over is null ? null : Over(over, scope, figure.By), figure.Measure.IsOfEvaluations() ? new Asked(Count.Answered, scope, []) : null));
        }

        await (step?.Invoke(0, 1 + figures.Count) ?? Task.CompletedTask);
        var tallies = await CountAsync(snapshot, [.. figures.SelectMany(figure => new[] { figure.Counted, figure.Over, figure.Answered }.OfType<Asked>())], instant, stop);
        var tables = figures.ConvertAll(figure => new Counted(figure.Definition, figure.Scope, TallyOf(figure.Definition, tallies[figure.Counted], figure.Over is null ? null : tallies[figure.Over])));
        var hidden = ProtectReport.Of(tables, protection);
        var computed = figures.Select((figure, number) => FigureTable.Of(figure.Definition, tables[number].Tally, hidden[number], protection) with
        {
            From = figure.Definition.Own?.Period.From, To = figure.Definition.Own?.Period.To,
            Responses = figure.Answered is null ? null : tallies[figure.Answered].Total.Value, Asked = figure.Answered is null ? null : tallies[figure.Answered].Total.Of,
        }).ToList();
        var behind = new Dictionary<string, Behind>();
        foreach (var figure in withBehind ? figures : [])
        {
            // The first step was all the numbers; each list behind one is another.
            await (step?.Invoke(1 + behind.Count, 1 + figures.Count) ?? Task.CompletedTask);
            behind[figure.Definition.Id] = await FigureBehind.OfAsync(snapshot.Connection, figure.Definition.Measure, figure.Scope, instant, stop);
        }

        return (new ComputedReport(report.Report, report.Period.From, report.Period.To, instant.ToUniversalTime(), computed), behind);
    }

    /// Two families at a time, the longest window first: a window of ten years takes as long as ten of one year beside it.
    private async Task<IReadOnlyDictionary<Asked, Tally>> CountAsync(Snapshot snapshot, IReadOnlyList<Asked> asked, DateTimeOffset instant, CancellationToken stop)
    {
        var tallies = new ConcurrentDictionary<Asked, Tally>();
        var families = new ConcurrentQueue<Family>(Family.Of(asked).OrderBy(family => family.From ?? DateOnly.MinValue));
        await using var second = families.Count > 1 ? await snapshot.SecondAsync(database, stop) : null;
        await Task.WhenAll(new[] { snapshot, second }.OfType<Snapshot>().Select(view => CountAllAsync(view.Connection)));
        return tallies;

        async Task CountAllAsync(NpgsqlConnection connection)
        {
            while (families.TryDequeue(out var family))
            {
                foreach (var (one, tally) in await family.CountAsync(connection, instant, stop))
                {
                    tallies[one] = tally;
                }
            }
        }
    }

    /// What a ratio is over. Places and sessions have no agency: a row of an agency is over all of them.
    private static Asked Over(Count over, Scope scope, IReadOnlyList<Breakdown> by) =>
        new(over, scope with { Agencies = null, Professionals = false }, [.. by.Where(breakdown => Known(over, breakdown))]);

    private static bool Known(Count over, Breakdown by) => over.KnowsAgency || by is not (Breakdown.Agency or Breakdown.Sector);

    private static Tally TallyOf(FigureDefinition figure, Tally counted, Tally? over) =>
        over is null ? counted : RatioTally.Of(counted, over, figure.By.Select(by => Known(Count.For(figure.Measure).Over!, by)).ToList());
}
