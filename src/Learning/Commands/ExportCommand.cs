using System.CommandLine;

using Learning.History;
using Learning.People;
using Learning.Time;

namespace Learning.Commands;

/// <summary><c>learning export FOLDER</c>: everything in open formats, the history among it importable again.</summary>
internal static class ExportCommand
{
    public static Command Make()
    {
        var folder = new Argument<string>("FOLDER") { Description = "A new folder" };
        var command = new Command("export", "Write everything to a folder in open formats") { folder, CommandLine.Data };
        command.SetAction((parsed, stop) => CommandLine.WithDatabaseAsync(parsed.GetValue(CommandLine.Data)!, services => services.AddHistory(), async services =>
        {
            var path = parsed.GetValue(folder)!;
            using var progress = new ProgressLine();
            var exported = await services.GetRequiredService<ExportHistory>().RunAsync(path, Actor.Machine, progress, stop);
            progress.Dispose();
            Console.WriteLine($"Exported to {path}: {exported.History} files of history, {British.Count(exported.Tables, "table")}, {British.Count(exported.Files, "file")} that people sent.");
            return 0;
        }, stop));
        return command;
    }
}
