#if JOBS_HANGFIRE
using Learning.Jobs.Hangfire;
#else
using Learning.Jobs.Quartz;
#endif
using Learning.Time;

namespace Learning.Jobs;

/// <summary>What the area needs to run.</summary>
public static class JobsArea
{
    /// <summary>The timetable, and how to run a job of it by hand.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services) => services.AddSingleton(Timetable.Product).AddSingleton<RunJob>().AddScoped<JobList>().AddScoped<RunJobNow>().AddHostedService<SilenceWatch>();

    /// <summary>The engine that was built in.</summary>
    public static string EngineName => Engine.Name;

    /// <summary>The engine's own pages, for administrators, where it has any.</summary>
    public static void MapEngineDashboard(this IEndpointRouteBuilder app) => Engine.MapDashboard(app);

    /// <summary>Where they are; null where it has none.</summary>
    public static string? Dashboard => Engine.Dashboard;

    /// <summary>The engine that runs the timetable as long as the program does.</summary>
    public static IServiceCollection AddTimetable(this IServiceCollection services, string connectionString) =>
        services.AddJobEngine(connectionString, Timetable.Product, TimeZoneInfo.FindSystemTimeZoneById(Zone.Default));
}
