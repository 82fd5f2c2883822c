using Learning.Database;

using Npgsql;

namespace Learning.Tests.Support;

/// <summary>
/// One PostgreSQL server for the whole run, with a migrated template that each test class clones in a tenth of a second. Tests stand on it as the program does: as the role that owns
/// nothing, whose rights the clones have from their template.
/// </summary>
public static class TestServer
{
    private static readonly Lazy<Task<Server>> Started = new(StartAsync);
    private static readonly SemaphoreSlim Cloning = new(1);
    private static int databases;

    private sealed record Server(string Owner, string Application);

    /// <summary>A new database with the schema of this program and nothing in it: how the program reaches it, and how its owner does.</summary>
    public static async Task<(string Application, string Owner)> NewDatabaseAsync()
    {
        var server = await Started.Value;
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}";
        await Cloning.WaitAsync();
        try
        {
            await using var admin = NpgsqlDataSource.Create(On(server.Owner, "postgres"));
            await using var create = admin.CreateCommand($"create database {name} template {Template}");
            await create.ExecuteNonQueryAsync();
        }
        finally
        {
            Cloning.Release();
        }

        return (On(server.Application, name), On(server.Owner, name));
    }

    private static string Template => $"template_{Environment.ProcessId}";

    private static async Task<Server> StartAsync()
    {
        string connection;
        if (Environment.GetEnvironmentVariable("LEARNING_DB") is { Length: > 0 } given)
        {
            connection = given;
        }
        else
        {
            // Nothing here outlives the run, so nothing is forced to the disk.
            Leftovers.Clear();
            var server = await PrivateServer.StartAsync(Leftovers.FolderOfThisRun, ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=256MB"]);
            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            {
                NpgsqlConnection.ClearAllPools();
                server.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(20));
            };
            connection = server.ConnectionString;
        }

        await using (var admin = NpgsqlDataSource.Create(On(connection, "postgres")))
        {
            await using var drop = admin.CreateCommand($"drop database if exists {Template}");
            await drop.ExecuteNonQueryAsync();
            await using var create = admin.CreateCommand($"create database {Template}");
            await create.ExecuteNonQueryAsync();
        }

        var served = await ApplicationRole.PrepareAsync(On(connection, Template));
        NpgsqlConnection.ClearAllPools();
        return new Server(connection, served.ConnectionString);
    }

    // Many at once wait for one lock in some tests, each with a connection: on a machine with too much to do that takes a while.
    private static string On(string connection, string database) =>
        new NpgsqlConnectionStringBuilder(connection) { Database = database, Timeout = 120, Pooling = database is not "postgres" && database != Template, MaxPoolSize = 40 }.ConnectionString;
}
