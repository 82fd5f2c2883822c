using System.Net;
using System.Text.Json;

using Learning.Attendance;
using Learning.Catalogue;
using Learning.Figures;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Figures;

/// <summary>The pages of reports and figures, and the API beside them: what they show, to whom, and what they refuse.</summary>
public sealed class ReportPagesTests(ReportPagesTests.Site site) : IClassFixture<ReportPagesTests.Site>
{
    private static readonly Learning.People.Role[] SeesFigures = [Learning.People.Role.SubgroupMember, Learning.People.Role.Chair, Learning.People.Role.BusinessUnit];

    /// <summary>The site with a folder of reports of its own: one that can be counted, one with a code that is not known.</summary>
    public sealed class Site : IAsyncLifetime
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("learning-reports-");
        private WebsiteUnderTest website = null!;

        public Ground Ground { get; } = new();

        internal Told Told { get; private set; } = null!;

        public Session Session { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            await Ground.InitializeAsync();
            Told = new Told(Ground);
            var course = await Ground.Given.Course(code: "CARE", title: "Care Profile", owner: await Ground.Given.Agency(code: "OWN"));
            Session = await Ground.Given.Session(course, 20);
            var agency = await Ground.Given.Agency("Essex Example Police", code: "POLX");
            for (var i = 0; i < 12; i++)
            {
                await Told.Mark(Session, await Ground.Given.Person(given: "Amara", family: $"Osei{i}"), MarkKind.Attended, at: "2024-05-01 16:00", agency: agency);
            }

            await Told.Mark(Session, await Ground.Given.Person(), MarkKind.Dna, at: "2024-05-01 16:00", agency: await Ground.Given.Agency(code: "DNAX"));
            await Told.Sign(Session, "2024-05-02 09:00");
            await Write("2024-25", "people", """
                  - {id: care-people, title: People trained in Care Profile, measure: people, courses: [CARE], by: [agency], phrase: over 10, sentence: "{phrase} people know Care Profile <well>."}
                  - {id: care-dna, title: Who did not attend, measure: dna_rate, courses: [CARE], by: [month]}
                  - {id: no-rate, title: A rate of nothing, measure: fill_rate, courses: [CARE], board: adults}
                  - {id: courses, measure: courses_available, owner: OWN}
                """);
            await Write("broken", "x", "  - {id: a, measure: people, courses: [NOWHERE]}");
            website = await WebsiteUnderTest.StartAsync(Ground.ConnectionString, Ground.Clock, services => services.AddSingleton(new ReportFiles(folder.FullName)));
        }

        public Task Write(string report, string title, string figures) => File.WriteAllTextAsync(
            Path.Combine(folder.FullName, $"{report}.yaml"), $"report: {report}\ntitle: Training, {title}\nperiod: {{from: 2024-04-01, to: 2025-04-01}}\nfigures:\n{figures}\n");

        public async Task<Visitor> As(params Learning.People.Role[] roles)
        {
            var person = await Ground.Given.Person();
            foreach (var role in roles)
            {
                await Ground.Given.Role(person, role);
            }

            return await website.SignedInAsync(person.Id);
        }

        /// <summary>A verb of this site.</summary>
        public async Task<TResult> With<T, TResult>(Func<T, Task<TResult>> use) where T : notnull
        {
            await using var scope = website.Services.CreateAsyncScope();
            return await use(scope.ServiceProvider.GetRequiredService<T>());
        }

        public Visitor Nobody() => website.Visitor();

        public async Task DisposeAsync()
        {
            await website.DisposeAsync();
            await Ground.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    [Theory] // S2: a draft is for the subgroup, the chair and the unit; a practitioner gets 403, a visitor the way to sign in
    [InlineData("/reports/2024-25")]
    [InlineData("/reports/2024-25/sign")]
    [InlineData("/figures/2024-25/care-people")]
    [InlineData("/figures/2024-25/care-people.json")]
    [InlineData("/reports/2024-25/figures.csv")]
    public async Task Drafts_are_not_for_everybody(string path)
    {
        await Build();
        foreach (var role in SeesFigures)
        {
            Assert.Equal(HttpStatusCode.OK, (await (await site.As(role)).Get(path)).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await (await site.As()).Get(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await site.As(Learning.People.Role.Administrator)).Get(path)).Status);
        Assert.StartsWith("/account/sign-in", (await site.Nobody().Get(path)).Path, StringComparison.Ordinal);
    }

    [Fact] // S2, F7: the list shows drafts to whoever sees figures, and nothing of them to everybody else
    public async Task The_list_shows_drafts_to_those_who_see_figures()
    {
        await Build();
        Assert.Contains("Training, people", (await (await site.As(Learning.People.Role.SubgroupMember)).Get("/reports")).Text, StringComparison.Ordinal);
        foreach (var visitor in new[] { site.Nobody(), await site.As() })
        {
            var page = await visitor.Get("/reports");
            Assert.Contains("No report has been published yet", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Training, people", page.Text, StringComparison.Ordinal);
        }
    }

    [Fact] // F1, F5, F9: the sentence, its reference, the value, what it counts, its period, as at
    public async Task A_report_shows_each_sentence_and_where_its_number_comes_from()
    {
        await Build();
        var page = await (await site.As(Learning.People.Role.SubgroupMember)).Get("/reports/2024-25");
        Assert.Equal("Training, people", page.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal("Over 10 people know Care Profile <well>.", page.Document.QuerySelector("blockquote")!.TextContent);
        Assert.Equal("Over 10 people know Care Profile <well>. (2024-25/care-people)", page.Document.QuerySelector("[data-copy]")!.GetAttribute("data-copy"));
        Assert.Contains("reference 2024-25/care-people", page.Text, StringComparison.Ordinal);
        Assert.Contains("12 people", page.Text, StringComparison.Ordinal);
        Assert.Contains("1 April 2024 to 31 March 2025", page.Text, StringComparison.Ordinal);
        Assert.Contains("15 May 2024, 9am", page.Text, StringComparison.Ordinal);
        Assert.Equal(["Essex Example Police", "12", "All", "12"], Cells(page, "#t-care-people"));
        Assert.Contains("A rate of nothing: not known.", page.Text, StringComparison.Ordinal); // F3
        Assert.Contains("0 of 0", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Count again now", page.Text, StringComparison.Ordinal);
    }

    [Fact] // F6: the page prints X where a published table does; the figure's own page says the number
    public async Task Small_numbers_are_held_back_on_the_report_and_told_on_the_figures_page()
    {
        await Build();
        var subgroup = await site.As(Learning.People.Role.SubgroupMember);
        var report = await subgroup.Get("/reports/2024-25");
        Assert.Equal(["June 2024", "X held back", "All", "X held back"], Cells(report, "#t-care-dna"));
        Assert.Equal(["June 2024", "7.7%", "All", "7.7%"], Cells(await subgroup.Get("/figures/2024-25/care-dna"), "#t-care-dna"));
    }

    [Fact] // F9: from the figure to the sessions behind it, which sum to it; to the register for the unit alone (S2)
    public async Task A_figure_is_followed_back_to_its_registers()
    {
        await Build();
        foreach (var (role, address) in new[] { (Learning.People.Role.BusinessUnit, $"/register/{site.Session.Ref}"), (Learning.People.Role.SubgroupMember, $"/sessions/{site.Session.Ref}") })
        {
            var visitor = await site.As(role);
            var page = await (await visitor.Get("/reports/2024-25")).Follow("Full definition of People trained in Care Profile");
            Assert.Equal("/figures/2024-25/care-people", page.Path);
            Assert.Contains("1 row, which sum to 12", page.Text, StringComparison.Ordinal);
            var row = Assert.Single(page.Document.QuerySelectorAll("#behind-table")).Closest("table")!.QuerySelector("tbody tr")!;
            Assert.Equal(address, row.QuerySelector("a")!.GetAttribute("href"));
            Assert.Contains("Signed", row.TextContent, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await visitor.Get(address)).Status);
            Assert.Equal(role == Learning.People.Role.BusinessUnit, page.Text.Contains("List the people", StringComparison.Ordinal));
        }
    }

    [Fact] // S2, S3: people are for the unit, and its look is on the audit trail
    public async Task The_people_behind_a_figure_are_for_the_unit()
    {
        await Build();
        const string path = "/figures/2024-25/care-people?people=list";
        Assert.DoesNotContain("Osei", (await (await site.As(Learning.People.Role.Chair, Learning.People.Role.SubgroupMember)).Get(path)).Text, StringComparison.Ordinal);
        var looked = await Looked();
        Assert.Contains("Amara Osei7 Essex Example Police", (await (await site.As(Learning.People.Role.BusinessUnit)).Get(path)).Text, StringComparison.Ordinal);
        Assert.Equal(looked + 1, await Looked());
        Task<long> Looked() => site.Ground.Sql<long>("select count(*) from audit_entries where verb = 'viewed the people behind a figure' and details ->> 'figure' = '2024-25/care-people'");
    }

    [Fact] // The build: by the unit or the chair, kept, as at its instant; another definition is said to be one
    public async Task The_unit_and_the_chair_have_it_counted_again()
    {
        await Build();
        site.Ground.Clock.Advance(TimeSpan.FromHours(2));
        var chair = await site.As(Learning.People.Role.Chair);
        var page = await (await chair.Get("/reports/2024-25")).Submit("Count again now");
        Assert.Equal("/reports/2024-25", page.Path);
        await Counted();
        page = await chair.Get("/reports/2024-25");
        Assert.Contains("counted 15 May 2024, 11am", page.Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => site.Ground.With((BuildReports build) => build.RunAsync(Actor.Nobody)));
        site.Ground.Clock.Set("2024-05-15 09:00");
        await using var db = site.Ground.Db();
        await db.ReportBuilds.Where(build => build.Report == "2024-25").ExecuteUpdateAsync(set => set.SetProperty(build => build.DefinitionDigest, "another"));
        Assert.Contains("The definition has been changed since", (await chair.Get("/reports/2024-25")).Text, StringComparison.Ordinal);
        await db.ReportBuilds.Where(build => build.Report == "2024-25").ExecuteDeleteAsync();
        Assert.Contains("Not counted yet", (await chair.Get("/reports/2024-25")).Text, StringComparison.Ordinal);
        Assert.Contains("Not counted yet", (await chair.Get("/reports")).Text, StringComparison.Ordinal);
        Assert.Contains("12 people", (await chair.Get("/figures/2024-25/care-people")).Text, StringComparison.Ordinal);
    }

    [Fact] // F1: a definition with a mistake stops no other, is told, and is never an error page
    public async Task A_definition_with_a_mistake_is_told()
    {
        var unit = await site.As(Learning.People.Role.BusinessUnit);
        await (await unit.Get("/reports/broken")).Submit("Count now");
        await Counted();
        var page = await unit.Get("/reports/broken");
        Assert.Contains("broken.yaml, there is no course 'NOWHERE'", page.Text, StringComparison.Ordinal);
        Assert.Contains("there is no course 'NOWHERE'", (await unit.Get("/figures/broken/a")).Text, StringComparison.Ordinal);
        Assert.Equal("1 report counted; not counted: broken.yaml, there is no course 'NOWHERE'", (await Built()).InWords);
        await site.Write("unread", "x", "  - {id: a, measure: peple}");
        try
        {
            Assert.Contains("unread.yaml, line 5, column 22: 'measure' cannot be 'peple'", (await unit.Get("/reports")).Text, StringComparison.Ordinal);
        }
        finally
        {
            await site.Write("unread", "x", "  - {id: a, measure: people}");
        }
    }

    [Theory]
    [InlineData("/reports/none")]
    [InlineData("/figures/none/none")]
    [InlineData("/figures/2024-25/none")]
    [InlineData("/reports/none/figures.csv")]
    public async Task What_is_not_there_is_404(string path) => Assert.Equal(HttpStatusCode.NotFound, (await (await site.As(Learning.People.Role.Chair)).Get(path)).Status);

    [Fact] // The contract: GET /api/v1/reports/{report}/figures?asAt=
    public async Task The_api_gives_the_computed_report()
    {
        var api = (await site.As(Learning.People.Role.SubgroupMember)).Http;
        using var report = JsonDocument.Parse(await api.GetStringAsync("/api/v1/reports/2024-25/figures"));
        Assert.Equal(12, report.RootElement.GetProperty("figures")[0].GetProperty("value").GetInt32());
        using var before = JsonDocument.Parse(await api.GetStringAsync("/api/v1/reports/2024-25/figures?asAt=2024-05-01T15:59:59%2B01:00"));
        Assert.Equal("2024-05-01T14:59:59Z", before.RootElement.GetProperty("asAt").GetString());
        Assert.Equal(0, before.RootElement.GetProperty("figures")[0].GetProperty("value").GetInt32());
        foreach (var (path, status) in new[]
                 {
                     ("2024-25/figures?asAt=yesterday", HttpStatusCode.BadRequest), ("2024-25/figures?asAt=2024-05-01", HttpStatusCode.BadRequest),
                     ("none/figures", HttpStatusCode.NotFound), ("broken/figures", HttpStatusCode.Conflict),
                 })
        {
            var answer = await api.GetAsync($"/api/v1/reports/{path}");
            Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await (await site.As()).Http.GetAsync("/api/v1/reports/2024-25/figures")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.Nobody().Http.GetAsync("/api/v1/reports/2024-25/figures")).StatusCode);
    }

    [Fact] // S3, F6: what is taken away is a published copy, and on the audit trail
    public async Task An_export_is_on_the_audit_trail()
    {
        await Build();
        var csv = await (await site.As(Learning.People.Role.Chair)).Http.GetStringAsync("/reports/2024-25/figures.csv");
        Assert.Contains(",care-people,people,people,agency,POLX,,,12,,,12,,", csv, StringComparison.Ordinal);
        Assert.Contains(",care-dna,dna_rate,ratio,,,,,,,,X,X,", csv, StringComparison.Ordinal);
        Assert.True(await site.Ground.Sql<long>("select count(*) from audit_entries where verb = 'exported a report as CSV' and details ->> 'report' = '2024-25'") > 0);
    }

    private Task<BuildOutcome> Built() => site.With((BuildReports build) => build.RunAsync(Actor.Machine));

    private static IEnumerable<string> Cells(Page page, string caption) =>
        page.Document.QuerySelector(caption)!.Closest("table")!.QuerySelectorAll("tbody th, tbody td, tfoot th, tfoot td").Select(cell => cell.TextContent.Trim());

    private async Task Build()
    {
        await using var db = site.Ground.Db();
        await db.ReportBuilds.ExecuteDeleteAsync();
        await (await (await site.As(Learning.People.Role.BusinessUnit)).Get("/reports/2024-25")).Submit("Count now");
        await Counted();
    }

    private Task<int> Counted() => site.With((Learning.Figures.Builds.RunBuilds run) => run.RunAsync());
}
