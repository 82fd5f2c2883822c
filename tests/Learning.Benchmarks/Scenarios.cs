using System.Text.Json;

namespace Learning.Benchmarks;

/// <summary>What is measured: a name for the command line, the work in words, and the run over a fresh database.</summary>
public sealed record Scenario(string Name, string Work, Func<Ground, Task<Result>> RunAsync);

/// <summary>What came out: the numbers by name, and whether exactness and the target ratio were met.</summary>
public sealed record Result(bool Met, IReadOnlyDictionary<string, object> Measured);

/// <summary>The list of scenarios.</summary>
public static class Scenarios
{
    public static readonly IReadOnlyList<Scenario> All = [BookingRush.Rush, BookingRush.Spread, Storm.BookingStorm.Scenario, PagesScenario.Scenario, StartScenario.Scenario, ImportScenario.Scenario, Registers.Scenario, MessagesScenario.Scenario, LearningRush.Scenario, FiguresScenario.Scenario, FiguresScale.Scenario, ProtectionScenario.Scenario];

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
}
