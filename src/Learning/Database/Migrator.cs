using System.Reflection;

using Npgsql;

namespace Learning.Database;

/// <summary>Brings a database to the schema of this program: plain SQL, forward only, numbered, each in a transaction, under an advisory lock so that two starts do not meet.</summary>
public static class Migrator
{
    // Any number will do, as long as nothing else locks it.
    private const long Lock = 7_451_200_113;

    /// <summary>Runs what has not been run. Refuses a database that a newer program has migrated. Returns the names of what ran.</summary>
    public static Task<IReadOnlyList<string>> RunAsync(string connectionString, CancellationToken stop = default) => RunAsync(connectionString, Names(), stop);

    /// <summary>The same up to where a backup was taken: of what is named.</summary>
    internal static async Task<IReadOnlyList<string>> RunAsync(string connectionString, IReadOnlyCollection<string> wanted, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(stop);
        await ExecuteAsync(connection, $"select pg_advisory_lock({Lock})", stop);
        try
        {
            // A role that owns nothing may look, and go on where nothing is missing.
            var ran = await KnowsAsync(connection, stop) ? await RanAsync(connection, stop) : [];
            var known = Names();
            var newer = ran.Except(known).Order(StringComparer.Ordinal).ToList();
            if (newer.Count > 0)
            {
                throw new DatabaseUnusableException($"The database was migrated by a newer Learning ({newer[^1]}). Start that one, or use another database.");
            }

            var missing = known.Intersect(wanted).Except(ran).ToList();
            if (missing.Count > 0 && !await MayAsync(connection, stop))
            {
                throw new DatabaseUnusableException($"The database lacks what {missing[0]} and later migrations bring, and the role of LEARNING_DB may not make it. Start once with LEARNING_DB_OWNER, the role that owns the database.");
            }

            if (ran.Count == 0)
            {
                await ExecuteAsync(connection, "create table if not exists migrations (name text primary key, ran_at timestamptz not null default now())", stop);
            }

            foreach (var name in missing)
            {
                await using var transaction = await connection.BeginTransactionAsync(stop);
                await ExecuteAsync(connection, Text(name), stop);
                await using var note = new NpgsqlCommand("insert into migrations (name) values ($1)", connection, transaction) { Parameters = { new() { Value = name } } };
                await note.ExecuteNonQueryAsync(stop);
                await transaction.CommitAsync(stop);
            }

            return missing;
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    /// <summary>The migrations of this program, in order.</summary>
    public static IReadOnlyList<string> Names() =>
        [.. typeof(Migrator).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("migrations/", StringComparison.Ordinal)).Select(name => name["migrations/".Length..]).Order(StringComparer.Ordinal)];

    private static string Text(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"migrations/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static async Task<bool> KnowsAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("select to_regclass('migrations') is not null", connection);
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    private static async Task<bool> MayAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("select has_schema_privilege('public', 'create')", connection);
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    private static async Task<List<string>> RanAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("select name from migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var names = new List<string>();
        while (await reader.ReadAsync(stop))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(stop);
    }
}

/// <summary>The database cannot be used; the message says in one line what to do.</summary>
public sealed class DatabaseUnusableException(string message, Exception? inner = null) : Exception(message, inner);
