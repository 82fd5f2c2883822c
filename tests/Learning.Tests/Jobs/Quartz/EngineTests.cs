using System.Collections.Concurrent;

using Learning.Jobs;
using Learning.Jobs.Quartz;
using Learning.Tests.Support;
using Learning.Web;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Learning.Tests.Jobs.Quartz;

/// <summary>The job engine itself, as whole programs on one database. It goes by the real clock.</summary>
public class EngineTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task Of_two_servers_one_runs_what_was_missed_while_none_ran_and_runs_it_once()
    {
        var ran = new ConcurrentQueue<string>();
        var done = new TaskCompletionSource();
        var timetable = new Timetable(new Job("Yearly", "0 0 1 1 *", "every New Year", (_, _) =>
        {
            ran.Enqueue("run");
            done.TrySetResult();
            return Task.FromResult("done");
        }));
        using (var before = Server(timetable))
        {
            await before.StartAsync();
            await Until("select exists (select from quartz.qrtz_triggers where trigger_name = 'Yearly')");
            await before.StopAsync();
        }

        Assert.Empty(ran);
        // Three New Years have passed since it last ran.
        await ground.Sql("""
            update quartz.qrtz_triggers
            set start_time = next_fire_time - 5 * 366 * 864000000000, prev_fire_time = next_fire_time - 4 * 366 * 864000000000, next_fire_time = next_fire_time - 3 * 366 * 864000000000
            """);

        using IHost one = Server(timetable), two = Server(timetable);
        await Task.WhenAll(one.StartAsync(), two.StartAsync());
        await done.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await Until("select count(*) = 2 from quartz.qrtz_scheduler_state");
        await Until("select count(*) = 1 from job_runs where ended_at is not null");
        await Until("select next_fire_time > 621355968000000000 + extract(epoch from now())::bigint * 10000000 from quartz.qrtz_triggers where trigger_name = 'Yearly'");
        await Task.WhenAll(one.StopAsync(), two.StopAsync());

        Assert.Single(ran);
        Assert.Equal(1, await ground.Sql<long>("select count(*) from job_runs where job = 'Yearly'"));
    }

    private IHost Server(Timetable timetable)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        Site.AddFoundation(builder.Services, ground.ConnectionString);
        builder.Services.AddLogging().AddSingleton(timetable).AddSingleton<RunJob>().AddJobEngine(ground.ConnectionString, timetable, TimeZoneInfo.Utc);
        return builder.Build();
    }

    // The engine works by itself, and this looks until it has; a minute is far more than it takes.
    private async Task Until(string sql)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await ground.Sql<bool>(sql))
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
