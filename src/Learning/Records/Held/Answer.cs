using System.Runtime.CompilerServices;

using Npgsql;

namespace Learning.Records.Held;

/// <summary>JSON as the database has it.</summary>
internal sealed record Json(string Text);

/// <summary>Asks a section's question, row by row: a value is text, a number, yes or no, an instant, a date, several texts, JSON, or null.</summary>
internal static class Answer
{
    private const string Sealed = "Only the person themselves can read this: under My notes, or in the report that they take themselves.";

    public static async IAsyncEnumerable<object?[]> RowsAsync(this Section section, NpgsqlConnection connection, HeldAbout about, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(section.Sql, connection) { Parameters = { new("persons", about.Persons) } };
        await using var reader = await command.ExecuteReaderAsync(stop);
        if (reader.FieldCount != section.Columns.Count)
        {
            throw new InvalidOperationException($"The section {section.Key} names {section.Columns.Count} columns and asks for {reader.FieldCount}.");
        }

        while (await reader.ReadAsync(stop))
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = await reader.IsDBNullAsync(i, stop) ? null : section.Columns[i].OwnEyes && !about.ByThemselves ? Sealed : Value(reader, i);
            }

            yield return row;
        }
    }

    private static object Value(NpgsqlDataReader reader, int column) => reader.GetDataTypeName(column) switch
    {
        "timestamp with time zone" => reader.GetFieldValue<DateTimeOffset>(column),
        "date" => reader.GetFieldValue<DateOnly>(column),
        "json" or "jsonb" => new Json(reader.GetString(column)),
        _ => reader.GetValue(column),
    };
}
