using System.Security.Cryptography;
using System.Text;

using Npgsql;

namespace Learning.Database;

/// <summary>As whom the program serves, and where it is not a role of its own but should be, why.</summary>
public sealed record ServingAs(string ConnectionString, string? Because = null);

/// <summary>
/// The database role as which the program serves, which owns nothing and can only add to the audit trail (S3); migrations run as the owner. Where the owner may make roles, it makes this
/// one: its name follows from the database's and its password from the owner's, so that every server of the site finds the same and nothing more is kept.
/// </summary>
public static class ApplicationRole
{
    // Any number will do, as long as nothing else locks it.
    private const long Lock = 7_451_200_114;

    private const int LongestName = 63;

    /// <summary>Migrates as the owner and gives <paramref name="application"/>'s role its rights.</summary>
    public static async Task<ServingAs> PrepareAsync(string owner, string application, CancellationToken stop = default)
    {
        await Migrator.RunAsync(owner, stop);
        var (asOwner, asApplication) = (new NpgsqlConnectionStringBuilder(owner), new NpgsqlConnectionStringBuilder(application));
        if (asOwner.Username != asApplication.Username && asApplication.Username is { } role)
        {
            await WithLockAsync(owner, connection => Rights.GiveAsync(connection, role, stop), stop);
        }

        return new ServingAs(application);
    }

    /// <summary>Migrates, makes the role where it can be made, and says how to connect as it; otherwise everything runs as the owner, and the triggers alone hold.</summary>
    public static async Task<ServingAs> PrepareAsync(string owner, CancellationToken stop = default)
    {
        await Migrator.RunAsync(owner, stop);
        var settings = new NpgsqlConnectionStringBuilder(owner);
        if (settings.Password is not { Length: > 0 } secret)
        {
            return new ServingAs(owner);
        }

        var database = settings.Database ?? settings.Username ?? "";
        var role = NameFor(database);
        var password = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 24, info: Encoding.UTF8.GetBytes($"the role {role}")));
        var served = new NpgsqlConnectionStringBuilder(owner) { Username = role, Password = password }.ConnectionString;
        var prepared = false;
        await WithLockAsync(owner, async connection =>
        {
            if (prepared = await MayMakeAsync(connection, stop))
            {
                await MakeAsync(connection, role, password, stop);
                await Rights.GiveAsync(connection, role, stop);
                // The owner's password may have changed since, and this one's with it.
                if (await RefusedAsync(served, stop) is { SqlState: PostgresErrorCodes.InvalidPassword })
                {
                    await ExecuteAsync(connection, $"alter role {Quoted(role)} password '{password}'", stop);
                }
            }
        }, stop);
        return !prepared ? new ServingAs(owner)
            : await RefusedAsync(served, stop) is { } refused ? new ServingAs(owner, $"the server does not let {role} in ({refused.MessageText})")
            : new ServingAs(served);
    }

    /// <summary>The role of a database that the owner makes by itself.</summary>
    public static string NameFor(string database) => database.Length + "_app".Length <= LongestName ? $"{database}_app" : $"{database[..(LongestName - "_app".Length)]}_app";

    private static async Task<bool> MayMakeAsync(NpgsqlConnection owner, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("select rolsuper or rolcreaterole from pg_roles where rolname = current_user", owner);
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    private static async Task MakeAsync(NpgsqlConnection owner, string role, string password, CancellationToken stop)
    {
        await using var known = new NpgsqlCommand("select exists (select from pg_roles where rolname = $1)", owner) { Parameters = { new() { Value = role } } };
        if (!(bool)(await known.ExecuteScalarAsync(stop))!)
        {
            await ExecuteAsync(owner, $"create role {Quoted(role)} login noinherit password '{password}'", stop);
        }
    }

    private static async Task<PostgresException?> RefusedAsync(string connectionString, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(stop);
            return null;
        }
        catch (PostgresException e)
        {
            return e;
        }
    }

    // Roles and rights are changed by one start at a time.
    private static async Task WithLockAsync(string owner, Func<NpgsqlConnection, Task> work, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(owner) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(stop);
        await ExecuteAsync(connection, $"select pg_advisory_lock({Lock})", stop);
        await work(connection);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
