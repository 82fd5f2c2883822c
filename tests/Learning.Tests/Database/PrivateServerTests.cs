using System.Diagnostics;

using Learning.Database;

using Npgsql;

namespace Learning.Tests.Database;

public sealed class PrivateServerTests : IDisposable
{
    private static readonly string[] Quick = ["fsync=off"];

    private readonly string folder = Directory.CreateTempSubdirectory("learning-private-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_killed_server_is_started_again_with_its_data()
    {
        var first = await PrivateServer.StartAsync(folder, Quick);
        await Run(first, "create table kept (what text); insert into kept values ('a booking'); checkpoint");
        NpgsqlConnection.ClearAllPools();
        using (var postmaster = Process.GetProcessById(int.Parse(File.ReadLines(Path.Combine(folder, "postgres", "postmaster.pid")).First())))
        {
            // The next start may meet it before the system has buried it.
            postmaster.Kill(entireProcessTree: true);
        }

        await using var second = await PrivateServer.StartAsync(folder, Quick);
        Assert.Equal("a booking", await Run(second, "select what from kept"));
        NpgsqlConnection.ClearAllPools();
        await first.DisposeAsync();
        Assert.Equal("a booking", await Run(second, "select what from kept"));
    }

    [Fact]
    public async Task Whoever_leaves_last_stops_it()
    {
        var first = await PrivateServer.StartAsync(folder, Quick);
        var second = await PrivateServer.StartAsync(folder, Quick);
        Assert.Equal(first.ConnectionString, second.ConnectionString);

        await first.DisposeAsync();
        Assert.Equal(1, await Run(second, "select 1"));

        NpgsqlConnection.ClearAllPools();
        await second.DisposeAsync();
        Assert.False(File.Exists(Path.Combine(folder, "postgres", "postmaster.pid")));
    }

    [Fact]
    public async Task Nobody_gets_in_without_the_password_that_only_the_owner_reads()
    {
        await using var server = await PrivateServer.StartAsync(folder, Quick);
        var guessed = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "learning", Pooling = false };
        await using var source = NpgsqlDataSource.Create(guessed.ConnectionString);
        await Assert.ThrowsAsync<PostgresException>(async () => await source.OpenConnectionAsync());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "password")));
    }

    private static async Task<object?> Run(PrivateServer server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
