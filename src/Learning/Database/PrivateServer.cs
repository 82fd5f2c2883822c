using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

using Npgsql;

namespace Learning.Database;

/// <summary>
/// A PostgreSQL server of this program's own, in a folder, on a free port of the loopback address, with a password that only the folder's owner can read.
/// Whoever uses it first starts it, whoever leaves last stops it: each holds a shared lock on a file. What a killed start left running is taken over.
/// Never runs as root: <see cref="Unprivileged"/>.
/// </summary>
public sealed class PrivateServer : IAsyncDisposable
{
    // A fifth of a second each: after five seconds what only looks alive is taken for dead, after a minute and a half the start fails.
    private const int LooksAlive = 25;
    private const int MostWaits = 450;

    private readonly string folder;
    private readonly Unprivileged user;
    private readonly string binaries;
    private FileStream? inUse;

    private PrivateServer(string folder, string binaries)
    {
        (this.folder, this.binaries) = (folder, binaries);
        user = new Unprivileged(folder, binaries);
    }

    /// <summary>How to reach the database <c>learning</c> on it, as its owner.</summary>
    public string ConnectionString { get; private set; } = "";

    private string Cluster => Path.Combine(folder, "postgres");

    private string PasswordFile => Path.Combine(folder, "password");

    private string LogFile => Path.Combine(folder, "postgres.log");

    private string LockFile => Path.Combine(folder, "in-use");

    /// <summary>Makes the server in <paramref name="folder"/> if there is none, starts it if it does not run, and connects. <paramref name="settings"/> are given to the server when this call starts it.</summary>
    public static async Task<PrivateServer> StartAsync(string folder, IReadOnlyList<string> settings, CancellationToken stop = default)
    {
        folder = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, ".writable"), "");
            File.Delete(Path.Combine(folder, ".writable"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnusableException($"The folder {folder} cannot be written. Choose another with --data, or change its permissions.", e);
        }

        var server = new PrivateServer(folder, PostgresBinaries.Find());
        using (await Exclusive.LockAsync(Path.Combine(folder, "starting"), stop))
        {
            await server.MakeAsync(stop);
            await server.StartAsync(settings, stop);
            server.inUse = new FileStream(server.LockFile, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
        }

        return server;
    }

    /// <summary>Stops the server, unless another process still uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        using (await Exclusive.LockAsync(Path.Combine(folder, "starting"), CancellationToken.None))
        {
            await (inUse?.DisposeAsync() ?? ValueTask.CompletedTask);
            if (Exclusive.TryLock(LockFile) is not { } last)
            {
                return;
            }

            await using (last)
            {
                await user.RunAsync(Path.Combine(binaries, "pg_ctl"), ["stop", "-D", Cluster, "-m", "fast", "-w"], CancellationToken.None);
            }
        }
    }

    private async Task MakeAsync(CancellationToken stop)
    {
        if (File.Exists(Path.Combine(Cluster, "PG_VERSION")) && File.Exists(PasswordFile))
        {
            return;
        }

        // What a start that was killed half-way left is not a database yet.
        if (Directory.Exists(Cluster))
        {
            Directory.Delete(Cluster, recursive: true);
        }

        var making = Cluster + ".new";
        if (Directory.Exists(making))
        {
            Directory.Delete(making, recursive: true);
        }

        user.MakeFolder(making);
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var passwordForInit = Path.Combine(making, "..", "password.new");
        await File.WriteAllTextAsync(passwordForInit, password, stop);
        File.SetUnixFileMode(passwordForInit, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        user.Own(passwordForInit);
        await user.MustRunAsync(
            Path.Combine(binaries, "initdb"),
            ["-D", making, "-U", "learning", "-E", "UTF8", "--locale=C.UTF-8", "-A", "scram-sha-256", "--pwfile", Path.GetFullPath(passwordForInit)], stop);
        File.Move(passwordForInit, PasswordFile, overwrite: true);
        Directory.Move(making, Cluster);
    }

    // What was killed may still look alive for a moment, and what was started may not answer yet: whoever answers is the server.
    private async Task StartAsync(IReadOnlyList<string> settings, CancellationToken stop)
    {
        var password = (await File.ReadAllTextAsync(PasswordFile, stop)).Trim();
        for (var wait = 0; wait <= MostWaits; wait++)
        {
            if (wait == LooksAlive || await user.RunAsync(Path.Combine(binaries, "pg_ctl"), ["status", "-D", Cluster], stop) is not 0)
            {
                await LaunchAsync(settings, stop);
            }

            if (await AnswersAsync(password, stop))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
        }

        throw new DatabaseUnusableException($"The private database in {folder} does not answer. What it said is in {LogFile}.");
    }

    private async Task LaunchAsync(IReadOnlyList<string> settings, CancellationToken stop)
    {
        // Connections come by TCP only; the folder's name may be too long for a socket.
        string[] own = [$"port={FreePort()}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "jit=off", "max_connections=200", "timezone=UTC", "lc_messages=C",
            // What it says of a row that it refuses would name somebody: its log says which rule was broken, and no more.
            "log_error_verbosity=terse",
        ];
        user.MakeFile(LogFile);
        await user.MustRunAsync(
            Path.Combine(binaries, "pg_ctl"),
            ["start", "-D", Cluster, "-l", LogFile, "-w", "-t", "60", "-o", string.Join(' ', own.Concat(settings).Select(setting => $"-c {setting}"))], stop);
    }

    private async Task<bool> AnswersAsync(string password, CancellationToken stop)
    {
        var pidFile = Path.Combine(Cluster, "postmaster.pid");
        if (!File.Exists(pidFile) || await File.ReadAllLinesAsync(pidFile, stop) is not { Length: > 3 } lines)
        {
            return false;
        }

        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = int.Parse(lines[3], CultureInfo.InvariantCulture), Username = "learning", Password = password, Database = "postgres",
            Pooling = false,
        };
        try
        {
            await using var admin = new NpgsqlConnection(connection.ConnectionString);
            await admin.OpenAsync(stop);
            await using var exists = new NpgsqlCommand("select count(*) from pg_database where datname = 'learning'", admin);
            if ((long)(await exists.ExecuteScalarAsync(stop))! == 0)
            {
                await using var create = new NpgsqlCommand("create database learning", admin);
                await create.ExecuteNonQueryAsync(stop);
            }
        }
        catch (NpgsqlException)
        {
            return false;
        }

        connection.Pooling = true;
        connection.Database = "learning";
        ConnectionString = connection.ConnectionString;
        return true;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
