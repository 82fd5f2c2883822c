using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

using Learning.Database;

using Npgsql;

namespace Learning.Benchmarks;

/// <summary>The reference of what the same server does at best: PostgreSQL's own TPC-B, in a database beside, with 8 clients.</summary>
public sealed partial class PgBench
{
    private const string Name = "learning_pgbench";

    private readonly NpgsqlConnectionStringBuilder server;
    private readonly string program;

    private PgBench(NpgsqlConnectionStringBuilder server, string program) => (this.server, this.program) = (server, program);

    /// <summary>Fills its database: scale 10, so that clients seldom wait for one branch's row.</summary>
    public static async Task<PgBench> PrepareAsync(string connectionString)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Prepend(PostgresBinaries.Find());
        var program = folders.Select(folder => Path.Combine(folder, "pgbench")).FirstOrDefault(File.Exists)
            ?? throw new DatabaseUnusableException("pgbench was not found beside PostgreSQL's programs or on the PATH. Install PostgreSQL's contrib programs.");
        await using (var admin = NpgsqlDataSource.Create(connectionString))
        {
            await using var drop = admin.CreateCommand($"drop database if exists {Name}");
            await drop.ExecuteNonQueryAsync();
            await using var create = admin.CreateCommand($"create database {Name}");
            await create.ExecuteNonQueryAsync();
        }

        var bench = new PgBench(new NpgsqlConnectionStringBuilder(connectionString), program);
        await bench.RunAsync("-i", "-s", "10", "-q");
        return bench;
    }

    /// <summary>Transactions a second over some seconds.</summary>
    public async Task<double> TpsAsync(int seconds)
    {
        var said = await RunAsync("-c", "8", "-j", "2", "-T", seconds.ToString(CultureInfo.InvariantCulture));
        return double.Parse(Tps().Match(said).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(program, [.. arguments, "-h", server.Host!, "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-U", server.Username!, Name])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PGPASSWORD"] = server.Password;
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complaint = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await said : throw new InvalidOperationException($"pgbench failed: {await complaint}");
    }

    [GeneratedRegex(@"^tps = ([\d.]+)", RegexOptions.Multiline)]
    private static partial Regex Tps();
}
