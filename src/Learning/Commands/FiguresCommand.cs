using System.CommandLine;

using Learning.Figures;
using Learning.People;
using Learning.Time;

namespace Learning.Commands;

/// <summary><c>learning figures REPORT.yaml [--as-at INSTANT] [--format json|csv] [--published]</c>: computes a report; standard output is the report and nothing else.</summary>
internal static class FiguresCommand
{
    public static Command Make()
    {
        var report = new Argument<string>("REPORT.yaml") { Description = "The report's definition" };
        var asAt = new Option<DateTimeOffset?>("--as-at")
        {
            Description = "What was recorded up to this instant, such as 2024-05-01T00:00:00Z; now when it is not given", HelpName = "INSTANT",
            CustomParser = result =>
            {
                if (result.Tokens is [var token] && Instants.TryParse(token.Value, out var instant))
                {
                    return instant;
                }

                result.AddError("--as-at is an instant with its zone, such as 2024-05-01T00:00:00Z or 2024-05-01T01:00:00+01:00.");
                return null;
            },
        };
        var format = new Option<string>("--format") { Description = "json or csv", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "csv");
        var published = new Option<bool>("--published") { Description = "Leave out every number that a published table holds back (F6)" };
        var command = new Command("figures", "Compute a report") { report, asAt, format, published, CommandLine.Data };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetValue(report)!, parsed.GetValue(asAt), parsed.GetValue(format)!, parsed.GetValue(published), parsed.GetValue(CommandLine.Data)!, stop));
        return command;
    }

    private static async Task<int> RunAsync(string file, DateTimeOffset? asAt, string format, bool published, string data, CancellationToken stop)
    {
        try
        {
            var definition = await ReadReport.FileAsync(file, stop);
            return await CommandLine.WithDatabaseAsync(data, services => services.AddScoped<ComputeReport>(), async services =>
            {
                var report = await services.GetRequiredService<ComputeReport>().RunAsync(definition, asAt, Actor.Machine, stop);
                await Console.Out.WriteAsync(format == "csv" ? ReportCsv.Write(report, published) : ReportJson.Write(report, published) + "\n");
                return 0;
            }, stop);
        }
        catch (DefinitionException wrong)
        {
            throw new CommandException(wrong.Message);
        }
    }
}
