using Learning.Attendance;
using Learning.Bookings;
using Learning.Figures;
using Learning.People;
using Learning.Reports;

namespace Learning.Tests.Reports;

/// <summary>The insight page of the subgroup: the same numbers as a report's, unknown registers apart from every rate (C2), agencies and no person (S2).</summary>
public sealed class InsightTests(SigningSite site) : IClassFixture<SigningSite>
{
    [Fact] // S2, C2, F2: one page, one module for its numbers
    public async Task The_page_shows_the_period_without_a_person()
    {
        site.Ground.Clock.Set("2024-07-15 09:00");
        var agency = await site.Told.Given.Agency("Harbour School", "Education");
        var missing = await site.Told.Given.Agency("Quiet Nursery", "Early years");
        var course = await site.Told.Given.Course(title: "Care profile");
        var (held, people) = await site.Held(course, 3, "2024-06-03", agency);
        await site.Told.Mark(held, await site.Told.Given.Person(given: "Quenby"), MarkKind.Dna, agency: agency);
        var unknown = await site.Told.Given.Session(course, 20, "2024-06-10 09:30 to 12:30");
        await site.Told.Given.Booking(unknown, await site.Told.Given.Person(), BookingState.Confirmed);
        var coming = await site.Told.Given.Session(course, 30, "2024-08-01 09:30 to 12:30");

        var page = await (await site.As(Role.SubgroupMember)).Get("/insight");
        Assert.Equal("Insight, April to June 2024", page.Document.QuerySelector("h1")!.TextContent);
        var tiles = page.Document.QuerySelectorAll(".app-figures > li").Select(tile => (tile.QuerySelector("h3")!.TextContent, tile.QuerySelector(".app-figures__value")!.TextContent)).ToList();
        Assert.Equal([("People trained", "3"), ("Places filled", "8%"), ("Did not attend", "25%"), ("Places lost", "0"), ("Agencies reached", "1"), ("Confidence gained", "not known")], tiles);
        Assert.Contains("1 register has not come back. Their 1 booked place is unknown and in none of these rates.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Quiet Nursery", page.Document.QuerySelector("#missing")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Harbour School", page.Document.QuerySelector("#missing")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Contains("0 of 30", page.Document.QuerySelector("#coming-table")!.Closest("table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(coming.Ref, page.Document.QuerySelector("#coming-table")!.Closest("table")!.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("Education, attendances by month, July 2023 to June 2024: 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3", page.Document.QuerySelector(".app-multiples svg")!.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.DoesNotContain(people[0].FamilyName, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Quenby", page.Text, StringComparison.Ordinal);
        Assert.NotNull(missing.Code);

        var nothing = await (await site.As(Role.Chair)).Get("/insight?period=2023-24-Q1");
        Assert.Contains("Insight, April to June 2023", nothing.Text, StringComparison.Ordinal);
        Assert.Contains("not known", nothing.Text, StringComparison.Ordinal);
        Assert.Contains("Insight, April to June 2024", (await (await site.As(Role.Chair)).Get("/insight?period=nonsense")).Text, StringComparison.Ordinal);
    }

    [Fact] // F10's comparison uses signed values: a trend is of signed reports alone
    public async Task A_trend_is_of_signed_values()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        await site.Held(course, 4, "2024-10-07");
        var chair = await site.Chair();
        var (one, two) = (await site.Report(course, "trend-people: measure: people"), await site.Report(course, "trend-people: measure: people"));
        Assert.IsType<SigningOutcome.Signed>(await site.Sign(one, chair));
        Assert.DoesNotContain(await TrendsAsync(), trend => trend.Figure == "trend-people");
        Assert.IsType<SigningOutcome.Signed>(await site.Sign(two, chair));
        Assert.Equal(["4", "4"], Assert.Single(await TrendsAsync(), trend => trend.Figure == "trend-people").Points.Select(point => point.Printed));
    }

    [Fact] // T2: quarters and years from April, the quarter that ended last first
    public void The_periods_are_quarters_and_years()
    {
        var periods = InsightPeriod.On(new DateOnly(2026, 11, 24));
        Assert.Equal(("2026-27-Q2", "July to September 2026", new Period(new(2026, 7, 1), new(2026, 10, 1))), (periods[0].Key, periods[0].Name, periods[0].Period));
        Assert.Equal("January to March 2026", periods[2].Name);
        Assert.Equal("2025-26-Q4", periods[2].Key);
        Assert.Contains(periods, period => period.Name == "October to December 2026 to date");
        Assert.Equal(["Year 2026/27 to date", "Year 2025/26", "Year 2024/25", "Year 2023/24"], periods.TakeLast(4).Select(period => period.Name));
        Assert.Equal(periods.Count, periods.Select(period => period.Key).Distinct().Count());
    }

    private Task<IReadOnlyList<SignedTrend>> TrendsAsync() => site.With((SignedTrends trends) => trends.OfAsync(Actor.Machine, default));
}
