using System.Data;

using Learning.Database;
using Learning.People;
using Learning.Time;

using Npgsql;

namespace Learning.History;

/// <summary>What came of an export.</summary>
/// <param name="History">Files of the history formats, which an import reads.</param>
/// <param name="Tables">Tables beside them.</param>
/// <param name="Files">What people sent, as it was sent.</param>
public sealed record Exported(int History, int Tables, int Files);

/// <summary>An export cannot be written; the message says in one line why.</summary>
public sealed class ExportException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Writes everything to a new folder in open formats, as it is at one instant, while the system runs: the nine files of the history formats, which another installation imports; every table as CSV under <c>tables/</c>; and
/// what people sent, such as evidence and signed sheets, under <c>files/</c>. Left out is what only lets somebody in: passwords, keys, codes and tokens.
/// </summary>
public sealed class ExportHistory(NpgsqlDataSource database, Zone zone)
{
    // Tables of ways in, and of nothing that happened.
    private const string Secret = "^(accounts|account_.*|access_tokens|data_protection_keys|tablet_keys|allowances|kept_answers|known_devices|sign_in_codes)$";

    /// <exception cref="ExportException">The folder has something in it, or cannot be written.</exception>
    public async Task<Exported> RunAsync(string folder, Actor actor, IProgress<string>? told = null, CancellationToken stop = default)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new ExportException($"{folder} is there already and is not empty. Name a new folder.");
        }

        try
        {
            await using var connection = await database.OpenConnectionAsync(stop);
            await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
            foreach (var (format, query) in ExportedFiles.Queries)
            {
                await WriteAsync(connection, query, Path.Combine(folder, format.File), told, stop);
            }

            var tables = await TablesAsync(connection, stop);
            foreach (var (name, columns, _) in tables.Where(table => table.Columns.Length > 0))
            {
                await WriteAsync(connection, $"select {string.Join(", ", columns.Select(Quoted))} from public.{Quoted(name)} order by 1", Path.Combine(folder, "tables", $"{name}.csv"), told, stop);
            }

            var files = 0;
            foreach (var (name, _, key) in tables.Where(table => table.Key.Length > 0))
            {
                files += await FilesAsync(connection, name, key, Path.Combine(folder, "files", name), told, stop);
            }

            await snapshot.RollbackAsync(stop);
            await using var note = database.CreateCommand("insert into audit_entries (at, actor_id, verb, subject_kind) values ($1, $2, 'exported everything', 'installation')");
            note.Parameters.Add(new() { Value = zone.Now });
            note.Parameters.Add(new() { Value = (object?)actor.PersonId ?? DBNull.Value, DataTypeName = "uuid" });
            await note.ExecuteNonQueryAsync(stop);
            return new Exported(ExportedFiles.Queries.Count, tables.Count(table => table.Columns.Length > 0), files);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExportException($"The export cannot be written to {folder}: {e.Message}", e);
        }
    }

    private sealed record Table(string Name, string[] Columns, string[] Key);

    // Every table with its columns that are text of some kind; and, of those that hold files, what each file is known by.
    private static async Task<List<Table>> TablesAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand($"""
            select c.relname, array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.atttypid <> 'bytea'::regtype order by a.attnum),
                case when exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'content' and a.atttypid = 'bytea'::regtype)
                    then array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey) where i.indrelid = c.oid and i.indisprimary order by array_position(i.indkey::int2[], a.attnum)) else '{"{}"}' end
            from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname !~ $1 order by c.relname
            """, connection) { Parameters = { new() { Value = Secret } } };
        await using var reader = await command.ExecuteReaderAsync(stop);
        var tables = new List<Table>();
        while (await reader.ReadAsync(stop))
        {
            tables.Add(new Table(reader.GetString(0), reader.GetFieldValue<string[]>(1), reader.GetFieldValue<string[]>(2)));
        }

        return tables;
    }

    private static async Task WriteAsync(NpgsqlConnection connection, string query, string path, IProgress<string>? told, CancellationToken stop)
    {
        told?.Report(Path.GetFileName(path));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = new StreamWriter(path);
        using var rows = await connection.BeginTextExportAsync($"copy ({query}) to stdout (format csv, header)", stop);
        var piece = new char[64 * 1024];
        for (int read; (read = await rows.ReadAsync(piece, stop)) > 0;)
        {
            await file.WriteAsync(piece.AsMemory(0, read), stop);
        }
    }

    // A file's name is the key of its row: what it was called by whoever sent it is nobody's business.
    private static async Task<int> FilesAsync(NpgsqlConnection connection, string table, string[] key, string folder, IProgress<string>? told, CancellationToken stop)
    {
        told?.Report(table);
        await using var command = new NpgsqlCommand($"select concat_ws('_', {string.Join(", ", key.Select(Quoted))}), content from public.{Quoted(table)}", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, stop);
        var written = 0;
        while (await reader.ReadAsync(stop))
        {
            Directory.CreateDirectory(folder);
            var name = string.Concat(reader.GetString(0).Select(one => char.IsAsciiLetterOrDigit(one) || one is '-' or '_' or '.' ? one : '-'));
            await using var content = await reader.GetStreamAsync(1, stop);
            await using var file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew);
            await content.CopyToAsync(file, stop);
            written++;
        }

        return written;
    }

    private static string Quoted(string name) => BackupTable.Quoted(name);
}
