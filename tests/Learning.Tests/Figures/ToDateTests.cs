using Learning.Figures;
using Learning.Figures.Drafts;
using Learning.People;
using Learning.Tests.Reports;
using Learning.Tests.Support;

namespace Learning.Tests.Figures;

/// <summary>T2: a period to date goes to the day of each count, not to the day on which somebody wrote it down.</summary>
public sealed class ToDateTests(SigningSite site) : IClassFixture<SigningSite>
{
    [Fact] // T2, T4, F7, F8
    public async Task Each_count_goes_to_its_own_day_the_last_at_the_latest_and_what_was_signed_stays_where_it_was()
    {
        site.Ground.Clock.Set("2024-06-10 09:00");
        var course = await site.Told.Given.Course();
        await site.Held(course, 3, "2024-06-03");
        var report = $"TD{course.Code}";
        await site.WriteText(report, $"report: {report}\ntitle: So far\nperiod: {{from: 2024-04-01, to: today, until: 2025-04-01}}\nfigures:\n  - {{id: it, measure: sessions_held, courses: [{course.Code}]}}\n");
        var (first, _) = (await CountAsync(report, null), await site.Held(course, 2, "2024-07-01"));
        Assert.Equal((new DateOnly(2024, 6, 11), 1.0), (first.To, first.Figures[0].Value));

        // The same as at that day later, and the next day more; after the end no further.
        site.Ground.Clock.Set("2024-07-01 23:30");
        await site.Held(course, 2, "2025-05-01");
        var then = await CountAsync(report, site.Told.At("2024-06-10 09:00"));
        Assert.Equal((first.To, first.Figures[0].Digest), (then.To, then.Figures[0].Digest));
        Assert.Equal((new DateOnly(2024, 7, 2), 2.0), await CountAsync(report, null) is var now ? (now.To, now.Figures[0].Value!.Value) : default);
        site.Ground.Clock.Set("2025-06-01 09:00");
        Assert.Equal((new DateOnly(2025, 4, 1), 2.0), await CountAsync(report, null) is var late ? (late.To, late.Figures[0].Value!.Value) : default);

        // Signed in July of that year, it says so for good, and what it would be now is asked of the same days.
        site.Ground.Clock.Set("2024-07-10 09:00");
        var page = await (await site.As(Role.Chair)).Get($"/reports/{report}");
        Assert.Contains("1 April 2024 to 10 July 2024, to date. Its last day is the day of the count.", page.Text);
        Assert.IsType<Learning.Reports.SigningOutcome.Signed>(await site.Sign(report, await site.Chair(), 0, null, "period"));
        site.Ground.Clock.Set("2024-12-02 09:00");
        await site.Held(course, 4, "2024-11-04");
        var signed = await site.Signed(report);
        Assert.Equal(new Period(new(2024, 4, 1), new(2024, 7, 11)), signed.Definition.Period);
        Assert.Empty((await site.Drift(report)).Figures);
        page = await (await site.As(Role.Chair)).Get($"/reports/{report}");
        Assert.Contains("1 April 2024 to 10 July 2024, to date. What was signed does not change", page.Text);
        Assert.Equal("2024-04-01 2024-07-11", await site.Ground.Sql<string>($"select period_from || ' ' || period_to from report_signings where report = '{report}'"));
    }

    [Fact] // T2
    public async Task The_builder_offers_it_and_writes_it_down_so_that_it_goes_on()
    {
        site.Ground.Clock.Set("2024-06-10 09:00");
        var course = await site.Told.Given.Course();
        await site.Held(course, 3, "2024-06-03");
        var unit = await site.As(Role.BusinessUnit);
        var form = await unit.Get("/reports/new");
        Assert.Contains("To date, from April: 1 April 2024 to the day of each count, 31 March 2025 at the latest", form.Text);
        var kept = await form.Submit("Keep this report as a draft", ("Input.Title", "So far"), ("Input.Name", $"SF{course.Code}"), ("Input.Period", "2024-04-01/today/2025-04-01"), ("Input.Figures[0].Title", "People"),
            ("Input.Figures[0].Measure", "people"), ("Input.Figures[0].Courses", course.Code), ("Input.Figures[0].Phrase", "exact"));
        Assert.Equal($"/reports/SF{course.Code}", kept.Path);
        Assert.Contains("period: {from: 2024-04-01, to: today, until: 2025-04-01}", await unit.Http.GetStringAsync($"/reports/SF{course.Code}/definition.yaml"));

        // A year later the form still says which it is.
        site.Ground.Clock.Set("2025-08-01 09:00");
        var definition = (await site.With((ReportDefinitions definitions) => definitions.FindAsync($"SF{course.Code}", default)))!;
        Assert.Equal("2024-04-01/today/2025-04-01", ReportDraft.Of(definition, new DateOnly(2025, 8, 1)).Period);
        unit = await site.As(Role.BusinessUnit);
        Assert.Contains("1 April 2024 to the day of each count, 31 March 2025 at the latest", (await unit.Get($"/reports/SF{course.Code}/edit")).Text);
    }

    [Theory] // T2: bad input
    [InlineData("{from: 2024-04-01, to: today}", "'until'")]
    [InlineData("{from: 2024-04-01, to: today, until: 2024-04-01}", "'until' is not after 'from'")]
    [InlineData("{from: 2024-04-01, to: 2025-04-01, until: 2025-04-01}", "'until' goes with 'to: today'")]
    [InlineData("{from: today, to: 2025-04-01}", "'from' is 'today', not a date such as")]
    public void What_is_no_period_is_told_with_its_place(string period, string sentence) => Assert.Contains(
        Assert.Throws<DefinitionException>(() => ReadReport.Text("t.yaml", $"report: t\nperiod: {period}\nfigures: [{{id: it, measure: people}}]\n")).Mistakes, mistake => mistake.What.Contains(sentence, StringComparison.Ordinal));

    private async Task<ComputedReport> CountAsync(string report, DateTimeOffset? asAt) =>
        await site.With(async (ReportDefinitions definitions) => await site.With(async (ComputeReport compute) => await compute.RunAsync((await definitions.FindAsync(report, default))!, asAt, Actor.Machine, default)));
}
