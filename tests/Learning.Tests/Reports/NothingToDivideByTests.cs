using System.Text.Json;

using Learning.Database;
using Learning.Figures;
using Learning.People;

namespace Learning.Tests.Reports;

/// <summary>F3: whatever is divided, over nothing it is not known, wherever it is read; never 0%, 100%, or a number that is none.</summary>
public sealed class NothingToDivideByTests(SigningSite site) : IClassFixture<SigningSite>
{
    private static readonly Measure[] Ratios = [.. Enum.GetValues<Measure>().Where(measure => measure.IsRatio())];

    [Fact] // F3, F9, C1, C2
    public async Task Every_ratio_over_nothing_is_not_known_wherever_it_is_read()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        string Of(Measure measure) => measure.KnowsCourse() ? $", courses: [{course.Code}]" : "";
        Assert.Equal(6, Ratios.Length);
        await site.WriteText("nothing", "report: nothing\ntitle: Nothing yet\nperiod: {from: 2024-04-01, to: 2025-04-01}\nfigures:\n" + string.Concat(Ratios.Select(measure =>
            $"  - {{id: {Id(measure)}, title: It is {Id(measure)}, measure: {measure.Word()}{Of(measure)}, by: [quarter, agency], phrase: over 10, sentence: \"It was {{phrase}} of them.\"}}\n")));
        await site.With((BuildReports build) => build.RunAsync(Actor.Machine, "nothing"));
        var chair = await site.As(Role.Chair);
        var page = await chair.Get("/reports/nothing");
        var csv = (await chair.Http.GetStringAsync("/reports/nothing/figures.csv")).Split("\r\n");
        using var api = JsonDocument.Parse(await chair.Http.GetStringAsync("/api/v1/reports/nothing/figures"));
        foreach (var measure in Ratios)
        {
            var section = page.Document.GetElementById(Id(measure))!.Closest("section")!;
            Assert.Equal($"It is {Id(measure)}: not known.", section.QuerySelector("blockquote")!.TextContent);
            Assert.Equal("not known", section.QuerySelector(".app-prov__value")!.TextContent.Trim());
            var own = await chair.Get($"/figures/nothing/{Id(measure)}");
            Assert.Equal("not known", own.Document.QuerySelector(".app-prov__value")!.TextContent.Trim());
            Assert.All(own.Document.QuerySelectorAll(".app-quote, .app-prov, [aria-labelledby=rows], [aria-labelledby=behind]").Append(section).Select(part => part.TextContent), NoNumber);
            var line = Assert.Single(csv, line => line.Contains($",{Id(measure)},", StringComparison.Ordinal)).Split(',');
            Assert.Equal(("", "0", "0", "not known", "not known"), (line[11], line[12], line[13], line[14], line[15]));
            using var json = JsonDocument.Parse(await chair.Http.GetStringAsync($"/figures/nothing/{Id(measure)}.json"));
            foreach (var figure in new[] { json.RootElement.GetProperty("figure"), api.RootElement.GetProperty("figures").EnumerateArray().Single(figure => figure.GetProperty("id").GetString() == Id(measure)) })
            {
                Assert.Equal((JsonValueKind.Null, 0L, 0L, "not known", 0), (figure.GetProperty("value").ValueKind, figure.GetProperty("numerator").GetInt64(), figure.GetProperty("denominator").GetInt64(), figure.GetProperty("phrase").GetString(), figure.GetProperty("rows").GetArrayLength()));
            }

            // C1: nothing bears a sentence out.
            var definition = (await site.With((ReportDefinitions definitions) => definitions.FindAsync("nothing", default)))!;
            Assert.NotEqual(ClaimHolds.Agrees, ClaimRule.Check("0% of places", definition.Find(Id(measure))!, null).Holds);
        }

        Assert.Equal("There is nothing to sign: no session, completion or course of this report is on record for its period.", Assert.IsType<Learning.Reports.SigningOutcome.Refused>(await site.Sign("nothing", await site.Chair())).Sentence);
    }

    [Fact] // F3, F8: what was a number when it was signed, and is not known any more
    public async Task A_signed_share_whose_session_is_opened_again_would_not_be_known_now()
    {
        site.Ground.Clock.Set("2025-05-15 09:00");
        var course = await site.Told.Given.Course();
        var (session, _) = await site.Held(course, 10);
        var report = await site.Report(course, "filled: measure: fill_rate", "people: measure: people");
        Assert.IsType<Learning.Reports.SigningOutcome.Signed>(await site.Sign(report, await site.Chair()));
        site.Ground.Clock.Set("2025-05-20 09:00");
        await site.Told.Reopen(session, "2025-05-16 09:00");
        Assert.Null((await site.Drift(report)).Of("filled")!.Now);
        var page = await (await site.As(Role.Chair)).Get($"/reports/{report}");
        Assert.Contains("it would not be known", page.Text);
        Assert.Contains("The signed value stays 25%", page.Text);
    }

    private static string Id(Measure measure) => measure.Word().Replace('_', '-');

    private static void NoNumber(string text)
    {
        foreach (var wrong in new[] { "0%", "100%", "NaN", "∞", "Infinity" })
        {
            Assert.DoesNotContain(wrong, text, StringComparison.Ordinal);
        }
    }
}
