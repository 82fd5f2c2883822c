using Learning.Figures;
using Learning.History;
using Learning.People;
using Learning.Tests.History;
using Learning.Tests.Support;

namespace Learning.Tests.Figures;

/// <summary>The figures of a report that read the same records are counted in one statement, and each is what it is when it is counted alone.</summary>
public sealed class FamilyTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // F1, F2, F4, T4: who counts and the table of one figure change nothing in another
    public async Task A_figure_beside_others_is_what_it_is_alone()
    {
        var folder = Directory.CreateTempSubdirectory("learning-family-");
        try
        {
            RandomHistory.Write(folder.FullName, 900);
            ground.Clock.Set("2026-11-20 09:00");
            Assert.IsType<ImportOutcome.Imported>(await ground.With((ImportHistory import) => import.RunAsync(folder.FullName, false, null, Actor.Machine, default)));
            var agencies = new HistoryFiles(folder.FullName).Agencies;
            string[] whom = ["", ", who: professionals", $", agency: {agencies[0].Code}", $", agency: {agencies[^1].Code}, who: professionals", $", sector: {agencies[0].Sector}"];
            string[] tables = ["", ", by: [agency]", ", by: [sector]", ", by: [month, agency]", ", by: [programme]"];
            var keys = from measure in new[] { "people", "attendances", "completions", "agencies", "dna_rate", "fill_rate", "average_attendance" }
                       from who in whom
                       from table in tables
                       select $"measure: {measure}{who}{table}";
            keys = keys.Concat(["measure: sessions_held, by: [course]", "measure: places_offered", "measure: places_lost, by: [owner]", "measure: sessions_cancelled", "measure: places_booked, by: [quarter]", "measure: people, board: children", "measure: people, programme: PA, window: since-start"]);

            var together = await FiguresAsync([.. keys]);
            Assert.True(together.Count(figure => figure.Value > 0) > 100, "Nothing is shown by figures of nothing.");
            foreach (var (key, beside) in keys.Zip(together))
            {
                var alone = (await FiguresAsync(key)).Single();
                Assert.Equal((key, alone.Value, alone.Numerator, alone.Denominator, alone.Digest), (key, beside.Value, beside.Numerator, beside.Denominator, beside.Digest));
                Assert.Equal(Rows(alone), Rows(beside));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<IReadOnlyList<ComputedFigure>> FiguresAsync(params string[] keys)
    {
        var report = ReadReport.Text("family.yaml", $"report: family\nperiod: {{from: 2023-04-01, to: 2024-10-01}}\nfigures:\n{string.Join('\n', keys.Select((key, i) => $"  - {{id: f{i}, {key}}}"))}\n");
        return (await ground.With((ComputeReport compute) => compute.RunAsync(report, null, Actor.Machine, default))).Figures;
    }

    private static IEnumerable<string> Rows(ComputedFigure figure) => figure.Rows.Select(row => $"{string.Join('|', row.Key.Values)} = {row.Value}");
}
