using Npgsql;

using NpgsqlTypes;

namespace Learning.History;

/// <summary>A column of what is brought to the database at once, before SQL makes the real rows of it.</summary>
internal sealed record Staged<T>(string Name, NpgsqlDbType Type, Func<T, object?> Value);

/// <summary>Brings rows to the database by COPY, into a table that lasts as long as the transaction.</summary>
internal static class Stage
{
    /// <summary>Makes the table and fills it, in the order of the rows.</summary>
    public static async Task StageAsync<T>(this NpgsqlConnection connection, string table, IEnumerable<T> rows, IReadOnlyList<Staged<T>> columns, CancellationToken stop, Action<int>? progress = null)
    {
        await connection.ExecuteAsync($"create temp table {table} ({string.Join(", ", columns.Select(column => $"{column.Name} {Sql(column.Type)}"))}) on commit drop", [], stop);
        await using (var writer = await connection.BeginBinaryImportAsync($"copy {table} ({string.Join(", ", columns.Select(column => column.Name))}) from stdin (format binary)", stop))
        {
            writer.Timeout = Timeout.InfiniteTimeSpan;
            var written = 0;
            foreach (var row in rows)
            {
                await writer.StartRowAsync(stop);
                foreach (var column in columns)
                {
                    if (column.Value(row) is { } value)
                    {
                        await writer.WriteAsync(value, column.Type, stop);
                    }
                    else
                    {
                        await writer.WriteNullAsync(stop);
                    }
                }

                if (++written % 10_000 == 0)
                {
                    progress?.Invoke(written);
                }
            }

            await writer.CompleteAsync(stop);
        }

        await connection.ExecuteAsync($"analyze {table}", [], stop);
    }

    private static string Sql(NpgsqlDbType type) => type switch
    {
        NpgsqlDbType.Uuid => "uuid",
        NpgsqlDbType.Text => "text",
        NpgsqlDbType.Boolean => "boolean",
        NpgsqlDbType.Integer => "integer",
        NpgsqlDbType.Numeric => "numeric",
        NpgsqlDbType.Date => "date",
        NpgsqlDbType.Timestamp => "timestamp",
        NpgsqlDbType.TimestampTz => "timestamptz",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No column of history has this type."),
    };
}
