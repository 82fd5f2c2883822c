using Npgsql;

using NpgsqlTypes;

namespace Learning.Figures;

/// <summary>A counted row of a table: the keys ("*" for what is summed), the number, its denominator, and how many persons stand behind both (F6).</summary>
internal sealed record TallyRow(IReadOnlyList<string> Key, long Value, long? Of, long Persons, long OfPersons);

/// <summary>A count with its table and the digest of its records.</summary>
internal sealed record Tally(TallyRow Total, IReadOnlyList<TallyRow> Rows, string Digest)
{
    /// <summary>A command with the parameters that every statement of the figures knows.</summary>
    public static NpgsqlCommand Statement(NpgsqlConnection connection, string sql, Scope scope, DateTimeOffset asAt)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter("as_at", NpgsqlDbType.TimestampTz) { Value = asAt.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter("to", NpgsqlDbType.Date) { Value = scope.To });
        command.Parameters.Add(new NpgsqlParameter("from", NpgsqlDbType.Date) { Value = scope.From is { } from ? from : DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("courses", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = scope.Courses is { } courses ? courses : DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("boards", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = scope.Boards is { } boards ? boards : DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("levels", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = scope.Levels is { } levels ? levels : DBNull.Value });
        return command;
    }
}

/// <summary>The list of agencies, which differs from figure to figure of one statement.</summary>
internal static class Limits
{
    public static NpgsqlCommand Limit(this NpgsqlCommand command, string name, Guid[]? agencies)
    {
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = agencies is { } chosen ? chosen : DBNull.Value });
        return command;
    }
}
