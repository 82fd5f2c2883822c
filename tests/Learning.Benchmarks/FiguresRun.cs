using System.Diagnostics;

using Learning.Figures;
using Learning.People;
using Learning.Web;

using Microsoft.Extensions.DependencyInjection;

using Npgsql;

namespace Learning.Benchmarks;

/// <summary>What one size of data took: medians of interleaved rounds of the report and of the bare SQL, and how long what is behind a figure takes.</summary>
/// <param name="Same">The report's numbers are those of the bare SQL, and what is behind each figure sums to it.</param>
/// <param name="DrillDown">As a figure's page asks: of the newest build. Milliseconds: nineteen of twenty are faster.</param>
/// <param name="DrillDownAnew">Counted anew, as at another instant or after the definition has been changed.</param>
internal sealed record FiguresRun(bool Same, double Report, double Bare, double DrillDown, double DrillDownAnew)
{
    private const int Rounds = 3;
    private const int LooksEach = 5;

    public double Ratio => Report / Bare;

    public static async Task<FiguresRun> MeasureAsync(ServiceProvider provider)
    {
        var database = provider.GetRequiredService<NpgsqlDataSource>();
        var definition = ReadReport.Text("bench.yaml", FiguresReport.Yaml);
        var (ours, bare, anew, kept, same) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), true);
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var computed = await With((ComputeReport compute) => compute.RunAsync(definition, null, Actor.Machine, default));
            ours.Add(watch.Elapsed.TotalSeconds);

            watch.Restart();
            var totals = await FiguresReport.BareAsync(database);
            bare.Add(watch.Elapsed.TotalSeconds);
            same &= computed.Figures.Select(figure => figure.Value ?? -1).SequenceEqual(totals);

            foreach (var (figure, number) in definition.Figures.Zip(computed.Figures))
            {
                watch.Restart();
                var behind = await With((FigureBehind sessions) => sessions.RunAsync(definition, figure, computed.AsAt, Actor.Machine, default));
                anew.Add(watch.Elapsed.TotalMilliseconds);
                same &= behind.Counted == (number.Numerator ?? number.Value);
            }
        }

        await With((BuildReports build) => build.RunAsync(Actor.Machine));
        var built = await With((NewestBuild builds) => builds.OfAsync(definition, Actor.Machine, default));
        foreach (var figure in built!.Report.Figures.SelectMany(figure => Enumerable.Repeat(figure, LooksEach)))
        {
            var watch = Stopwatch.StartNew();
            var behind = await With((NewestBuild builds) => builds.BehindAsync(built, figure.Id, default));
            kept.Add(watch.Elapsed.TotalMilliseconds);
            same &= behind!.Counted == (figure.Numerator ?? figure.Value);
        }

        return new FiguresRun(same, Of(ours, 0.5), Of(bare, 0.5), Of(kept, 0.95), Of(anew, 0.95));

        async Task<TResult> With<T, TResult>(Func<T, Task<TResult>> use) where T : notnull
        {
            await using var scope = provider.CreateAsyncScope();
            return await use(scope.ServiceProvider.GetRequiredService<T>());
        }
    }

    /// <summary>The program as it stands over a database, with the report that is measured as its only one.</summary>
    public static ServiceProvider Program(string connectionString, string content)
    {
        var reports = Directory.CreateDirectory(Path.Combine(content, "reports"));
        File.WriteAllText(Path.Combine(reports.FullName, "bench.yaml"), FiguresReport.Yaml);
        var services = new ServiceCollection();
        Site.AddFoundation(services, connectionString);
        return services.AddFigures(content).BuildServiceProvider();
    }

    private static double Of(List<double> times, double share) => times.Order().ElementAt((int)(times.Count * share));
}
