using Npgsql;

namespace Learning.Database;

/// <summary>
/// The database of this installation: the one that LEARNING_DB names, or a private server in the data folder. Migrated before anybody uses it, as its owner (of LEARNING_DB:
/// LEARNING_DB_OWNER where that is given), and then used as a role that owns nothing (<see cref="ApplicationRole"/>).
/// </summary>
public sealed class DatabaseHome : IAsyncDisposable
{
    private static readonly string[] Settings = ["shared_buffers=256MB", "work_mem=32MB"];

    private readonly PrivateServer? server;

    private DatabaseHome(ServingAs role, PrivateServer? server) => (ConnectionString, Weakness, this.server) = (role.ConnectionString, role.Because, server);

    /// <summary>How to reach it, as the role that serves.</summary>
    public string ConnectionString { get; }

    /// <summary>Why it is used as its owner although a role was made that owns nothing; null where all is well, or the owner may make no roles.</summary>
    public string? Weakness { get; }

    /// <summary>Whether the server is this program's own.</summary>
    public bool IsPrivate => server is not null;

    /// <summary>Opens the database. Throws <see cref="DatabaseUnusableException"/> with one clear line where it cannot be had.</summary>
    public static async Task<DatabaseHome> OpenAsync(string dataFolder, CancellationToken stop = default)
    {
        if (Environment.GetEnvironmentVariable("LEARNING_DB") is not { Length: > 0 } given)
        {
            var server = await PrivateServer.StartAsync(dataFolder, Settings, stop);
            return new DatabaseHome(await ApplicationRole.PrepareAsync(server.ConnectionString, stop), server);
        }

        try
        {
            var owner = Environment.GetEnvironmentVariable("LEARNING_DB_OWNER");
            var connectionString = new NpgsqlConnectionStringBuilder(given).ConnectionString;
            return new DatabaseHome(owner is { Length: > 0 } ? await ApplicationRole.PrepareAsync(owner, connectionString, stop) : await ApplicationRole.PrepareAsync(connectionString, stop), null);
        }
        catch (ArgumentException e)
        {
            throw new DatabaseUnusableException("LEARNING_DB or LEARNING_DB_OWNER is not a connection string such as \"Host=db;Database=learning;Username=learning;Password=…\".", e);
        }
        catch (NpgsqlException e)
        {
            throw new DatabaseUnusableException($"The database of LEARNING_DB cannot be used: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>The same as its owner and as it is, not migrated: for a backup that is to be put into it.</summary>
    public static async Task<DatabaseHome> OpenAsItIsAsync(string dataFolder, CancellationToken stop = default)
    {
        var given = new[] { "LEARNING_DB_OWNER", "LEARNING_DB" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => value is { Length: > 0 });
        var server = Environment.GetEnvironmentVariable("LEARNING_DB") is { Length: > 0 } ? null : await PrivateServer.StartAsync(dataFolder, Settings, stop);
        return new DatabaseHome(new ServingAs(server?.ConnectionString ?? given!), server);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
