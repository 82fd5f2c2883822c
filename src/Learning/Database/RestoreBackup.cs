using System.IO.Compression;

using Npgsql;

namespace Learning.Database;

/// <summary>
/// Puts a backup into an empty database, whole or not at all: the tables as they were, then what this program's newer migrations make of them. By the owner of the database, because constraints that point from table to
/// table, and triggers that answer to changes, are left out while it is filled; every one of them holds again before anything is kept.
/// </summary>
public static class RestoreBackup
{
    /// <summary>Restores the file.</summary>
    /// <param name="told">Hears the name of each table as it begins.</param>
    /// <exception cref="BackupException">The file is no backup, is damaged, or is of a newer program; or the database is not empty. Nothing was restored.</exception>
    public static async Task<BackupContents> RunAsync(string owner, string path, IProgress<string>? told = null, CancellationToken stop = default)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var contents = await BackupContents.ReadAsync(zip, stop);
            await PrepareAsync(owner, contents, stop);
            await FillAsync(owner, zip, contents, told, stop);
            await Migrator.RunAsync(owner, stop);
            return contents;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"{path} cannot be read: {e.Message}", e);
        }
    }

    // Tables as the backup knows them, without anybody in them.
    private static async Task PrepareAsync(string owner, BackupContents contents, CancellationToken stop)
    {
        if (contents.Migrations.Except(Migrator.Names()).Order(StringComparer.Ordinal).LastOrDefault() is { } newer)
        {
            throw new BackupException($"The backup was taken by a newer Learning ({newer}). Restore it with that one.");
        }

        await Migrator.RunAsync(owner, contents.Migrations, stop);
        await using var source = NpgsqlDataSource.Create(owner);
        await using var connection = await source.OpenConnectionAsync(stop);
        var ran = await TakeBackup.ListAsync(connection, "select name from migrations", row => row.GetString(0), stop);
        if (ran.Except(contents.Migrations).Any())
        {
            throw new BackupException("The database has tables that are newer than the backup. Restore into a database that no program was started on.");
        }

        if ((await TakeBackup.ListAsync(connection, "select exists (select from persons) or exists (select from agencies) or exists (select from courses)", row => row.GetBoolean(0), stop)).Single())
        {
            throw new BackupException("The database is not empty. Restore into one that is, such as another --data folder: what is here is not overwritten.");
        }
    }

    private static async Task FillAsync(string owner, ZipArchive zip, BackupContents contents, IProgress<string>? told, CancellationToken stop)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var foreign = await TakeBackup.ListAsync(connection, """
            select format('alter table %s drop constraint %I', conrelid::regclass, conname), format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
            from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by conrelid::regclass::text, conname
            """, row => (Drop: row.GetString(0), Add: row.GetString(1)), stop);
        var tables = await TakeBackup.ListAsync(connection, "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migrations'", row => BackupTable.Quoted(row.GetString(0)), stop);
        await DoAsync(connection, string.Join(";\n", foreign.Select(one => one.Drop).Concat(tables.Select(table => $"alter table public.{table} disable trigger user"))), stop);
        // What migrations put in themselves is in the backup as it had become.
        await DoAsync(connection, $"truncate {string.Join(", ", tables.Select(table => $"public.{table}"))}", stop);
        foreach (var table in contents.Tables)
        {
            told?.Report(table.Name);
            await CopyAsync(connection, zip, table, stop);
        }

        foreach (var (name, last) in contents.Sequences)
        {
            await using var set = new NpgsqlCommand("select setval(format('public.%I', $1)::regclass, $2)", connection) { Parameters = { new() { Value = name }, new() { Value = last } } };
            await set.ExecuteNonQueryAsync(stop);
        }

        await DoAsync(connection, string.Join(";\n", foreign.Select(one => one.Add).Concat(tables.Select(table => $"alter table public.{table} enable trigger user"))), stop);
        await transaction.CommitAsync(stop);
        await DoAsync(connection, "analyze", stop);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, ZipArchive zip, BackupTable table, CancellationToken stop)
    {
        var damaged = $"The file is damaged: the rows of {table.Name} are not what was backed up.";
        if (zip.GetEntry(table.Entry) is not { } found)
        {
            throw new BackupException(damaged);
        }

        try
        {
            await using var entry = found.Open();
            await using var rows = await connection.BeginRawBinaryCopyAsync(BackupTable.Copy(table.Name, table.Columns, "from stdin"), stop);
            if (await BackupTable.PassAsync(entry, rows, stop) != table.Sha256)
            {
                await rows.CancelAsync();
                throw new BackupException(damaged);
            }
        }
        catch (Exception e) when (e is PostgresException or InvalidDataException)
        {
            throw new BackupException(damaged, e);
        }
    }

    private static async Task DoAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(stop);
    }
}
