using System.Net;
using System.Text.Json;

using Learning.Attendance;
using Learning.Figures;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Reports;

/// <summary>The pages of a report that is signed, restated and published (F7, F8, F9), as the chair, the unit, the subgroup and everybody see them.</summary>
public sealed class SignedPagesTests(SigningSite site) : IClassFixture<SigningSite>
{
    [Fact] // F7, F9: from the unfinished list to the public page, by the forms
    public async Task A_report_is_signed_published_and_read_by_everybody()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        var agency = await site.Told.Given.Agency("Small School");
        await site.Held(course, 12);
        await site.Held(course, 3, "2024-07-01", agency);
        var unsigned = await site.Told.Given.Session(course, 20, "2024-08-01 09:30 to 12:30");
        var report = await site.Report(course, "people: measure: people, by: [agency], phrase: over 10, sentence: \"{phrase} people know it.\"");
        var (chair, unit) = (await site.As(Role.Chair), await site.As(Role.BusinessUnit));

        await (await unit.Get($"/reports/{report}")).Submit("Count now");
        await site.CountedAsync();
        Assert.DoesNotContain("Sign this report", (await unit.Get($"/reports/{report}")).Text, StringComparison.Ordinal);
        Assert.Contains("The chair of the L&D subgroup signs", (await unit.Get($"/reports/{report}/sign")).Text, StringComparison.Ordinal);
        var page = await (await chair.Get($"/reports/{report}")).Follow("Sign this report");
        Assert.Contains("1 thing is unfinished", page.Text, StringComparison.Ordinal);
        page = await page.Submit("Sign as r1");
        Assert.Contains("Tick each that you accept: 1 is left", page.Text, StringComparison.Ordinal);
        page = await page.Submit("Sign as r1", ("Input.Accepted", $"register {unsigned.Ref}"));
        Assert.Equal($"/reports/{report}", page.Path);
        Assert.Contains("Signed by Wanda", page.Text, StringComparison.Ordinal);
        Assert.Contains($"reference {report}/people/r1", page.Text, StringComparison.Ordinal);
        Assert.Equal($"Over 10 people know it. ({report}/people/r1)", page.Document.QuerySelector("[data-copy]")!.GetAttribute("data-copy"));

        // Not for everybody before it is published.
        Assert.StartsWith("/account/sign-in", (await site.Nobody().Get($"/figures/{report}/people")).Path, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await site.As()).Get($"/reports/{report}")).Status);
        Assert.Equal($"/reports/{report}", (await (await (await unit.Get($"/reports/{report}")).Follow("Publish this report")).Submit("Publish r1")).Path);

        foreach (var visitor in new[] { site.Nobody(), await site.As() })
        {
            foreach (var path in new[] { $"/figures/{report}/people", $"/figures/{report}/people/r1", $"/reports/{report}", $"/reports/{report}/r1", $"/reports/{report}/figures.csv", $"/figures/{report}/people.json" })
            {
                var seen = await visitor.Get(path);
                Assert.Equal((HttpStatusCode.OK, path), (seen.Status, seen.Path));
                Assert.DoesNotContain(unsigned.Ref, seen.Text, StringComparison.Ordinal);
            }

            var figure = await visitor.Get($"/figures/{report}/people");
            Assert.Contains("15 people", figure.Text, StringComparison.Ordinal);
            Assert.Contains("Wanda Person", figure.Text, StringComparison.Ordinal);
            Assert.Contains("Published", figure.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("What is behind it", figure.Text, StringComparison.Ordinal);
            Assert.Contains("X held back", figure.Document.QuerySelector("#t-people")!.Closest("table")!.TextContent, StringComparison.Ordinal);
            Assert.Contains(report, (await visitor.Get("/reports")).Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/reports/{report}/r2")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/figures/{report}/none")).Status);
        }

        var subgroup = await (await site.As(Role.SubgroupMember)).Get($"/figures/{report}/people");
        Assert.Contains("2 rows, which sum to 15", subgroup.Text, StringComparison.Ordinal);
    }

    [Fact] // F9: the JSON form, as everybody and as those who see what is behind
    public async Task The_figure_has_a_form_for_programs()
    {
        var (report, course, session) = await PublishedAsync(7);
        using var open = JsonDocument.Parse(await site.Nobody().Http.GetStringAsync($"/figures/{report}/people.json"));
        var root = open.RootElement;
        Assert.Equal(($"{report}/people/r1", "published", 7), (root.GetProperty("reference").GetString(), root.GetProperty("state").GetString(), root.GetProperty("figure").GetProperty("value").GetInt32()));
        Assert.StartsWith("sha256:", root.GetProperty("figure").GetProperty("digest").GetString(), StringComparison.Ordinal);
        Assert.Equal("2025-05-15T08:00:00Z", root.GetProperty("asAt").GetString());
        Assert.False(root.TryGetProperty("behind", out _));
        using var full = JsonDocument.Parse(await (await site.As(Role.SubgroupMember)).Http.GetStringAsync($"/figures/{report}/people.json"));
        Assert.Equal(session, full.RootElement.GetProperty("behind")[0].GetProperty("ref").GetString());
        Assert.NotEmpty(course);
    }

    [Fact] // F8: the drift is told with its reason to those who see figures, not to everybody; a restatement has r2, [r], and r1 stays readable
    public async Task Drift_and_restatement_are_shown()
    {
        var (report, _, reference) = await PublishedAsync(7);
        var session = await site.Ground.Sql<Guid>($"select id from sessions where ref = '{reference}'");
        await using (var db = site.Ground.Db())
        {
            await site.Told.Mark((await db.Sessions.FindAsync(session))!, await site.Told.Given.Person(), MarkKind.Attended, at: "2025-05-20 10:00");
        }

        site.Ground.Clock.Set("2025-06-01 09:00");
        var chair = await site.As(Role.Chair);
        await (await chair.Get($"/reports/{report}")).Submit("Count again now");
        await site.CountedAsync();
        var page = await chair.Get($"/reports/{report}");
        Assert.Contains("Counted again on 1 June 2025 it would be 8. The reason: 1 late mark. The signed value stays 7.", page.Text, StringComparison.Ordinal);
        var figure = await (await site.As(Role.BusinessUnit)).Get($"/figures/{report}/people");
        Assert.Contains("Came with a mark that was recorded late", figure.Text, StringComparison.Ordinal);
        Assert.Equal($"/register/{reference}", figure.Document.QuerySelector("#drift-table")!.Closest("table")!.QuerySelector("tbody a")!.GetAttribute("href"));
        Assert.DoesNotContain("Counted again", (await site.Nobody().Get($"/figures/{report}/people")).Text, StringComparison.Ordinal);

        var sign = await page.Follow("Restate this report");
        Assert.Contains("Write why the report is restated", (await sign.Submit("Restate as r2")).Text, StringComparison.Ordinal);
        var restated = await sign.Submit("Restate as r2", ("Input.Reason", "A sheet was found."));
        Assert.Contains("Restated as r2 on 1 June 2025. The reason: A sheet was found.", restated.Text, StringComparison.Ordinal);
        Assert.Contains("8 people [r] restated", restated.Text, StringComparison.Ordinal);

        // Everybody reads r1 until r2 is published; then both.
        Assert.Contains("7 people", (await site.Nobody().Get($"/figures/{report}/people")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Nobody().Get($"/figures/{report}/people/r2")).Status);
        await (await restated.Follow("Publish this report")).Submit("Publish r2");
        Assert.Contains("8 people", (await site.Nobody().Get($"/figures/{report}/people")).Text, StringComparison.Ordinal);
        var first = await site.Nobody().Get($"/figures/{report}/people/r1");
        Assert.Contains("7 people", first.Text, StringComparison.Ordinal);
        Assert.Contains("This is r1. It was restated as r2 on 1 June 2025: A sheet was found.", first.Text, StringComparison.Ordinal);
    }

    [Fact] // F7: a definition that was changed, or is gone, after signing changes nothing of what is signed
    public async Task A_definition_that_changes_after_signing_is_told()
    {
        var (report, course, _) = await PublishedAsync(7);
        await using var db = site.Ground.Db();
        await site.Write(report, db.Courses.Single(row => row.Code == course), "people: measure: attendances");
        var subgroup = await site.As(Role.SubgroupMember);
        var page = await subgroup.Get($"/reports/{report}");
        Assert.Contains("The definition has been changed since it was signed. What was signed stays, by version 1 of the definition.", page.Text, StringComparison.Ordinal);
        Assert.Contains("7 people", page.Text, StringComparison.Ordinal);
        site.Remove(report);
        Assert.Contains("7 people", (await subgroup.Get($"/figures/{report}/people")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("r0")]
    [InlineData("r2")]
    [InlineData("1")]
    [InlineData("r99999999999")]
    [InlineData("rx")]
    public async Task A_revision_that_is_not_there_is_404(string revision)
    {
        var (report, _, _) = await PublishedAsync(6);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Nobody().Get($"/reports/{report}/{revision}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Nobody().Get($"/figures/{report}/people/{revision}")).Status);
    }

    private async Task<(string Report, string Course, string Session)> PublishedAsync(int came)
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        var (session, _) = await site.Held(course, came);
        var report = await site.Report(course, "people: measure: people");
        var chair = await site.Chair();
        Assert.IsType<Learning.Reports.SigningOutcome.Signed>(await site.Sign(report, chair));
        Assert.Null(await site.With((Learning.Reports.PublishReport publish) => publish.RunAsync(report, 1, chair)));
        return (report, course.Code, session.Ref);
    }
}
