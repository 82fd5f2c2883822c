using Npgsql;

namespace Learning.Benchmarks;

/// <summary><c>figures-scale</c>: the report of <c>figures</c> over 0.2, 2 and 10 million attendances of the same people: its time grows no faster than they do.</summary>
public static class FiguresScale
{
    private static readonly int[] Sizes = [8_000, 80_000, 400_000];

    // Ten times the data may take eleven times as long before it counts as growing faster: so much differs from run to run.
    private const double Slack = 1.1;

    public static readonly Scenario Scenario = new("figures-scale", $"the year's report over {string.Join(", ", Sizes.Select(size => $"{size * FiguresData.MarksEach:N0}"))} attendances", RunAsync);

    private static async Task<Result> RunAsync(Ground ground)
    {
        var content = Directory.CreateTempSubdirectory("learning-bench-figures-");
        try
        {
            await using var owner = NpgsqlDataSource.Create(ground.OwnerConnectionString);
            await using var program = FiguresRun.Program(ground.ConnectionString, content.FullName);
            var (runs, there) = (new List<FiguresRun>(), 0);
            foreach (var sessions in Sizes)
            {
                await FiguresData.FillAsync(owner, there, there = sessions);
                await Console.Error.WriteLineAsync($"  {sessions * FiguresData.MarksEach:N0} attendances …");
                runs.Add(await FiguresRun.MeasureAsync(program));
            }

            var perMillion = runs.Zip(Sizes, (run, sessions) => run.Report / (sessions * FiguresData.MarksEach / 1e6)).ToList();
            var grows = perMillion.Zip(perMillion.Skip(1), (smaller, larger) => larger / smaller).ToList();
            return new Result(runs.TrueForAll(run => run.Same) && grows.TrueForAll(grow => grow <= Slack), new Dictionary<string, object>
            {
                ["attendances"] = Sizes.Select(sessions => sessions * FiguresData.MarksEach), ["reportSeconds"] = runs.Select(run => Math.Round(run.Report, 2)),
                ["secondsPerMillion"] = perMillion.Select(seconds => Math.Round(seconds, 3)), ["growthOfThat"] = grows.Select(grow => Math.Round(grow, 2)), ["target"] = Slack,
                ["bareSeconds"] = runs.Select(run => Math.Round(run.Bare, 2)), ["ratio"] = runs.Select(run => Math.Round(run.Ratio, 2)), ["sameNumbers"] = runs.TrueForAll(run => run.Same),
                ["drillDownP95Ms"] = runs.Select(run => Math.Round(run.DrillDown, 1)), ["drillDownAnewP95Ms"] = runs.Select(run => Math.Round(run.DrillDownAnew, 1)),
            });
        }
        finally
        {
            content.Delete(recursive: true);
        }
    }
}
