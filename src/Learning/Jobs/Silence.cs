using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Jobs;

/// <summary>Whether the timetable has gone silent: it has a job every minute, and none has run for ten. A program that has never run a job has only just begun.</summary>
public static class Silence
{
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(10);

    /// <summary>Since when; null where all is well.</summary>
    public static DateTimeOffset? Since(DateTimeOffset? newest, DateTimeOffset now) => newest is { } run && now - run > TooLong ? run : null;
}

/// <summary>Every process of the site, also one that runs no jobs, looks every few minutes, and writes an error to its log while the timetable is silent.</summary>
internal sealed class SilenceWatch(IDbContextFactory<LearningDb> databases, Zone zone, ILogger<SilenceWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await using var db = await databases.CreateDbContextAsync(stoppingToken);
                if (Silence.Since(await db.JobRuns.MaxAsync(run => (DateTimeOffset?)run.StartedAt, stoppingToken), zone.Now) is { } since)
                {
                    log.LogError("No job has run since {Since:u}: is a worker running?", since);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "Whether jobs run could not be asked");
            }
            catch (Exception)
            {
                // The program stops while it asks.
            }
        }
    }
}
