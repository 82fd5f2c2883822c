using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Learning.Database;

/// <summary>
/// A backup of the whole system: a ZIP file with an entry for each table of the program, in PostgreSQL's binary COPY format, and <c>backup.json</c>, which says what they are. Packages, recordings and the keys of
/// cookies lie in the database, so they are in it; the job engine's own tables are not, because it makes them anew.
/// </summary>
/// <param name="Migrations">What made the tables: a program that does not know one of them cannot read the backup.</param>
/// <param name="Sequences">The last number that each gave out.</param>
public sealed record BackupContents(int Format, DateTimeOffset TakenAt, IReadOnlyList<string> Migrations, IReadOnlyList<BackupTable> Tables, IReadOnlyDictionary<string, long> Sequences)
{
    /// <summary>The format that this program writes.</summary>
    public const int Written = 1;

    private const string Name = "backup.json";

    /// <summary>Writes the last entry, without which the file is none.</summary>
    internal async Task WriteAsync(ZipArchive file, CancellationToken stop)
    {
        await using var entry = file.CreateEntry(Name, CompressionLevel.Fastest).Open();
        await JsonSerializer.SerializeAsync(entry, this, JsonSerializerOptions.Web, stop);
    }

    /// <summary>What a file says that it holds.</summary>
    /// <exception cref="BackupException">It is no backup, or one of a newer program.</exception>
    internal static async Task<BackupContents> ReadAsync(ZipArchive file, CancellationToken stop)
    {
        if (file.GetEntry(Name) is not { } found)
        {
            throw new BackupException("The file is no backup of Learning.");
        }

        await using var entry = found.Open();
        BackupContents? contents;
        try
        {
            contents = await JsonSerializer.DeserializeAsync<BackupContents>(entry, JsonSerializerOptions.Web, stop);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new BackupException("The file is damaged: it does not say what it holds.", e);
        }

        return contents is not { Format: Written, Tables: not null, Migrations: not null, Sequences: not null }
            ? throw new BackupException($"The backup has a format that this program does not know ({contents?.Format}). Restore it with the program that took it, or a newer one.")
            : contents;
    }
}

/// <summary>A table of a backup.</summary>
/// <param name="Sha256">Of its entry's content, in hexadecimal.</param>
public sealed record BackupTable(string Name, IReadOnlyList<string> Columns, string Sha256)
{
    internal string Entry => $"tables/{Name}.copy";

    /// <summary>The command by which PostgreSQL gives or takes the table's rows.</summary>
    internal static string Copy(string name, IEnumerable<string> columns, string way) => $"copy public.{Quoted(name)} ({string.Join(", ", columns.Select(Quoted))}) {way} (format binary)";

    internal static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Copies all of a stream, and says what it was.</summary>
    internal static async Task<string> PassAsync(Stream from, Stream to, CancellationToken stop)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[128 * 1024];
        for (int read; (read = await from.ReadAsync(piece, stop)) > 0;)
        {
            digest.AppendData(piece, 0, read);
            await to.WriteAsync(piece.AsMemory(0, read), stop);
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}

/// <summary>A backup cannot be taken or restored; the message says in one line why, and nothing was changed.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
