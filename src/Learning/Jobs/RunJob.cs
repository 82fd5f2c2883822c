using Learning.Database;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Jobs;

/// <summary>
/// Runs a job of the timetable and records the run. What the engines have in common is here: a job never runs twice at once, whatever engine and however many
/// servers (a lock of the database that ends with the connection, so that a server that dies lets go of it); a failure is recorded and logged, and the next
/// run is the next try.
/// </summary>
public sealed class RunJob(Timetable timetable, IDbContextFactory<LearningDb> databases, IServiceScopeFactory scopes, Zone zone, ILogger<RunJob> log)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>False where nothing was run: the timetable has no such job (any more), or another server is at it.</summary>
    public async Task<bool> RunAsync(string name, CancellationToken stop = default)
    {
        if (timetable.Jobs.FirstOrDefault(job => job.Name == name) is not { } job)
        {
            return false;
        }

        // The context's connection stays open, and holds the lock, until the run has been recorded.
        await using var db = await databases.CreateDbContextAsync(stop);
        await db.Database.OpenConnectionAsync(stop);
        if (!(await db.Database.SqlQuery<bool>($"select pg_try_advisory_lock(hashtextextended({"job: " + name}, 0)) as \"Value\"").ToListAsync(stop)).Single())
        {
            return false;
        }

        var started = zone.Now;
        try
        {
            await db.Set<JobRun>().Where(old => old.Job == name && old.StartedAt < started - Kept).ExecuteDeleteAsync(stop);
            var run = new JobRun { Job = name, StartedAt = started, Server = $"{Environment.MachineName}, process {Environment.ProcessId}" };
            db.Add(run);
            await db.SaveChangesAsync(stop);
            (run.Outcome, run.Failed) = await OutcomeAsync(job, run.Id, stop);
            run.EndedAt = zone.Now;
            await db.SaveChangesAsync(CancellationToken.None);
            return true;
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock(hashtextextended({"job: " + name}, 0))", CancellationToken.None);
        }
    }

    // Once a second at the most, and the last.
    private Func<int, int, Task> Keep(long run)
    {
        var last = DateTimeOffset.MinValue;
        return async (done, of) =>
        {
            if (done < of && zone.Now - last < TimeSpan.FromSeconds(1))
            {
                return;
            }

            last = zone.Now;
            await using var db = await databases.CreateDbContextAsync();
            await db.JobRuns.Where(one => one.Id == run).ExecuteUpdateAsync(set => set.SetProperty(one => one.Done, done).SetProperty(one => one.Total, of));
        };
    }

    private async Task<(string Outcome, bool Failed)> OutcomeAsync(Job job, long run, CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<RunProgress>().Heard = Keep(run);
            return (await job.Run(scope.ServiceProvider, stop), false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ("stopped with the program; the next run goes on", false);
        }
        catch (Exception e)
        {
            log.LogError(e, "The job {Job} failed", job.Name);
            return ($"failed: {e.Message.ReplaceLineEndings(" ")}", true);
        }
    }
}
