using Learning.Figures;
using Learning.History;
using Learning.People;
using Learning.Tests.Demonstration;
using Learning.Tests.History;
using Learning.Tests.Support;

namespace Learning.Tests.Figures;

/// <summary>The demonstration, imported, gives what the partnership published about 2020/21 and 2023/24.</summary>
public sealed class PublishedFiguresTests(PublishedFiguresTests.Imported imported) : IClassFixture<PublishedFiguresTests.Imported>
{
    public sealed class Imported : IAsyncLifetime
    {
        private readonly GeneratedDemonstration generated = new();

        public Ground Ground { get; } = new();

        public async Task InitializeAsync()
        {
            await Ground.InitializeAsync();
            Ground.Clock.Set("2026-11-24 09:00");
            Assert.IsType<ImportOutcome.Imported>(await Ground.With((ImportHistory import) => import.RunAsync(generated.Folder, false, null, Actor.Machine, default)));
        }

        public async Task<ComputedReport> ReportAsync(string name, string? asAt = null)
        {
            var definition = (await Ground.With((ReportFiles files) => files.FindAsync(name, default)))!;
            return await Ground.With((ComputeReport compute) => compute.RunAsync(definition, asAt is null ? null : HistoryFiles.Midnight(DateOnly.Parse(asAt)), Actor.Machine, default));
        }

        public async Task DisposeAsync()
        {
            await Ground.DisposeAsync();
            generated.Dispose();
        }
    }

    [Fact] // F1, F2, F5: exact_for_demo of published-figures.csv
    public async Task The_report_of_2023_24_is_what_was_published()
    {
        var report = await imported.ReportAsync("2023-24");
        Assert.Equal(
        [
            ("gcp2-people", 512.0, "over 500"), ("ioc-people", 207, "over 200"), ("ioc-attendances", 214, "214"), ("saw-attendances", 163, "over 160"), ("saw-people", 118, "118"),
            ("neglect-attendees", 213, "over 210"), ("neglect-professionals", 204, "over 200"), ("education-forum-average", 40, "40"), ("elearning-own", 8, "8"), ("elearning-council", 10, "10"),
        ], report.Figures.Select(figure => (figure.Id, figure.Value!.Value, figure.Phrase)));
        Assert.Equal((240L, 6L), (report.Find("education-forum-average")!.Numerator, report.Find("education-forum-average")!.Denominator));
    }

    [Fact] // F2
    public async Task The_report_of_2020_21_is_what_was_published()
    {
        var report = await imported.ReportAsync("2020-21");
        Assert.Equal(
        [
            ("gcp2-trainers", 20.0), ("gcp2-workshops-jan-2021", 5), ("supervision-workshop", 41), ("nsaw-2020-webinar", 183), ("eput-suspended-sessions", 17), ("eput-places-lost", 585),
        ], report.Figures.Select(figure => (figure.Id, figure.Value!.Value)));
        Assert.Equal([("adults", 325.0), ("children", 260), ("*", 585)], report.Find("eput-places-lost")!.Rows.Select(row => (row.Key["board"], row.Value!.Value)));
        Assert.Equal([("2021-01", 5.0), ("*", 5)], report.Find("gcp2-workshops-jan-2021")!.Rows.Select(row => (row.Key["month"], row.Value!.Value)));
    }

    [Fact] // T4: the register that came back on 8 May 2024, seven weeks late
    public async Task A_day_before_the_late_register_there_were_fewer()
    {
        Assert.Equal(496, (await imported.ReportAsync("2023-24", "2024-05-08")).Find("gcp2-people")!.Value);
        Assert.Equal(512, (await imported.ReportAsync("2023-24", "2024-05-09")).Find("gcp2-people")!.Value);
    }

    [Fact] // F6: every X of the published report stands for 1 to 5, or guards one; no row of people is printed that small
    public async Task Nothing_small_is_printed()
    {
        foreach (var figure in (await imported.ReportAsync("2023-24")).Figures.Where(figure => figure.Unit is "people" or "attendances"))
        {
            Assert.All(figure.Rows, row => Assert.True(row.Printed == ComputedRow.Hidden || row.Value > 5, $"{figure.Id}: {row.Value}"));
        }
    }
}
