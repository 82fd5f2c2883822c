using Learning.Database;

using Npgsql;

namespace Learning.Benchmarks;

/// <summary>A migrated database with durable settings, on a server of its own that goes when the scenario ends; or the server of LEARNING_DB.</summary>
public sealed class Ground : IAsyncDisposable
{
    private readonly PrivateServer? server;
    private readonly string folder;

    private Ground(string connectionString, PrivateServer? server, string folder) => (ConnectionString, this.server, this.folder) = (connectionString, server, folder);

    public string ConnectionString { get; }

    public static async Task<Ground> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("LEARNING_DB") is { Length: > 0 } given)
        {
            await Migrator.RunAsync(given);
            return new Ground(given, null, "");
        }

        var folder = Path.Combine(Path.GetTempPath(), $"learning-bench-{Environment.ProcessId}");
        var server = await PrivateServer.StartAsync(folder, ["shared_buffers=1GB", "work_mem=64MB", "max_wal_size=8GB"]);
        await Migrator.RunAsync(server.ConnectionString);
        return new Ground(server.ConnectionString, server, folder);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (server is not null)
        {
            await server.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
