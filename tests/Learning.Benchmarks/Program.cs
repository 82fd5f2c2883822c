using System.Text.Json;

using Learning.Benchmarks;

// One scenario a file; each prints one JSON line with what it measured and its ratio to a reference measured in the same run.
var chosen = args.Length == 0 ? Scenarios.All : [.. Scenarios.All.Where(scenario => args.Contains(scenario.Name))];
if (chosen.Count == 0)
{
    await Console.Error.WriteLineAsync($"No such scenario. There are: {string.Join(", ", Scenarios.All.Select(scenario => scenario.Name))}.");
    return 2;
}

var met = true;
foreach (var scenario in chosen)
{
    await using var ground = await Ground.StartAsync();
    await Console.Error.WriteLineAsync($"{scenario.Name}: {scenario.Work} …");
    var result = await scenario.RunAsync(ground);
    met &= result.Met;
    Console.WriteLine(JsonSerializer.Serialize(new { scenario = scenario.Name, result.Met, result.Measured }, Scenarios.Json));
}

return met ? 0 : 1;
