using Learning.Database;
using Learning.Jobs;
using Learning.Tests.Support;
using Learning.Time;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Learning.Tests.Jobs;

public class RunJobTests(Ground ground) : IClassFixture<Ground>
{
    [Fact]
    public async Task A_run_is_recorded_with_what_it_did()
    {
        Assert.True(await Run(new Job("Counts", "* * * * *", "every minute", (_, _) => Task.FromResult("3 counted"))).RunAsync("Counts"));

        var run = Assert.Single(await RunsAsync("Counts"));
        Assert.Equal(("3 counted", false, ground.Zone.Now), (run.Outcome, run.Failed, run.EndedAt));
    }

    [Fact]
    public async Task How_far_a_run_is_can_be_read_while_it_runs()
    {
        var seen = "";
        await Run(new Job("Goes through", "* * * * *", "every minute", async (services, _) =>
        {
            await services.GetRequiredService<RunProgress>().AtAsync(2, 7);
            seen = Assert.Single(await RunsAsync("Goes through")).InWords;
            await services.GetRequiredService<RunProgress>().AtAsync(7, 7);
            return "7 gone through";
        })).RunAsync("Goes through");

        Assert.Equal("running, or the program ended in it: 2 of 7 done", seen);
        var run = Assert.Single(await RunsAsync("Goes through"));
        Assert.Equal(("7 gone through", 7, 7), (run.InWords, run.Done, run.Total));
    }

    [Fact]
    public async Task A_failure_is_recorded_and_the_next_run_is_the_next_try()
    {
        var tries = 0;
        var run = Run(new Job("Stumbles", "* * * * *", "every minute", (_, _) => ++tries == 1 ? throw new InvalidOperationException("it was\nnot to be") : Task.FromResult("done")));

        await run.RunAsync("Stumbles");
        await run.RunAsync("Stumbles");

        Assert.Equal(["failed: it was not to be", "done"], (await RunsAsync("Stumbles")).Select(one => one.Outcome));
    }

    [Fact]
    public async Task While_one_server_runs_a_job_another_leaves_it_alone_and_other_jobs_are_not_held_up()
    {
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        Job[] jobs =
        [
            new("Long", "* * * * *", "every minute", async (_, _) =>
            {
                begun.SetResult();
                await go.Task;
                return "done";
            }),
            new("Other", "* * * * *", "every minute", (_, _) => Task.FromResult("done")),
        ];
        var first = Run(jobs).RunAsync("Long");
        await begun.Task;

        Assert.False(await Run(jobs).RunAsync("Long"));
        Assert.True(await Run(jobs).RunAsync("Other"));

        go.SetResult();
        Assert.True(await first);
        Assert.Single(await RunsAsync("Long"));
    }

    [Fact]
    public async Task A_server_that_dies_in_a_job_leaves_its_run_unended_and_the_job_free()
    {
        var dies = Run(new Job("Dies", "* * * * *", "every minute", async (_, _) =>
        {
            await ground.Sql("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())");
            return "never recorded";
        }));
        await Assert.ThrowsAnyAsync<Exception>(() => dies.RunAsync("Dies"));

        Assert.True(await Run(new Job("Dies", "* * * * *", "every minute", (_, _) => Task.FromResult("lives"))).RunAsync("Dies"));

        Assert.Equal([null, "lives"], (await RunsAsync("Dies")).Select(one => one.Outcome));
    }

    [Fact]
    public async Task What_the_timetable_does_not_have_is_not_run() => Assert.False(await Run().RunAsync("Gone"));

    [Fact]
    public async Task Runs_are_kept_for_30_days()
    {
        await ground.Sql($"insert into job_runs (job, started_at, server) select 'Old', timestamptz '{ground.Zone.Now:O}' - days * interval '1 day', 'x' from unnest(array[29, 31, 300]) days");

        await Run(new Job("Old", "* * * * *", "every minute", (_, _) => Task.FromResult("done"))).RunAsync("Old");

        Assert.Equal(2, (await RunsAsync("Old")).Count);
    }

    [Fact]
    public async Task Every_job_of_the_product_runs_on_an_empty_database()
    {
        foreach (var job in Timetable.Product.Jobs)
        {
            await ground.With((RunJob run) => run.RunAsync(job.Name));
            var run = Assert.Single(await RunsAsync(job.Name));
            Assert.False(run.Failed, run.Outcome);
        }
    }

    // Servers are separate processes: each has services of its own.
    private RunJob Run(params Job[] jobs)
    {
        var services = new ServiceCollection();
        Learning.Web.Site.AddFoundation(services, ground.ConnectionString);
        var provider = services.BuildServiceProvider();
        return new RunJob(new Timetable(jobs), provider.GetRequiredService<IDbContextFactory<LearningDb>>(), provider.GetRequiredService<IServiceScopeFactory>(),
            Zone.Of(ground.Clock), NullLogger<RunJob>.Instance);
    }

    private async Task<List<JobRun>> RunsAsync(string job)
    {
        await using var db = ground.Db();
        return await db.JobRuns.Where(run => run.Job == job).OrderBy(run => run.Id).ToListAsync();
    }
}
