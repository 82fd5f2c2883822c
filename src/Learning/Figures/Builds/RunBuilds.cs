using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Figures.Builds;

/// <summary>
/// Counts what was asked for, the oldest first. Each build runs on one server at a time, under a lock that ends with the connection: when a server dies in it, another begins it again and goes on after the
/// reports that are kept. A report is kept whole or not at all, so that until then its last build is read.
/// </summary>
public sealed class RunBuilds(IDbContextFactory<LearningDb> dbs, IServiceScopeFactory scopes, RunProgress progress, Zone zone, ILogger<RunBuilds> log)
{
    /// <summary>A build that a server died in so often is not begun once more.</summary>
    private const int MostBegun = 5;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>How many builds were ended.</summary>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        var ended = 0;
        foreach (var id in await WaitingAsync(stop))
        {
            ended += await OneAsync(id, stop) ? 1 : 0;
        }

        return ended;
    }

    /// <summary>Has every report counted, as every night; what it came to, in words. A build that dies is gone on with by whichever server looks next.</summary>
    public async Task<string> NightlyAsync(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AskForBuild>().RunAsync(null, Actor.Machine, stop);
        await RunAsync(stop);
        await using var db = await dbs.CreateDbContextAsync(stop);
        var last = await db.BuildRuns.AsNoTracking().Where(run => run.Report == null).OrderByDescending(run => run.Id).FirstAsync(stop);
        return last.Failed ? throw new InvalidOperationException(last.Outcome) : last.Outcome ?? "another server is at it";
    }

    private async Task<List<long>> WaitingAsync(CancellationToken stop)
    {
        await using var db = await dbs.CreateDbContextAsync(stop);
        return await db.BuildRuns.Where(run => run.EndedAt == null).OrderBy(run => run.Id).Select(run => run.Id).ToListAsync(stop);
    }

    private async Task<bool> OneAsync(long id, CancellationToken stop)
    {
        // The context's connection stays open, and holds the lock, until the build has ended.
        await using var db = await dbs.CreateDbContextAsync(stop);
        await db.Database.OpenConnectionAsync(stop);
        if (!(await db.Database.SqlQuery<bool>($"select pg_try_advisory_lock(hashtextextended({"build run " + id}, 0)) as \"Value\"").ToListAsync(stop)).Single())
        {
            return false;
        }

        try
        {
            // Another server may have ended it a moment ago.
            if (await db.BuildRuns.AsNoTracking().SingleOrDefaultAsync(run => run.Id == id && run.EndedAt == null, stop) is not { } run)
            {
                return false;
            }

            await db.Database.ExecuteSqlAsync($"update build_runs set begun = begun + 1, begun_at = coalesce(begun_at, {zone.Now}), steps = 0, done = 0 where id = {id}", stop);
            var (outcome, failed) = run.Begun >= MostBegun ? ($"failed: it was begun {MostBegun} times, and each time the program died in it", true) : await CountAsync(db, run, stop);
            var old = zone.Now - Kept;
            await db.Database.ExecuteSqlAsync($"update build_runs set ended_at = {zone.Now}, failed = {failed}, outcome = {outcome}, now_at = null where id = {id}", CancellationToken.None);
            await db.BuildRuns.Where(other => other.EndedAt < old).ExecuteDeleteAsync(CancellationToken.None);
            return true;
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock(hashtextextended({"build run " + id}, 0))", CancellationToken.None);
        }
    }

    private async Task<(string Outcome, bool Failed)> CountAsync(LearningDb db, BuildRun run, CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (run.Report is null)
            {
                // Whoever runs the night's build, a job, hears of it too.
                scope.ServiceProvider.GetRequiredService<RunProgress>().Heard = progress.Heard;
            }

            var actor = run.AskedBy is { } person ? await Actor.ForAsync(db, person, zone.Today, stop) : Actor.Machine;
            var outcome = await scope.ServiceProvider.GetRequiredService<BuildReports>().RunAsync(
                BuildReports.May(actor) ? actor : Actor.Machine, run.Report, await BuildProgress.OfAsync(dbs, run.Id, zone, stop), stop);
            // Of all reports, some may speak of what this installation does not have yet.
            return (outcome.InWords, run.Report is not null && outcome.Mistakes.Count > 0 && outcome.Reports.Count == 0);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            log.LogError(e, "A build of figures failed");
            return ($"failed: {e.Message.ReplaceLineEndings(" ")}", true);
        }
    }
}
