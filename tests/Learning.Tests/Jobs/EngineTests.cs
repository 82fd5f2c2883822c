using System.Collections.Concurrent;

using Learning.Jobs;
#if JOBS_HANGFIRE
using Learning.Jobs.Hangfire;
#else
using Learning.Jobs.Quartz;
#endif
using Learning.Tests.Support;
using Learning.Web;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Learning.Tests.Jobs;

/// <summary>What every job engine has to do, asked of the one that is built in, as whole programs on one database. It goes by the real clock, so that it takes a minute or two.</summary>
public class EngineTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task Of_two_servers_one_runs_a_job_at_its_minute_the_other_goes_on_alone_and_what_the_timetable_drops_runs_no_more()
    {
        var ran = new ConcurrentQueue<string>();
        Timetable Of(string server, params string[] jobs) => new([.. jobs.Select(name => new Job(name, "* * * * *", "every minute", (_, _) =>
        {
            ran.Enqueue($"{name} on {server}");
            return Task.FromResult($"done on {server}");
        }))]);
        using IHost one = Server(Of("one", "Minutely", "Dropped")), two = Server(Of("two", "Minutely", "Dropped"));
        await Task.WhenAll(one.StartAsync(), two.StartAsync());

        await Until("select count(*) >= 2 from job_runs where ended_at is not null");

        Assert.Equal(["Dropped", "Minutely"], ran.Select(line => line.Split(' ')[0]).Order());
        Assert.Equal(2L, await ground.Sql<long>("select count(*) from job_runs where not failed and outcome like 'done on %'"));

        // One goes, and the next program to start knows nothing of one of the jobs.
        await Task.WhenAll(one.StopAsync(), two.StopAsync());
        using var three = Server(Of("three", "Minutely"));
        await three.StartAsync();
        await Until("select exists (select from job_runs where job = 'Minutely' and outcome = 'done on three')");
        await three.StopAsync();
        Assert.Equal(1, ran.Count(line => line.StartsWith("Dropped", StringComparison.Ordinal)));
    }

    private IHost Server(Timetable timetable)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        Site.AddFoundation(builder.Services, ground.ConnectionString);
        builder.Services.AddLogging().AddSingleton(timetable).AddSingleton<RunJob>().AddJobEngine(ground.ConnectionString, timetable, TimeZoneInfo.Utc);
        return builder.Build();
    }

    // The engine works by itself, and this looks until it has; three minutes are far more than it takes.
    private async Task Until(string sql)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!await ground.Sql<bool>(sql))
        {
            await Task.Delay(100, patience.Token);
        }
    }
}
