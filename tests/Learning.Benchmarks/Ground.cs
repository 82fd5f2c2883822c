using Learning.Database;

using Npgsql;

namespace Learning.Benchmarks;

/// <summary>A migrated database with durable settings, on a server of its own that goes when the scenario ends; or the server of LEARNING_DB. The site under load serves as the role that owns nothing.</summary>
public sealed class Ground : IAsyncDisposable
{
    private readonly PrivateServer? server;
    private readonly string folder;

    private Ground(string connectionString, string owner, PrivateServer? server, string folder) =>
        (ConnectionString, OwnerConnectionString, this.server, this.folder) = (connectionString, owner, server, folder);

    public string ConnectionString { get; }

    /// <summary>For tables and databases of the benchmark's own.</summary>
    public string OwnerConnectionString { get; }

    public static async Task<Ground> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("LEARNING_DB") is { Length: > 0 } given)
        {
            return new Ground((await ApplicationRole.PrepareAsync(given)).ConnectionString, given, null, "");
        }

        var folder = Path.Combine(Path.GetTempPath(), $"learning-bench-{Environment.ProcessId}");
        var server = await PrivateServer.StartAsync(folder, ["shared_buffers=1GB", "work_mem=64MB", "max_wal_size=8GB"]);
        return new Ground((await ApplicationRole.PrepareAsync(server.ConnectionString)).ConnectionString, server.ConnectionString, server, folder);
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
