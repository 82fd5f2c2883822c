using System.Data;
using System.IO.Compression;

using Npgsql;

namespace Learning.Database;

/// <summary>
/// Takes a backup while the system runs: every table as it is at one instant, whatever is written meanwhile. Nobody waits for it. The file is there when it is whole, readable by its owner alone, since it holds
/// everything that is known about people.
/// </summary>
public static class TakeBackup
{
    /// <summary>Writes the backup to a new file.</summary>
    /// <param name="told">Hears the name of each table as it begins.</param>
    /// <exception cref="BackupException">The file is there already, or cannot be written.</exception>
    public static async Task<BackupContents> RunAsync(string connectionString, string path, TimeProvider clock, IProgress<string>? told = null, CancellationToken stop = default)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw new BackupException($"{path} is there already. Name a new file, so that an older backup is not lost.");
        }

        var part = $"{path}.part";
        try
        {
            await using var file = new FileStream(part, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OperatingSystem.IsWindows() ? null : UnixFileMode.UserRead | UnixFileMode.UserWrite });
            BackupContents contents;
            using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                contents = await WriteAsync(connectionString, zip, clock, told, stop);
            }

            file.Flush(flushToDisk: true);
            await file.DisposeAsync();
            File.Move(part, path);
            return contents;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The backup cannot be written to {path}: {e.Message}", e);
        }
        finally
        {
            if (File.Exists(part))
            {
                File.Delete(part);
            }
        }
    }

    private static async Task<BackupContents> WriteAsync(string connectionString, ZipArchive zip, TimeProvider clock, IProgress<string>? told, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        var now = clock.GetUtcNow();
        var migrations = await ListAsync(connection, "select name from migrations order by name", row => row.GetString(0), stop);
        // What is worked out from other columns is not kept: the database works it out again.
        var tables = await ListAsync(connection, """
            select c.relname, array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum)
            from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations' order by c.relname
            """, row => (Name: row.GetString(0), Columns: row.GetFieldValue<string[]>(1)), stop);
        var kept = new List<BackupTable>();
        foreach (var (name, columns) in tables)
        {
            told?.Report(name);
            var table = new BackupTable(name, columns, "");
            await using var entry = zip.CreateEntry(table.Entry, CompressionLevel.Fastest).Open();
            await using var rows = await connection.BeginRawBinaryCopyAsync(BackupTable.Copy(name, columns, "to stdout"), stop);
            kept.Add(table with { Sha256 = await BackupTable.PassAsync(rows, entry, stop) });
        }

        // Sequences know no transaction: asked last, none is behind a row that was copied.
        var sequences = await ListAsync(connection, "select sequencename::text, last_value from pg_sequences where schemaname = 'public' and last_value is not null", row => (Name: row.GetString(0), Last: row.GetInt64(1)), stop);
        var contents = new BackupContents(BackupContents.Written, now, migrations, kept, sequences.ToDictionary(one => one.Name, one => one.Last));
        await contents.WriteAsync(zip, stop);
        return contents;
    }

    internal static async Task<List<T>> ListAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(stop);
        var all = new List<T>();
        while (await reader.ReadAsync(stop))
        {
            all.Add(read(reader));
        }

        return all;
    }
}
