using System.CommandLine;

using Learning.History;
using Learning.People;
using Learning.Time;

namespace Learning.Commands;

/// <summary>
/// <c>learning import FOLDER [--dry-run]</c>: brings in a folder of history, whole or not at all. Standard output has the counts, or a line for each mistake and nothing else;
/// standard error has warnings, one sentence in the end, and the progress where somebody watches.
/// </summary>
internal static class ImportCommand
{
    public static Command Make()
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder with agencies.csv, people.csv and so on" };
        folder.Validators.Add(result =>
        {
            if (!Directory.Exists(result.GetValueOrDefault<string>()))
            {
                result.AddError($"There is no folder {result.GetValueOrDefault<string>()}.");
            }
        });
        var dryRun = new Option<bool>("--dry-run") { Description = "Check everything and say what would happen, and change nothing" };
        var command = new Command("import", "Bring in history from CSV files") { folder, dryRun, CommandLine.Data };
        command.SetAction((parsed, stop) => CommandLine.WithDatabaseAsync(
            parsed.GetValue(CommandLine.Data)!, services => services.AddHistory(),
            services => RunAsync(services.GetRequiredService<ImportHistory>(), parsed.GetValue(folder)!, parsed.GetValue(dryRun), Console.Out, Console.Error, stop), stop));
        return command;
    }

    /// <summary>0 and counts, or 1 and a line for each mistake.</summary>
    internal static async Task<int> RunAsync(ImportHistory import, string folder, bool dryRun, TextWriter output, TextWriter errors, CancellationToken stop)
    {
        using var line = errors == Console.Error ? new ProgressLine() : null;
        ImportOutcome outcome;
        try
        {
            outcome = await import.RunAsync(folder, dryRun, line is null ? null : new Told(line), Actor.Machine, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw new CommandException("Stopped; nothing was imported.");
        }

        line?.Dispose();
        switch (outcome)
        {
            case ImportOutcome.Refused refused:
                foreach (var mistake in refused.Mistakes)
                {
                    await output.WriteLineAsync(mistake.ToString());
                }

                await errors.WriteLineAsync($"Nothing was imported: {British.Count(refused.Mistakes.Count, "mistake")}.");
                return 1;
            case ImportOutcome.Imported imported:
                foreach (var count in imported.Counts.Where(count => count.Told + count.New + count.Changed > 0))
                {
                    await output.WriteLineAsync($"{count.What}: {British.Number(count.Told)} in the folder, {British.Number(count.New)} new, {British.Number(count.Changed)} changed");
                }

                foreach (var warning in imported.Warnings)
                {
                    await errors.WriteLineAsync($"Warning: {warning}");
                }

                await errors.WriteLineAsync(dryRun ? "A dry run: nothing was changed." : imported.AnyChange ? "Imported." : "Everything was here already.");
                return 0;
            default:
                throw new InvalidOperationException($"An import ended as {outcome.GetType().Name}.");
        }
    }

    private sealed class Told(ProgressLine line) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => line.Report(value.Rows == 0 ? value.At : $"{value.At}: {British.Number(value.Rows)} rows");
    }
}
