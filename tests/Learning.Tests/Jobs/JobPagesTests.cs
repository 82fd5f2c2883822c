using Learning.Jobs;
using Learning.People;
using Learning.Tests.Support;
using Learning.Web;

namespace Learning.Tests.Jobs;

/// <summary>What the business unit and administrators see of the timetable: late, failed, silent; all runs; and a job run at once.</summary>
public class JobPagesTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    public Task InitializeAsync() => ground.Sql("delete from job_runs");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_job_is_run_at_once_by_a_press_and_its_runs_are_on_a_page()
    {
        var administrator = await ground.Given.Person();
        await ground.Given.Role(administrator, Role.Administrator);
        var visitor = await (await ground.SiteAsync()).SignedInAsync(administrator.Id);
        var page = await visitor.Get("/manage/jobs");

        page = await page.Submit("Run now: Queue reminders");

        Assert.Contains("“Queue reminders” has begun", page.Text);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await ground.Sql<bool>("select exists (select from job_runs where job = 'Queue reminders' and ended_at is not null)"))
        {
            await Task.Delay(50, patience.Token);
        }

        Assert.Contains("nothing to do", (await visitor.Get("/manage/jobs/runs?job=Queue%20reminders")).Text);
        Assert.Contains("None has failed", (await visitor.Get("/manage/jobs/runs?job=Queue%20reminders&failed=true")).Text);
        Assert.Contains("There is no such job", (await visitor.Get("/manage/jobs/runs?job=Nonsense")).Text);
        Assert.False(await ground.With((RunJobNow run) => run.RunAsync("Queue reminders", Actor.Nobody)));
        Assert.True(await ground.Sql<bool>($"select exists (select from audit_entries where verb = 'ran a job' and actor_id = '{administrator.Id}')"));
    }

    [Fact]
    public async Task Late_and_silent_are_said_on_the_page_and_first_among_what_waits()
    {
        await RanAsync("End offers and waiting lists", 9);
        await RanAsync("Delete needs", 60 * 50);
        Assert.Empty(await WorkAsync());
        await ground.Sql("update job_runs set started_at = started_at - interval '2 minutes'");

        var page = await (await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id)).Get("/manage/jobs");
        Assert.Contains("The timetable is silent.", page.Text);
        Assert.Contains("Late: it runs every night at 2:40am", page.Text);
        Assert.Equal("Timetable is silent", Assert.Single(await WorkAsync()).Title);

        await ground.Sql($"insert into messages (id, kind, subject_id, address, occurrence, why, data, due_at, next_try_at, queued_at, state, outcome) values (gen_random_uuid(), 'x', gen_random_uuid(), 'a@b.example', '', '', '{{}}', '{ground.Zone.Now.AddMinutes(-20):O}', '{ground.Zone.Now:O}', '{ground.Zone.Now.AddMinutes(-20):O}', 'due', 'no connection')");
        Assert.Contains(await WorkAsync(), work => work.Title == "Message waits for the mail server");
        await ground.Sql("delete from messages where kind = 'x'");
    }

    [Fact]
    public void How_often_a_job_runs_is_read_from_its_times() => Assert.Equal(
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(366)],
        new[] { "* * * * *", "*/10 * * * *", "3 * * * *", "15 2 * * *", "0 8 * * 1", "0 0 1 1 *" }.Select(cron => new Job("x", cron, "", (_, _) => Task.FromResult("")).Gap));

    private Task<IReadOnlyList<Work>> WorkAsync() => ground.With((WorkToDo work) => work.WaitingAsync());

    private Task RanAsync(string job, int minutesAgo) =>
        ground.Sql($"insert into job_runs (job, started_at, ended_at, outcome, server) values ('{job}', '{ground.Zone.Now.AddMinutes(-minutesAgo):O}', '{ground.Zone.Now.AddMinutes(-minutesAgo):O}', 'done', 'x')");
}
