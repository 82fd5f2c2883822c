using Learning.Attendance;
using Learning.Catalogue;
using Learning.Figures;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Figures;

/// <summary>What is behind each figure is kept with the newest build of its report (F9): the same as counted anew, and it sums to the figure whatever is written since.</summary>
public sealed class KeptBehindTests(Ground ground) : IClassFixture<Ground>, IDisposable
{
    private static readonly string[] Figures =
    [
        "people", "people, who: professionals", "attendances", "completions", "agencies", "fill_rate", "dna_rate", "average_attendance", "sessions_held", "places_offered", "courses_available",
    ];

    private readonly Told told = new(ground);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("learning-behind-");
    private Course course = null!;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact] // F9, T4: of sessions and of e-learning, of counts and of ratios
    public async Task What_is_kept_is_what_is_counted_anew_as_at_its_instant()
    {
        await HeldAsync("kept");
        var (definition, built) = await BuiltAsync("kept");
        foreach (var figure in definition.Figures)
        {
            var kept = await KeptAsync(built, figure);
            var anew = await ground.With((FigureBehind sessions) => sessions.RunAsync(definition, figure, built.Report.AsAt, Actor.Machine, default));
            Assert.NotEmpty(kept!.Rows);
            Assert.Equal(anew.Rows, kept.Rows);
        }
    }

    [Fact] // F9: a mark of before whose transaction ends later is in neither the number nor its list
    public async Task It_sums_to_the_figure_whatever_is_written_since()
    {
        var session = await HeldAsync("since");
        var (definition, built) = await BuiltAsync("since");
        await told.Mark(session, await told.Given.Person(), MarkKind.Attended);
        var figure = definition.Figures[2];
        var anew = await ground.With((FigureBehind sessions) => sessions.RunAsync(definition, figure, built.Report.AsAt, Actor.Machine, default));
        Assert.Equal((3.0, 3L, 4L), (built.Report.Figures[2].Value, (await KeptAsync(built, figure))!.Counted, anew.Counted));
    }

    [Fact] // The newest build has them, an older one no more; those of another report stay
    public async Task The_newest_build_has_them()
    {
        await HeldAsync("first", "other");
        var (definition, older) = await BuiltAsync("first");
        var (_, other) = await BuiltAsync("other");
        ground.Clock.Advance(TimeSpan.FromHours(1));
        var (_, newer) = await BuiltAsync("first");
        Assert.True(newer.Id > older.Id);
        Assert.Null(await KeptAsync(older, definition.Figures[0]));
        Assert.NotNull(await KeptAsync(newer, definition.Figures[0]));
        Assert.NotNull(await KeptAsync(other, definition.Figures[0]));
    }

    [Fact] // A build that ends half-way leaves the last one whole
    public async Task A_build_that_fails_keeps_the_last_one()
    {
        await HeldAsync("failing");
        var (definition, built) = await BuiltAsync("failing");
        ground.Clock.Advance(TimeSpan.FromHours(1));
        await ground.OwnerSql($"alter table report_behind add constraint nothing_more check (build_id <= {built.Id})");
        try
        {
            await Assert.ThrowsAsync<DbUpdateException>(() => BuiltAsync("failing"));
        }
        finally
        {
            await ground.OwnerSql("alter table report_behind drop constraint nothing_more");
        }

        var newest = await ground.With((NewestBuild builds) => builds.OfAsync(definition, Actor.Machine, default));
        Assert.Equal(built.Id, newest!.Id);
        Assert.NotNull(await KeptAsync(newest, definition.Figures[0]));
    }

    /// Two sessions held, with somebody who came to both, somebody who did not, a volunteer, and somebody who did the e-learning of the course; and a report of it under each name.
    private async Task<Session> HeldAsync(params string[] reports)
    {
        ground.Clock.Set("2025-05-15 09:00");
        course = await told.Given.Course();
        var (both, session, later) = (await told.Given.Person(), await told.Given.Session(course), await told.Given.Session(course, 20, "2024-06-10 09:30 to 16:00"));
        var agency = await told.Given.Agency();
        await told.Mark(session, both, MarkKind.Attended, agency: agency);
        await told.Mark(session, await told.Given.Person(), MarkKind.Dna);
        await told.Mark(later, both, MarkKind.Attended, at: "2024-06-10 16:00", agency: agency);
        await told.Mark(later, await told.Given.Person(), MarkKind.Attended, at: "2024-06-10 16:00", workforce: Workforce.Volunteer);
        await told.Sign(session);
        await told.Sign(later, "2024-06-10 17:00");
        await told.Complete(course, await told.Given.Person(), "2024-09-01", agency);
        foreach (var report in reports)
        {
            var figures = string.Concat(Figures.Select((measure, i) => $"  - {{id: f{i}, courses: [{course.Code}], measure: {measure}}}\n"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{report}.yaml"), $"report: {report}\nperiod: {{from: 2024-04-01, to: 2025-04-01}}\nfigures:\n{figures}");
        }

        return session;
    }

    private async Task<(ReportDefinition Definition, Built Built)> BuiltAsync(string report)
    {
        var files = new ReportFiles(folder.FullName);
        await ground.With((ComputeReport compute) => ground.With((IDbContextFactory<LearningDb> dbs) => ground.With((CountDrift drift) => ground.With((Signings signings) => ground.With((LearningDb db) =>
            new BuildReports(new ReportDefinitions(files, db), compute, drift, signings, new Learning.Database.RunProgress(), dbs, ground.Zone).RunAsync(Actor.Machine, report))))));
        var definition = (await files.FindAsync(report, default))!;
        return (definition, (await ground.With((NewestBuild builds) => builds.OfAsync(definition, Actor.Machine, default)))!);
    }

    private Task<Behind?> KeptAsync(Built built, FigureDefinition figure) => ground.With((NewestBuild builds) => builds.BehindAsync(built, figure.Id, default));
}
