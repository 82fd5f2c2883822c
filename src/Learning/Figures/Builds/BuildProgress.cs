using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures.Builds;

/// <summary>Writes down how far a build is, each step at once, so that every page can show it; and knows what of it was kept before a server died.</summary>
public sealed class BuildProgress
{
    private readonly IDbContextFactory<LearningDb> dbs;
    private readonly long run;
    private readonly Zone zone;
    private readonly HashSet<string> kept;

    private BuildProgress(IDbContextFactory<LearningDb> dbs, long run, Zone zone, HashSet<string> kept) => (this.dbs, this.run, this.zone, this.kept) = (dbs, run, zone, kept);

    internal static async Task<BuildProgress> OfAsync(IDbContextFactory<LearningDb> dbs, long run, Zone zone, CancellationToken stop)
    {
        await using var db = await dbs.CreateDbContextAsync(stop);
        return new BuildProgress(dbs, run, zone, [.. await db.BuildRunReports.Where(done => done.RunId == run).Select(done => done.Report).ToListAsync(stop)]);
    }

    /// <summary>Whether this build has the report already.</summary>
    public bool Has(string report) => kept.Contains(report);

    /// <summary>How many reports there are.</summary>
    public Task BeginAsync(int reports, CancellationToken stop) => DoAsync($"update build_runs set reports = {reports} where id = {run}", stop);

    /// <summary>So many steps of a report are done.</summary>
    public Task StepAsync(string report, int done, int steps, CancellationToken stop) => DoAsync($"update build_runs set now_at = {report}, done = {done}, steps = {steps} where id = {run}", stop);

    /// <summary>A report was counted and kept.</summary>
    public Task KeptAsync(string report, CancellationToken stop)
    {
        kept.Add(report);
        return DoAsync($"insert into build_run_reports (run_id, report, counted_at) values ({run}, {report}, {zone.Now}) on conflict do nothing", stop);
    }

    private async Task DoAsync(FormattableString sql, CancellationToken stop)
    {
        await using var db = await dbs.CreateDbContextAsync(stop);
        await db.Database.ExecuteSqlAsync(sql, stop);
    }
}
