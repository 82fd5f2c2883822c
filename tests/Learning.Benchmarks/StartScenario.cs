using System.Diagnostics;

using Learning.Benchmarks.Storm;

namespace Learning.Benchmarks;

/// <summary>A built clone that has its data: from the command to the first page, with the private database of its own folder.</summary>
public static class StartScenario
{
    private const int Times = 3;
    private const double MostSeconds = 6;

    public static readonly Scenario Scenario = new("start", $"from the command to the first page, {Times} times, with the private database", RunAsync);

    private static async Task<Result> RunAsync(Ground ground)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"learning-start-{Environment.ProcessId}");
        try
        {
            // The demonstration is made once; then the site starts over what is there.
            await using (await ServerProcess.OverFolderAsync(folder))
            {
            }

            var times = new List<double>();
            for (var i = 0; i < Times; i++)
            {
                var watch = Stopwatch.StartNew();
                await using var server = await ServerProcess.OverFolderAsync(folder);
                using var http = new HttpClient { BaseAddress = server.Address };
                (await http.GetAsync("/")).EnsureSuccessStatusCode();
                times.Add(watch.Elapsed.TotalSeconds);
            }

            var median = times.Order().ElementAt(Times / 2);
            return new Result(median < MostSeconds, new Dictionary<string, object> { ["seconds"] = Math.Round(median, 2), ["slowestSeconds"] = Math.Round(times.Max(), 2) });
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
