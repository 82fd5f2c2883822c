using System.CommandLine;

using Npgsql;

namespace Learning.Commands;

/// <summary><c>learning check</c>: walks every invariant over the data; exit 1 and the rows that break one.</summary>
internal static class CheckCommand
{
    public static Command Make()
    {
        var command = new Command("check", "Walk every invariant over the data") { CommandLine.Data };
        command.SetAction((parsed, stop) => CommandLine.WithDatabaseAsync(
            parsed.GetValue(CommandLine.Data)!, _ => { }, services => WalkAsync(services.GetRequiredService<NpgsqlDataSource>(), Console.Out, stop), stop));
        return command;
    }

    /// <summary>0 and a count when all hold; 1 and a line for each row that breaks one.</summary>
    internal static async Task<int> WalkAsync(NpgsqlDataSource database, TextWriter output, CancellationToken stop)
    {
        var broken = 0;
        foreach (var invariant in Invariants.All)
        {
            await using var command = database.CreateCommand(invariant.Sql);
            await using var reader = await command.ExecuteReaderAsync(stop);
            while (await reader.ReadAsync(stop))
            {
                broken++;
                await output.WriteLineAsync($"{invariant.Rule} {invariant.Sentence}: {reader.GetString(0)}");
            }
        }

        await output.WriteLineAsync(broken == 0 ? $"All {Invariants.All.Count} invariants hold." : $"{broken} rows break an invariant.");
        return broken == 0 ? 0 : 1;
    }
}
