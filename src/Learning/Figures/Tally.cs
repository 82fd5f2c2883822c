using Npgsql;

using NpgsqlTypes;

namespace Learning.Figures;

/// <summary>A counted row of a table: the keys ("*" for what is summed), the number, its denominator, and how many persons stand behind both (F6).</summary>
internal sealed record TallyRow(IReadOnlyList<string> Key, long Value, long? Of, long Persons, long OfPersons);

/// <summary>A count with its table and the digest of its records.</summary>
internal sealed record Tally(TallyRow Total, IReadOnlyList<TallyRow> Rows, string Digest)
{
    /// <summary>Counts in one statement: the total, and with breakdowns each row and each total of a row and of a column.</summary>
    public static async Task<Tally> OfAsync(NpgsqlConnection connection, Count count, Scope scope, IReadOnlyList<Breakdown> by, DateTimeOffset asAt, CancellationToken stop)
    {
        await using var command = Statement(connection, $"with recursive {count.Records(scope)}\n{string.Join("\nunion all\n", Selects(count, by))}", scope, asAt);
        var rows = new List<TallyRow>();
        var digest = "";
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            string[] key = [.. Enumerable.Range(0, by.Count).Select(i => reader.IsDBNull(i) ? Breakdowns.Total : reader.GetString(i))];
            rows.Add(new TallyRow(key, reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5)));
            digest = reader.IsDBNull(6) ? digest : reader.GetString(6);
        }

        var total = rows.Single(row => row.Key.All(key => key == Breakdowns.Total));
        return new Tally(total, [.. rows.Where(row => row != total)], digest);
    }

    /// <summary>A command with the parameters that every statement of the figures knows.</summary>
    public static NpgsqlCommand Statement(NpgsqlConnection connection, string sql, Scope scope, DateTimeOffset asAt)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter("as_at", NpgsqlDbType.TimestampTz) { Value = asAt.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter("to", NpgsqlDbType.Date) { Value = scope.To });
        command.Parameters.Add(new NpgsqlParameter("from", NpgsqlDbType.Date) { Value = scope.From is { } from ? from : DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("courses", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = scope.Courses is { } courses ? courses : DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("agencies", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = scope.Agencies is { } agencies ? agencies : DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("boards", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = scope.Boards is { } boards ? boards : DBNull.Value });
        return command;
    }

    /// Each is counted by itself, not summed from others: a person under two agencies counts in both rows and once in the total (F4).
    private static IEnumerable<string> Selects(Count count, IReadOnlyList<Breakdown> by)
    {
        yield return Select(count, null, null, digest: true);
        if (by.Count > 0)
        {
            yield return Select(count, by[0], null);
        }

        if (by.Count > 1)
        {
            yield return Select(count, null, by[1]);
            yield return Select(count, by[0], by[1]);
        }
    }

    private static string Select(Count count, Breakdown? first, Breakdown? second, bool digest = false)
    {
        Breakdown[] keys = [.. new[] { first, second }.OfType<Breakdown>()];
        var persons = count.Of is null ? "count(distinct r.person_id)" : "count(distinct r.person_id) filter (where r.dna)";
        return $"""
            select {Key(first)} as first, {Key(second)} as second, {count.Value}::bigint, {count.Of ?? "null"}::bigint, {persons}, {(count.Of is null ? "0::bigint" : "count(distinct r.person_id)")},
                {(digest ? "encode(sha256(coalesce(string_agg(r.record, ''::bytea order by r.record), ''::bytea)), 'hex')" : "null::text")}
            from records r {string.Join(" ", keys.SelectMany(Joins).Distinct())}
            {(keys.Length == 0 ? "" : "group by 1, 2")}
            """;
    }

    private static string Key(Breakdown? by) => by switch
    {
        null => "null::text",
        Breakdown.Agency => $"coalesce(a.code, '{Breakdowns.NotKnown}')",
        Breakdown.Sector => $"coalesce(a.sector, '{Breakdowns.NotKnown}')",
        Breakdown.Course => "c.code",
        Breakdown.Programme => "p.code",
        Breakdown.Month => "to_char(r.dated, 'YYYY-MM')",
        Breakdown.Quarter => """
            to_char(r.dated - interval '3 months', 'YYYY') || '-' || to_char(r.dated + interval '9 months', 'YY') || ' Q' || to_char(r.dated - interval '3 months', 'Q')
            """,
        Breakdown.Board => "r.board",
        Breakdown.Level => "graded.level",
        Breakdown.Owner => "o.code",
        _ => throw new ArgumentOutOfRangeException(nameof(by)),
    };

    // A course without a level, or in no programme, has no row there; it counts in the total.
    private static IEnumerable<string> Joins(Breakdown by) => by switch
    {
        Breakdown.Agency or Breakdown.Sector => ["left join agencies a on a.id = r.agency_id"],
        Breakdown.Course => ["join courses c on c.id = r.course_id"],
        Breakdown.Level => ["join courses graded on graded.id = r.course_id and graded.level is not null"],
        Breakdown.Owner => ["join courses c on c.id = r.course_id", "join agencies o on o.id = c.owner_id"],
        Breakdown.Programme => ["join course_programmes cp on cp.course_id = r.course_id", "join programmes p on p.id = cp.programme_id"],
        _ => [],
    };
}
