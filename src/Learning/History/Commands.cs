using System.Runtime.CompilerServices;

using Npgsql;

namespace Learning.History;

/// <summary>SQL by sets, which is all that an import does: no query per row.</summary>
internal static class Commands
{
    /// <summary>The rows of a query, read as they come.</summary>
    public static async IAsyncEnumerable<NpgsqlDataReader> RowsAsync(this NpgsqlConnection connection, string sql, object[] values, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var command = Make(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            yield return reader;
        }
    }

    /// <summary>Runs a statement; how many rows it changed.</summary>
    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, string sql, object[] values, CancellationToken stop)
    {
        await using var command = Make(connection, sql, values);
        return await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>The value of a column that may be null.</summary>
    public static T? Maybe<T>(this NpgsqlDataReader row, int column) where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    /// <summary>The text of a column that may be null.</summary>
    public static string? MaybeText(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static NpgsqlCommand Make(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
