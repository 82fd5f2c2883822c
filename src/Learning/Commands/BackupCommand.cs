using System.CommandLine;

using Learning.Database;
using Learning.Time;

using Npgsql;

namespace Learning.Commands;

/// <summary>
/// <c>learning backup FILE</c>: the whole system in one file, as it is at one instant, while it runs. <c>learning restore FILE</c>: puts it into an empty database, whole or not at all, and walks every invariant over it.
/// </summary>
internal static class BackupCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("FILE") { Description = "The file to write; it must not be there yet" };
        var command = new Command("backup", "Back up the whole system while it runs") { file, CommandLine.Data };
        command.SetAction(async (parsed, stop) =>
        {
            await using var home = await DatabaseHome.OpenAsync(parsed.GetValue(CommandLine.Data)!, stop);
            var path = parsed.GetValue(file)!;
            using var progress = new ProgressLine();
            var contents = await TakeBackup.RunAsync(home.ConnectionString, path, TimeProvider.System, progress, stop);
            progress.Dispose();
            Console.WriteLine($"Backed up {British.Count(contents.Tables.Count, "table")} to {path}, {British.Number(new FileInfo(path).Length)} bytes. It holds everything that is known about people: keep it as you keep the database.");
            return 0;
        });
        return command;
    }

    public static Command MakeRestore()
    {
        var file = new Argument<string>("FILE") { Description = "A backup" };
        file.Validators.Add(result =>
        {
            if (!File.Exists(result.GetValueOrDefault<string>()))
            {
                result.AddError($"There is no file {result.GetValueOrDefault<string>()}.");
            }
        });
        var command = new Command("restore", "Put a backup into an empty database, and check it") { file, CommandLine.Data };
        command.SetAction(async (parsed, stop) =>
        {
            await using var home = await DatabaseHome.OpenAsItIsAsync(parsed.GetValue(CommandLine.Data)!, stop);
            using var progress = new ProgressLine();
            var contents = await RestoreBackup.RunAsync(home.ConnectionString, parsed.GetValue(file)!, progress, stop);
            progress.Dispose();
            Console.WriteLine($"Restored {British.Count(contents.Tables.Count, "table")}, as they were at {contents.TakenAt:u}.");
            await using var database = NpgsqlDataSource.Create(home.ConnectionString);
            return await CheckCommand.WalkAsync(database, Console.Out, stop);
        });
        return command;
    }
}
