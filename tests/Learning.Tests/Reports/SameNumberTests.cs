using System.Globalization;
using System.Text.Json;

using Learning.Attendance;
using Learning.Benchmarks.Storm;
using Learning.Bookings;
using Learning.Figures;
using Learning.People;
using Learning.Returns;
using Learning.Tests.Evaluation;
using Learning.Tests.Support;

namespace Learning.Tests.Reports;

/// <summary>Any number is made in one module, whoever asks: the report's page, the figure's page and its JSON, the CSV, the API, the command and the insight page say the same of every measure, and so does a report once it is signed.</summary>
public sealed class SameNumberTests : IAsyncLifetime
{
    private static readonly string[] Measures =
    [
        "people", "attendances", "reach", "completions", "sessions_held", "sessions_cancelled", "places_offered", "places_booked", "places_lost", "fill_rate", "dna_rate", "average_attendance", "agencies", "courses_available",
        "trainers_active", "evaluation_mean", "confidence_gain", "compliance",
    ];

    private readonly SigningSite site = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("learning-same-");

    public Task InitializeAsync() => site.InitializeAsync();

    public async Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        await site.DisposeAsync();
    }

    [Fact] // F2, F3, F9, C2, S2
    public async Task Every_place_says_the_same_number_of_every_measure()
    {
        await HappenedAsync();
        var yaml = "report: same\nperiod: {from: 2024-04-01, to: 2024-07-01}\nfigures:\n" + string.Concat(Measures.Select(measure => $"  - {{id: {measure.Replace('_', '-')}, title: It is {measure}, measure: {measure}}}\n"));
        await site.WriteText("same", yaml);
        var definition = (await site.With((ReportDefinitions definitions) => definitions.FindAsync("same", default)))!;
        var computed = await site.With((ComputeReport compute) => compute.RunAsync(definition, null, Actor.Machine, default));
        await site.With((BuildReports build) => build.RunAsync(Actor.Machine, "same"));
        Assert.All(computed.Figures.Where(figure => figure.Measure is not "reach"), figure => Assert.True(figure.Value > 0, $"{figure.Measure} is {figure.Value}: nothing is compared"));

        var chair = await site.As(Role.Chair);
        await EverywhereAsync(chair, definition, computed);
        var file = Path.Combine(folder.FullName, "same.yaml");
        await File.WriteAllTextAsync(file, yaml);
        var (code, said) = await ServerProcess.RunAsync(site.Ground.OwnerConnectionString, "figures", file, "--as-at", $"{computed.AsAt:O}");
        Assert.Equal(0, code);
        OfJson(said, computed);

        // The period of the insight page is the report's.
        var insight = await chair.Get("/insight?period=2024-25-Q1");
        var tiles = insight.Document.QuerySelectorAll(".app-figures > li").ToDictionary(tile => tile.QuerySelector("h3")!.TextContent, tile => tile.QuerySelector(".app-figures__value")!.TextContent);
        foreach (var (tile, measure) in new[] { ("People trained", "people"), ("Places filled", "fill_rate"), ("Did not attend", "dna_rate"), ("Places lost", "places_lost"), ("Agencies reached", "agencies") })
        {
            Assert.Equal(Whole(computed, measure), tiles[tile]);
        }

        Assert.Equal($"+{Whole(computed, "confidence_gain")}", tiles["Confidence gained"]);

        // Signed, it is the very same, for everybody who reads it.
        Assert.IsType<Learning.Reports.SigningOutcome.Signed>(await site.Sign("same", await site.Chair()));
        await EverywhereAsync(chair, definition, (await site.Signed("same")).Computed);
        Assert.Equal(computed.Figures.Select(figure => (figure.Id, figure.Value, figure.Digest)), (await site.Signed("same")).Computed.Figures.Select(figure => (figure.Id, figure.Value, figure.Digest)));
    }

    private static async Task EverywhereAsync(Visitor chair, ReportDefinition definition, ComputedReport computed)
    {
        var report = await chair.Get("/reports/same");
        var csv = (await chair.Http.GetStringAsync("/reports/same/figures.csv")).Split("\r\n");
        OfJson(await chair.Http.GetStringAsync("/api/v1/reports/same/figures"), computed);
        foreach (var (figure, number) in definition.Figures.Zip(computed.Figures))
        {
            var printed = FigureTable.Print(figure.Measure, number.Value);
            var shown = (await chair.Get($"/figures/same/{figure.Id}")).Document.QuerySelector(".app-prov__value")!.TextContent.Trim();
            Assert.StartsWith(printed, shown, StringComparison.Ordinal);
            Assert.Equal(shown, report.Document.GetElementById(figure.Id)!.Closest("section")!.QuerySelector(".app-prov__value")!.TextContent.Trim());
            var line = Assert.Single(csv, line => line.Contains($",{figure.Id},{number.Measure},", StringComparison.Ordinal)).Split(',');
            // F6: what is downloaded holds small numbers back, and says so.
            Assert.Equal((number.Suppressed ? null : number.Value, number.Digest), (line[11].Length == 0 ? null : double.Parse(line[11], CultureInfo.InvariantCulture), line[16]));
            using var json = JsonDocument.Parse(await chair.Http.GetStringAsync($"/figures/same/{figure.Id}.json"));
            Assert.Equal(number.Value, json.RootElement.GetProperty("figure").GetProperty("value").GetDouble());
            Assert.Equal(FigureWords.Sentence(figure, number.Phrase), json.RootElement.GetProperty("sentence").GetString());
        }
    }

    private static void OfJson(string said, ComputedReport computed)
    {
        using var json = JsonDocument.Parse(said);
        Assert.Equal(
            computed.Figures.Select(figure => (figure.Id, figure.Value, figure.Numerator, figure.Denominator, figure.Digest)),
            json.RootElement.GetProperty("figures").EnumerateArray().Select(figure => (figure.GetProperty("id").GetString()!, (double?)figure.GetProperty("value").GetDouble(), Long(figure, "numerator"), Long(figure, "denominator"), figure.GetProperty("digest").GetString()!)));

        static long? Long(JsonElement figure, string name) => figure.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;
    }

    // The tiles say whole per cents.
    private static string Whole(ComputedReport computed, string measure) => computed.Figures.Single(figure => figure.Measure == measure) is { Unit: "ratio", Value: { } share }
        ? $"{Math.Round(share * 100, MidpointRounding.AwayFromZero):0}%" : PhraseRule.Number(computed.Figures.Single(figure => figure.Measure == measure).Value!.Value);

    // Two sessions held, one cancelled; somebody who came twice, somebody who did not come, somebody who learnt alone; two agencies.
    private async Task HappenedAsync()
    {
        var asking = new Asking(site.Ground);
        await asking.BeginAsync(8);
        foreach (var person in asking.Hall.People.Take(6))
        {
            await asking.AnsweredAsync(person, "useful=4, taught=5, before=2, after=4");
        }

        site.Ground.Clock.Set("2024-07-15 09:00");
        var unit = await site.Told.Given.Actor(await site.Told.Given.Unit());
        Assert.IsType<ReturnOutcome.Done>(await site.With(async (EnterReturns enter) => await enter.RunAsync([new NewReturn((await site.Told.Given.Agency()).Id, "3", new DateOnly(2024, 6, 30), 40, 38)], false, unit)));
        var (course, alone) = (await site.Told.Given.Course(), await site.Told.Given.Course());
        var (one, other) = (await site.Told.Given.Agency(), await site.Told.Given.Agency());
        var (first, people) = await site.Held(course, 9, "2024-05-14", one);
        var (second, _) = await site.Held(course, 8, "2024-06-11", other);
        await site.Told.Mark(second, people[0], MarkKind.Attended, at: "2024-06-11 16:00", agency: one);
        await site.Told.Mark(first, await site.Told.Given.Person(), MarkKind.Dna, at: "2024-05-14 16:00", agency: one);
        await site.Ground.Sql($"insert into session_trainers (session_id, person_id) values ('{first.Id}', '{people[0].Id}'), ('{second.Id}', '{people[1].Id}')");
        await site.Told.Complete(alone, await site.Told.Given.Person(), "2024-06-20", other);
        site.Ground.Clock.Set("2024-05-01 09:00");
        await site.Told.Given.Booking(second, people[2], BookingState.Confirmed);
        site.Ground.Clock.Set("2024-07-15 09:00");
        var cancelled = await site.Told.Given.Session(course, 25, "2024-06-18 09:30 to 16:00");
        await site.Told.Change(cancelled, "2024-06-01 10:00", row => (row.Status, row.CancelledAt) = (Learning.Catalogue.SessionStatus.Cancelled, site.Told.At("2024-06-01 10:00")));
    }
}
