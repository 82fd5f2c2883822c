using Npgsql;

namespace Learning.Database;

/// <summary>The database of this installation: the one that LEARNING_DB names, or a private server in the data folder. Migrated before anybody uses it.</summary>
public sealed class DatabaseHome : IAsyncDisposable
{
    private readonly PrivateServer? server;

    private DatabaseHome(string connectionString, PrivateServer? server) => (ConnectionString, this.server) = (connectionString, server);

    /// <summary>How to reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether the server is this program's own.</summary>
    public bool IsPrivate => server is not null;

    /// <summary>Opens the database. Throws <see cref="DatabaseUnusableException"/> with one clear line where it cannot be had.</summary>
    public static async Task<DatabaseHome> OpenAsync(string dataFolder, CancellationToken stop = default)
    {
        if (Environment.GetEnvironmentVariable("LEARNING_DB") is not { Length: > 0 } given)
        {
            var server = await PrivateServer.StartAsync(dataFolder, ["shared_buffers=256MB", "work_mem=32MB"], stop);
            await Migrator.RunAsync(server.ConnectionString, stop);
            return new DatabaseHome(server.ConnectionString, server);
        }

        try
        {
            var connectionString = new NpgsqlConnectionStringBuilder(given).ConnectionString;
            await Migrator.RunAsync(connectionString, stop);
            return new DatabaseHome(connectionString, null);
        }
        catch (ArgumentException e)
        {
            throw new DatabaseUnusableException("LEARNING_DB is not a connection string such as \"Host=db;Database=learning;Username=learning;Password=…\".", e);
        }
        catch (NpgsqlException e)
        {
            throw new DatabaseUnusableException($"The database of LEARNING_DB cannot be used: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
