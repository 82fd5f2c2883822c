using Learning.Database;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.ELearning;

/// <summary>A PostgreSQL server of a test's own, with the program's schema, which the test stops in the middle of everything and starts again where it was.</summary>
internal sealed class StoppableDatabase : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("learning-stopped-").FullName;
    private PrivateServer server = null!;

    public Ground Ground { get; private set; } = null!;

    public static async Task<StoppableDatabase> StartAsync()
    {
        var database = new StoppableDatabase();
        database.server = await PrivateServer.StartAsync(database.folder, ["fsync=off"]);
        database.Ground = Ground.OnServer((await ApplicationRole.PrepareAsync(database.server.ConnectionString)).ConnectionString, database.server.ConnectionString);
        return database;
    }

    /// <summary>As when its machine loses power: every connection breaks, and nobody gets a new one.</summary>
    public Task StopAsync() => ControlAsync("stop", "-m", "immediate");

    /// <summary>With what it was started with before, on the same port.</summary>
    public async Task GoOnAsync()
    {
        await ControlAsync("restart", "-m", "immediate", "-l", Path.Combine(folder, "postgres.log"));
        Ground.ForgetConnections();
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncLifetime)Ground).DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task ControlAsync(string what, params string[] arguments)
    {
        var binaries = PostgresBinaries.Find();
        await new Unprivileged(folder, binaries).MustRunAsync(Path.Combine(binaries, "pg_ctl"), [what, "-D", Path.Combine(folder, "postgres"), "-w", "-t", "60", .. arguments], CancellationToken.None);
    }
}
