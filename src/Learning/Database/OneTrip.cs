using System.Text;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

using Npgsql;

namespace Learning.Database;

/// <summary>
/// Several statements to the database in one round trip, on the context's own connection and in its transaction, for verbs that others wait for: on a busy machine each trip costs more than most statements do.
/// Each statement sees what was committed before it, as if it had been sent alone. What fails, fails the whole trip.
/// </summary>
internal sealed class OneTrip(LearningDb db) : IAsyncDisposable
{
    private readonly NpgsqlBatch batch = ((NpgsqlConnection)db.Database.GetDbConnection()).CreateBatch();
    private readonly List<Func<NpgsqlDataReader, CancellationToken, Task>> readers = [];

    /// <summary>Adds a statement that returns nothing; what is interpolated are its parameters.</summary>
    public void Do(FormattableString sql) => batch.BatchCommands.Add(Command(sql));

    /// <summary>Adds a question; its rows, in their order, are in the list once the trip is made.</summary>
    public List<T> Ask<T>(FormattableString sql, Func<NpgsqlDataReader, T> row)
    {
        var rows = new List<T>();
        Do(sql);
        readers.Add(async (reader, stop) =>
        {
            while (await reader.ReadAsync(stop))
            {
                rows.Add(row(reader));
            }
        });
        return rows;
    }

    /// <summary>Makes the trip.</summary>
    public async Task MakeAsync(CancellationToken stop)
    {
        // The reader stands at the first answer that has columns, and goes on to the next; whatever failed between them is thrown there.
        await using var reader = await batch.ExecuteReaderAsync(stop);
        foreach (var read in readers)
        {
            await read(reader, stop);
            await reader.NextResultAsync(stop);
        }
    }

    /// <summary>Makes the trip and commits at its end. The transaction must be the context's own; it is over afterwards.</summary>
    public async Task CommitAsync(IDbContextTransaction transaction, CancellationToken stop)
    {
        Do($"commit");
        await MakeAsync(stop);
        await transaction.DisposeAsync();
    }

    public ValueTask DisposeAsync() => batch.DisposeAsync();

    private static NpgsqlBatchCommand Command(FormattableString sql)
    {
        var values = sql.GetArguments();
        var command = new NpgsqlBatchCommand(string.Format(null, CompositeFormat.Parse(sql.Format), [.. Enumerable.Range(1, values.Length).Select(object (number) => $"${number}")]));
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }
}
