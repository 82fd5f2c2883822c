using System.Text;

using Npgsql;

using NpgsqlTypes;

namespace Learning.ELearning.Packages;

/// <summary>The content of a package's files, in pieces, in the database: written as it is unpacked, so that no more than one piece is in memory.</summary>
internal static class PackagePieces
{
    /// <summary>Within the transaction of the connection.</summary>
    public static async Task WriteAsync(NpgsqlConnection database, Guid package, Stream zip, IReadOnlyList<ReadFile> files, CancellationToken stop)
    {
        await using (var rows = await database.BeginBinaryImportAsync("copy package_files (package_id, number, path, media_type, size) from stdin (format binary)", stop))
        {
            for (var number = 0; number < files.Count; number++)
            {
                await rows.StartRowAsync(stop);
                await rows.WriteAsync(package, NpgsqlDbType.Uuid, stop);
                await rows.WriteAsync(number, NpgsqlDbType.Integer, stop);
                await rows.WriteAsync(files[number].Path, NpgsqlDbType.Text, stop);
                await rows.WriteAsync(MediaTypes.Of(files[number].Path), NpgsqlDbType.Text, stop);
                await rows.WriteAsync(files[number].Size, NpgsqlDbType.Bigint, stop);
            }

            await rows.CompleteAsync(stop);
        }

        var buffer = new byte[PackageFile.PieceLength];
        await using var pieces = await database.BeginBinaryImportAsync("copy package_pieces (package_id, file, piece, content) from stdin (format binary)", stop);
        for (var number = 0; number < files.Count; number++)
        {
            var (file, piece) = (number, 0);
            await Unpack.EachAsync(zip, files[number].Entry, buffer, PackageLimits.LargestFile, async filling =>
            {
                await pieces.StartRowAsync(stop);
                await pieces.WriteAsync(package, NpgsqlDbType.Uuid, stop);
                await pieces.WriteAsync(file, NpgsqlDbType.Integer, stop);
                await pieces.WriteAsync(piece++, NpgsqlDbType.Integer, stop);
                await pieces.WriteAsync(filling, NpgsqlDbType.Bytea, stop);
            }, stop);
        }

        await pieces.CompleteAsync(stop);
    }

    /// <summary>A file by its path, whose capitals matter not.</summary>
    public static async Task<(int Number, string MediaType, long Size)?> FindAsync(NpgsqlDataSource database, Guid package, string path, CancellationToken stop)
    {
        await using var command = database.CreateCommand("select number, media_type, size from package_files where package_id = $1 and lower(path) = lower($2)");
        command.Parameters.Add(new() { Value = package });
        command.Parameters.Add(new() { Value = path.Normalize(NormalizationForm.FormC) });
        await using var reader = await command.ExecuteReaderAsync(stop);
        return await reader.ReadAsync(stop) ? (reader.GetInt32(0), reader.GetString(1), reader.GetInt64(2)) : null;
    }

    /// <summary>A piece; null where there is none of that number.</summary>
    public static async Task<byte[]?> ReadAsync(NpgsqlDataSource database, Guid package, int file, int piece, CancellationToken stop)
    {
        await using var command = database.CreateCommand("select content from package_pieces where package_id = $1 and file = $2 and piece = $3");
        command.Parameters.Add(new() { Value = package });
        command.Parameters.Add(new() { Value = file });
        command.Parameters.Add(new() { Value = piece });
        return (byte[]?)await command.ExecuteScalarAsync(stop);
    }
}
