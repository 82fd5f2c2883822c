using Npgsql;

namespace Learning.Figures;

/// <summary>The returns behind a figure of compliance (F9): of each agency and level the last of the period. They sum to the people in scope and to those with valid training.</summary>
internal static class ReturnsBehind
{
    public static async Task<Behind> OfAsync(NpgsqlConnection connection, Scope scope, DateTimeOffset asAt, CancellationToken stop)
    {
        await using var command = Tally.Statement(connection, $"""
            with recursive {Records.Of(RecordSet.Returns, scope, [Count.Compliance])}
            select a.code || ' ' || r.level, a.name || ', ' || lower(l.name), r.dated, r.valid::bigint, r.places::bigint
            from records r join agencies_then(@to - 1, @as_at) a on a.id = r.agency_id join training_levels l on l.code = r.level
            where r.in_period and {Records.Filter(Count.Compliance, scope)}
            order by r.dated, a.name, l.place
            """, scope, asAt).Limit("agencies", scope.Agencies);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = new List<BehindRow>();
        while (await reader.ReadAsync(stop))
        {
            rows.Add(new BehindRow(null, reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateOnly>(2), false, reader.GetInt64(3), reader.GetInt64(4), 1));
        }

        return new Behind(rows);
    }
}
