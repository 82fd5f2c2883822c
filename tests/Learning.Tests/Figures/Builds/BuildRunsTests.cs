using Learning.Database;
using Learning.Figures;
using Learning.Figures.Builds;
using Learning.Figures.Drafts;
using Learning.People;
using Learning.Tests.Reports;

using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Figures.Builds;

/// <summary>Builds that are asked for: the request goes on at once, a worker counts, every page shows how far; nothing is asked for twice, and what is kept is not counted again.</summary>
public sealed class BuildRunsTests(SigningSite site) : IClassFixture<SigningSite>
{
    [Fact] // F7: a long build does not block the request
    public async Task A_press_asks_and_a_worker_counts()
    {
        var report = await ReportAsync();
        var unit = await site.As(Role.BusinessUnit);
        var page = await (await unit.Get($"/reports/{report}")).Submit("Count now");
        Assert.Contains("The figures are being counted. Waiting to begin", page.Text, StringComparison.Ordinal);
        Assert.Contains("Not counted yet", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("[data-refresh]"));
        Assert.Equal(1, await RunAsync());
        page = await unit.Get($"/reports/{report}");
        Assert.DoesNotContain("being counted", page.Text, StringComparison.Ordinal);
        Assert.Contains("Draft, counted", page.Text, StringComparison.Ordinal);
        Assert.Contains("1 report counted", (await unit.Get("/reports/builds")).Text, StringComparison.Ordinal);
    }

    [Fact] // what waits is not asked for twice, whoever asks
    public async Task Ten_presses_are_one_build()
    {
        var report = await ReportAsync();
        var chair = await site.Chair();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(number => site.With((AskForBuild ask) => AskAsync(ask, number % 2 == 0 ? report : report.ToLowerInvariant(), chair))));
        Assert.Equal(1L, await site.Ground.Sql<long>($"select count(*) from build_runs where upper(report) = upper('{report}')"));
        var ran = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(RunAsync)));
        Assert.Equal(1, ran.Sum());
        Assert.Equal(1L, await site.Ground.Sql<long>($"select count(*) from report_builds where report = '{report}'"));
    }

    [Fact] // a build that a server died in goes on after what is kept
    public async Task What_is_kept_is_not_counted_again()
    {
        var (first, second) = (await ReportAsync(), await ReportAsync());
        await site.With((AskForBuild ask) => AskAsync(ask, null, Actor.Machine));
        await site.Ground.Sql($"update build_runs set begun = 1, begun_at = now() where ended_at is null; insert into build_run_reports (run_id, report, counted_at) select id, '{first}', now() from build_runs where ended_at is null");
        await RunAsync();
        Assert.Equal(0L, await site.Ground.Sql<long>($"select count(*) from report_builds where report = '{first}'"));
        Assert.Equal(1L, await site.Ground.Sql<long>($"select count(*) from report_builds where report = '{second}'"));
    }

    [Fact] // the night's build is a job, whose page says how far it is
    public async Task The_night_tells_its_job_how_far_it_is()
    {
        await ReportAsync();
        await ReportAsync();
        var heard = new List<(int Done, int Of)>();
        var outcome = await site.With((IServiceProvider services) =>
        {
            services.GetRequiredService<RunProgress>().Heard = (done, of) =>
            {
                heard.Add((done, of));
                return Task.CompletedTask;
            };
            return services.GetRequiredService<RunBuilds>().NightlyAsync(default);
        });
        Assert.Contains("reports counted", outcome, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, heard.Count), heard.Select(one => one.Done));
        Assert.Equal((heard.Count - 1, heard.Count - 1), heard[^1]);
        Assert.True(heard.Count >= 3);
    }

    [Fact] // one that every server dies in is not begun for ever
    public async Task A_build_that_always_dies_ends()
    {
        var report = await ReportAsync();
        await site.With((AskForBuild ask) => AskAsync(ask, report, Actor.Machine));
        await site.Ground.Sql("update build_runs set begun = 5, begun_at = now() where ended_at is null");
        await RunAsync();
        Assert.StartsWith("failed: it was begun 5 times", await site.Ground.Sql<string>($"select outcome from build_runs where report = '{report}'"));
        Assert.Contains("it was begun 5 times", (await (await site.As(Role.BusinessUnit)).Get($"/reports/{report}")).Text, StringComparison.Ordinal);
    }

    [Fact] // a definition that cannot be counted: a sentence, on the page
    public async Task A_mistake_is_told()
    {
        var course = await site.Told.Given.Course();
        var report = await site.Report(course, "people: measure: people, programme: NOWHERE");
        var unit = await site.As(Role.BusinessUnit);
        await (await unit.Get($"/reports/{report}")).Submit("Count now");
        await RunAsync();
        Assert.Contains("there is no programme 'NOWHERE'", (await unit.Get($"/reports/{report}")).Text, StringComparison.Ordinal);
    }

    [Fact] // F7, S1
    public async Task Nobody_else_asks()
    {
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => site.With((AskForBuild ask) => AskAsync(ask, null, Actor.Nobody)));
        Assert.DoesNotContain("Count all reports", (await (await site.As(Role.SubgroupMember)).Get("/reports/builds")).Text, StringComparison.Ordinal);
    }

    private static async Task<bool> AskAsync(AskForBuild ask, string? report, Actor actor)
    {
        await ask.RunAsync(report, actor);
        return true;
    }

    private Task<int> RunAsync() => site.With((RunBuilds run) => run.RunAsync());

    private async Task<string> ReportAsync()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        await site.Held(course, 3);
        return await site.Report(course, "people: measure: people", "held: measure: sessions_held");
    }
}
