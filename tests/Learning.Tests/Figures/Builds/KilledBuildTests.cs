using Learning.Benchmarks.Storm;
using Learning.Figures;
using Learning.Figures.Builds;
using Learning.Figures.Drafts;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Figures.Builds;

/// <summary>A server that is killed (kill -9) in the middle of a build: the last build is read meanwhile, and the next one is whole.</summary>
public sealed class KilledBuildTests : IClassFixture<Ground>
{
    private readonly Ground ground;
    private readonly Told told;

    public KilledBuildTests(Ground ground) => (this.ground, told) = (ground, new Told(ground));

    [Fact] // F7, F9
    public async Task The_last_build_is_read_and_the_next_one_is_whole()
    {
        ground.Clock.Set("2025-05-15 09:00");
        var course = await told.Given.Course();
        var session = await told.Given.Session(course);
        await told.Mark(session, await told.Given.Person(), Learning.Attendance.MarkKind.Attended);
        await told.Sign(session);
        var person = await told.Given.Person();
        await told.Given.Role(person, Role.BusinessUnit);
        var unit = await told.Given.Actor(person);
        var written = await ground.With((WriteDefinition write) => write.RunAsync(
            $"report: killed\nperiod: {{from: 2024-04-01, to: 2025-04-01}}\nfigures:\n  - {{id: people, courses: [{course.Code}], measure: people}}\n  - {{id: held, courses: [{course.Code}], measure: sessions_held}}\n", null, null, unit));
        Assert.IsType<WritingOutcome.Written>(written);
        await ground.With((BuildReports build) => build.RunAsync(Actor.Machine, "killed"));
        var first = await NewestAsync();
        Assert.Equal(1, first.Report.Find("people")!.Value);

        // A second person came; the build that would say so stands still where it keeps what is behind its figures, and its server is killed there.
        await told.Mark(session, await told.Given.Person(), Learning.Attendance.MarkKind.Attended);
        await using (var owner = Npgsql.NpgsqlDataSource.Create(ground.OwnerConnectionString))
        await using (var holding = await owner.OpenConnectionAsync())
        await using (var transaction = await holding.BeginTransactionAsync())
        {
            await using (var hold = new Npgsql.NpgsqlCommand("lock table report_behind in share mode", holding, transaction))
            {
                await hold.ExecuteNonQueryAsync();
            }

            await ground.With(async (AskForBuild ask) =>
            {
                await ask.RunAsync("killed", unit);
                return true;
            });
            await using var server = await ServerProcess.StartAsync(ground.OwnerConnectionString, "worker");
            await UntilAsync("select exists (select from pg_locks where relation = 'report_behind'::regclass and not granted)");
            server.Kill();
            Assert.Equal(first.Id, (await NewestAsync()).Id);
            Assert.Equal(1, (await BehindAsync(first, "people")).Counted);
            await transaction.RollbackAsync();
        }

        // Who comes next goes on.
        await using (await ServerProcess.StartAsync(ground.OwnerConnectionString, "worker"))
        {
            await UntilAsync("select exists (select from build_runs where ended_at is not null)");
        }

        var next = await NewestAsync();
        Assert.True(next.Id > first.Id);
        Assert.Equal((2.0, 1.0), (next.Report.Find("people")!.Value, next.Report.Find("held")!.Value));
        Assert.Equal((2L, 1L), ((await BehindAsync(next, "people")).Counted, (await BehindAsync(next, "held")).Counted));
        Assert.Equal((2, false), (await ground.Sql<int>("select begun from build_runs"), await ground.Sql<bool>("select failed from build_runs")));
        Assert.Equal(1L, await ground.Sql<long>("select count(distinct build_id) from report_behind b join report_builds r on r.id = b.build_id where r.report = 'killed'"));
    }

    private async Task UntilAsync(string so)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await ground.Sql<bool>(so))
        {
            await Task.Delay(100, patience.Token);
        }
    }

    private async Task<Built> NewestAsync()
    {
        var definition = (await ground.With((ReportDefinitions definitions) => definitions.FindAsync("killed", default)))!;
        return (await ground.With((NewestBuild builds) => builds.OfAsync(definition, Actor.Machine, default)))!;
    }

    private async Task<Behind> BehindAsync(Built built, string figure) => (await ground.With((NewestBuild builds) => builds.BehindAsync(built, figure, default)))!;
}
