using Npgsql;

namespace Learning.Benchmarks;

/// <summary><c>figures</c>: the year's report over two million attendances, a hundred partnerships for ten years, beside the bare SQL of the same; the drill-down of each figure, and the pages once they are signed.</summary>
public static class FiguresScenario
{
    private const int Sessions = 80_000;
    private const double Target = 1.5, DrillDownTarget = 150, PageTarget = 30;

    public static readonly Scenario Scenario = new("figures", $"the year's report over {Sessions * FiguresData.MarksEach:N0} attendances, and the bare SQL of the same", RunAsync);

    private static async Task<Result> RunAsync(Ground ground)
    {
        var content = Directory.CreateTempSubdirectory("learning-bench-figures-");
        try
        {
            await using var owner = NpgsqlDataSource.Create(ground.OwnerConnectionString);
            await using var program = FiguresRun.Program(ground.ConnectionString, content.FullName);
            await FiguresData.FillAsync(owner, 0, Sessions);
            var run = await FiguresRun.MeasureAsync(program);
            var page = await SignedPage.MeasureAsync(owner, ground.ConnectionString, content.FullName);
            return new Result(run.Same && run.Ratio <= Target && run.DrillDown < DrillDownTarget && page.P95 < PageTarget, new Dictionary<string, object>
            {
                ["attendances"] = Sessions * FiguresData.MarksEach, ["reportSeconds"] = Math.Round(run.Report, 2), ["bareSeconds"] = Math.Round(run.Bare, 2), ["sameNumbers"] = run.Same,
                ["ratio"] = Math.Round(run.Ratio, 2), ["target"] = Target,
                ["drillDownP95Ms"] = Math.Round(run.DrillDown, 1), ["drillDownTargetMs"] = DrillDownTarget, ["drillDownAnewP95Ms"] = Math.Round(run.DrillDownAnew, 1),
                ["signedPageP95Ms"] = Math.Round(page.P95, 1), ["signedPageTargetMs"] = PageTarget, ["signedPageMedianMs"] = page.Medians,
            });
        }
        finally
        {
            content.Delete(recursive: true);
        }
    }
}
