using Npgsql;

using Quartz;

namespace Learning.Jobs.Quartz;

/// <summary>
/// The timetable on Quartz, clustered over PostgreSQL: of several servers one runs a job, and where that one dies another takes over within seconds. Its tables
/// are its own, in a schema of their own.
/// </summary>
public static class Engine
{
    /// <summary>The engine's name, as it is shown.</summary>
    public const string Name = "Quartz";

    /// <summary>It has no pages of its own.</summary>
    public static string? Dashboard => null;

    /// <summary>Nothing to map.</summary>
    public static void MapDashboard(IEndpointRouteBuilder app)
    {
    }

    /// <summary>Starts with the program: what was missed while none ran is run once.</summary>
    public static IServiceCollection AddJobEngine(this IServiceCollection services, string connectionString, Timetable timetable, TimeZoneInfo zone)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler => (scheduler.InstanceName, scheduler.InstanceId) = ("learning", $"{Environment.MachineName}-{Guid.CreateVersion7():N}"));
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(NpgsqlFactory.Instance, connectionString);
                store.UseSystemTextJsonSerializer();
                store.ProvisionSchema();
                store.ConfigureStore(options => options.TablePrefix = "quartz.qrtz_");
                store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)));
            });
            foreach (var job in timetable.Jobs)
            {
                quartz.AddJob<TimetableJob>(one => one.WithIdentity(job.Name).StoreDurably().DisallowConcurrentExecution().RequestRecovery());
                quartz.AddTrigger(trigger => trigger.ForJob(job.Name).WithIdentity(job.Name).WithCronSchedule(
                    CronExpression.Parse(job.Cron, CronFormat.Unix),
                    cron => cron.InTimeZone(zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)));
            }
        });
        // A trigger of an earlier start hands on when it last fired, so that a run missed in between is not forgotten.
        services.Configure<QuartzOptions>(options => options.Scheduling.ScheduleTriggerRelativeToReplacedTrigger = true);
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddLogging(log => log.AddFilter("Quartz", LogLevel.Error));
        return services;
    }
}

/// <summary>Hands a firing on to <see cref="RunJob"/>; a job that the timetable no longer has is taken out.</summary>
internal sealed class TimetableJob(RunJob run, Timetable timetable) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var key = context.JobDetail.Key;
        if (timetable.Jobs.All(job => job.Name != key.Name))
        {
            await context.Scheduler.DeleteJob(key, cancellationToken);
            return;
        }

        await run.RunAsync(key.Name, cancellationToken);
    }
}
