using System.Text.Json;

using Learning.Figures;
using Learning.Figures.Drafts;
using Learning.People;
using Learning.Reports;
using Learning.Tests.Reports;

namespace Learning.Tests.Figures;

/// <summary>T2: one report has several periods: its own, and those that figures of it name for themselves.</summary>
public sealed class OwnPeriodsTests(SigningSite site) : IClassFixture<SigningSite>
{
    private const string October = "{from: 2023-10-01, to: 2024-10-01}";

    [Fact] // F1, F9, T2, T4: by the page, the figure's page, the drill-down, the JSON, the CSV and the drift, each figure is about its own days
    public async Task Each_figure_counts_its_own_days()
    {
        site.Ground.Clock.Set("2024-12-10 18:00");
        var course = await site.Told.Given.Course();
        foreach (var (day, came) in new[] { ("2023-09-30", 64), ("2023-10-01", 1), ("2024-03-31", 2), ("2024-04-01", 4), ("2024-09-30", 8), ("2024-10-01", 16), ("2024-12-10", 32) })
        {
            await site.Held(course, came, day);
        }

        var report = await site.Report(
            course, "year: measure: people", $"october: measure: people, period: {October}", "quarter: measure: people, period: {from: 2024-04-01, to: 2024-07-01}",
            "eighteen: measure: people, period: {from: 2023-10-01, to: 2025-04-01}", "so-far: measure: people, period: {from: 2024-10-01, to: today, until: 2025-10-01}");
        Assert.Equal([60.0, 15.0, 4.0, 63.0, 48.0], (await CountAsync(report, null)).Figures.Select(figure => figure.Value!.Value));
        Assert.Equal(16, (await CountAsync(report, site.Told.At("2024-12-09 23:59"))).Find("so-far")!.Value);

        // What is behind each adds up to it; programs read which days it is about, where they are not the report's.
        var chair = await site.As(Role.Chair);
        await site.With((BuildReports build) => build.RunAsync(Actor.Machine, report));
        using var json = JsonDocument.Parse(await chair.Http.GetStringAsync($"/api/v1/reports/{report}/figures"));
        Assert.Equal(
            [null, "2023-10-01 2024-10-01", "2024-04-01 2024-07-01", "2023-10-01 2025-04-01", "2024-10-01 2024-12-11"],
            json.RootElement.GetProperty("figures").EnumerateArray().Select(figure => figure.TryGetProperty("from", out var from) ? $"{from} {figure.GetProperty("to")}" : null));
        Assert.Equal(["2024-04-01,2025-04-01", "2023-10-01,2024-10-01"], (await chair.Http.GetStringAsync($"/reports/{report}/figures.csv")).Split("\r\n")[1..3].Select(line => string.Join(',', line.Split(',')[1..3])));
        var page = await chair.Get($"/reports/{report}");
        foreach (var (figure, period, sum) in new[] { ("october", "1 October 2023 to 30 September 2024", "15"), ("quarter", "1 April 2024 to 30 June 2024", "4"), ("so-far", "1 October 2024 to 10 December 2024, to date", "48") })
        {
            Assert.Contains(period, page.Document.GetElementById(figure)!.Closest("section")!.TextContent, StringComparison.Ordinal);
            var own = await chair.Get($"/figures/{report}/{figure}");
            Assert.Contains(period, own.Text);
            Assert.Contains($"which sum to {sum}", own.Text);
        }

        // Signed while two of its periods run, each of which is accepted by name; what falls into one of them later differs there alone.
        var chairs = await site.Chair();
        var open = Assert.IsType<SigningOutcome.NotFinished>(await site.Sign(report, chairs)).Items;
        Assert.Equal(
            ["The period has not ended: its last day is 31 March 2025", "The period of “Figure eighteen” has not ended: its last day is 31 March 2025", "The period of “Figure so-far” has not ended: its last day is 10 December 2024"],
            open.Select(item => item.Words));
        // F6: the three who came before April 2024 could be told from the difference of two of its periods.
        var tells = Assert.IsType<SigningOutcome.NotFinished>(await site.Sign(report, chairs, 0, null, [.. open.Select(item => item.Key)])).Items;
        Assert.IsType<SigningOutcome.Signed>(await site.Sign(report, chairs, 0, null, [.. open.Concat(tells).Select(item => item.Key)]));
        site.Ground.Clock.Set("2025-01-20 09:00");
        await site.Held(course, 128, "2024-07-01");
        await site.Held(course, 3, "2025-01-15");
        Assert.Equal([("year", 131.0), ("october", 128.0), ("eighteen", 131.0)], (await site.Drift(report)).Figures.Select(figure => (figure.Figure, figure.Now!.Value - figure.Signed!.Value)));
        Assert.Equal(48, (await site.Signed(report)).Computed.Find("so-far")!.Value);
    }

    [Fact] // P2, T4: an agency's sector is that of the last day of the figure's own period
    public async Task Agencies_are_those_of_its_last_day()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var (course, agency) = (await site.Told.Given.Course(), await site.Told.Given.Agency(sector: "Health"));
        await site.Held(course, 7, "2024-06-03", agency);
        await site.Ground.Sql($"update agencies set sector = 'Education', holds_from = '2024-10-01', changed_at = '2024-10-01 12:00' where id = '{agency.Id}'");
        var report = await site.Report(course, "year: measure: people, by: [sector]", $"october: measure: people, by: [sector], sector: Health, period: {October}");
        var computed = await CountAsync(report, null);
        Assert.Equal(["Education", "Health"], computed.Figures.Select(figure => figure.Rows[0].Key["sector"]));
        Assert.All(computed.Figures, figure => Assert.Equal(7, figure.Value));
    }

    [Fact] // T2, F1: the builder offers it, previews it, and keeps it
    public async Task The_builder_has_it()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        await site.Held(course, 3, "2023-11-06");
        var (unit, name) = (await site.As(Role.BusinessUnit), $"OP{course.Code}");
        (string Name, string? Value)[] typed =
        [
            ("Input.Title", "Two periods"), ("Input.Name", name), ("Input.Period", "2024-04-01/2025-04-01"), ("Input.Figures[0].Title", "People"), ("Input.Figures[0].Measure", "people"),
            ("Input.Figures[0].Courses", course.Code), ("Input.Figures[0].Phrase", "exact"), ("Input.Figures[0].Period", "2023-10-01/2024-10-01"),
        ];
        var page = await (await unit.Get("/reports/new")).Submit("Preview", typed);
        Assert.Contains("People: 3; 1 October 2023 to 30 September 2024", page.Text);
        Assert.Contains("Choose the period of figure 1", (await (await unit.Get("/reports/new")).Submit("Preview", [.. typed[..^1], ("Input.Figures[0].Period", "2024-04-01/2023-04-01")])).Text);
        await page.Submit("Keep this report as a draft");
        Assert.Contains($"period: {October}", await unit.Http.GetStringAsync($"/reports/{name}/definition.yaml"));
        var definition = (await site.With((ReportDefinitions definitions) => definitions.FindAsync(name, default)))!;
        Assert.Equal("2023-10-01/2024-10-01", ReportDraft.Of(definition, new DateOnly(2031, 8, 1)).Figures![0].Period);
    }

    [Theory] // T2: bad input, with its place
    [InlineData("{from: 2024-04-01, to: 2024-04-01}", "4:44: 'to' is not after 'from' (it is the day after the period's last day)")]
    [InlineData("{from: 2024-04-01, to: 2023-04-01}", "4:44: 'to' is not after 'from' (it is the day after the period's last day)")]
    [InlineData("{from: 2024-04-01}", "4:21: 'to' is missing")]
    [InlineData("{from: 2024-04-01, to: today}", "4:21: 'until' is missing")]
    [InlineData("2024", "4:21: a period is keys and values: from, to, until")]
    public void What_is_no_period_is_told(string period, string mistake) => Assert.Equal(
        $"t.yaml:{mistake}",
        Assert.Single(Assert.Throws<DefinitionException>(() => ReadReport.Text("t.yaml", $"report: t\nperiod: {October}\nfigures:\n  - {{id: a, period: {period}, measure: people}}\n")).Mistakes).ToString());

    private async Task<ComputedReport> CountAsync(string report, DateTimeOffset? asAt) =>
        await site.With(async (ReportDefinitions definitions) => await site.With(async (ComputeReport compute) => await compute.RunAsync((await definitions.FindAsync(report, default))!, asAt, Actor.Machine, default)));
}
