using Hangfire;
using Hangfire.PostgreSql;
using Hangfire.Storage;

namespace Learning.Jobs.Hangfire;

/// <summary>
/// The timetable on Hangfire over PostgreSQL: of several servers one runs a job, and where that one dies another takes over. Its tables are its own, in a schema
/// of their own.
/// </summary>
public static class Engine
{
    /// <summary>The engine's name, as it is shown.</summary>
    public const string Name = "Hangfire";

    /// <summary>Where its own pages are.</summary>
    public static string? Dashboard => "/manage/jobs/engine";

    /// <summary>Its own pages, for administrators; whoever has come this far is one, from wherever they come.</summary>
    public static void MapDashboard(IEndpointRouteBuilder app)
    {
        // A process that runs no jobs has no engine.
        if (app.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(JobStorage)) == true)
        {
            app.MapHangfireDashboard(Dashboard!, new DashboardOptions { Authorization = [], AppPath = "/manage/jobs", DisplayStorageConnectionString = false })
                .RequireAuthorization(Learning.People.Policies.Administrator);
        }
    }

    /// <summary>Starts with the program: what was missed while none ran is run once.</summary>
    public static IServiceCollection AddJobEngine(this IServiceCollection services, string connectionString, Timetable timetable, TimeZoneInfo zone)
    {
        services.AddHangfire(hangfire => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UsePostgreSqlStorage(
                storage => storage.UseNpgsqlConnection(connectionString),
                // A server that dies lets go of its job within a minute.
                new PostgreSqlStorageOptions { SchemaName = "hangfire", PrepareSchemaIfNecessary = true, UseSlidingInvisibilityTimeout = true, InvisibilityTimeout = TimeSpan.FromMinutes(1) }));
        services.AddHostedService(provider => new WriteTimetable(
            provider.GetRequiredService<JobStorage>(), provider.GetRequiredService<IRecurringJobManager>(), timetable, zone));
        services.AddHangfireServer(server =>
        {
            server.WorkerCount = Math.Max(2, timetable.Jobs.Count);
            server.SchedulePollingInterval = TimeSpan.FromSeconds(5);
        });
        return services;
    }
}

/// <summary>Brings Hangfire's recurring jobs in line with the timetable before its server starts.</summary>
internal sealed class WriteTimetable(JobStorage storage, IRecurringJobManager manager, Timetable timetable, TimeZoneInfo zone) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        using var connection = storage.GetConnection();
        foreach (var gone in connection.GetRecurringJobs().Select(job => job.Id).Except(timetable.Jobs.Select(job => job.Name)).ToList())
        {
            manager.RemoveIfExists(gone);
        }

        var options = new RecurringJobOptions { TimeZone = zone, MisfireHandling = MisfireHandlingMode.Relaxed };
        foreach (var job in timetable.Jobs)
        {
            var name = job.Name;
            manager.AddOrUpdate<TimetableJob>(name, one => one.RunAsync(name, CancellationToken.None), job.Cron, options);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Hands a firing on to <see cref="RunJob"/>. A failure is recorded there, and the next firing is the next try: Hangfire repeats nothing.</summary>
public sealed class TimetableJob(RunJob run)
{
    [AutomaticRetry(Attempts = 0)]
    public Task RunAsync(string name, CancellationToken stop) => run.RunAsync(name, stop);
}
