using Npgsql;

namespace Learning.Benchmarks.Storm;

/// <summary>Reads what is on record about the places of sessions, in the order in which it took effect.</summary>
internal static class StormHistory
{
    public static async Task<ILookup<string, Step>> ReadAsync(NpgsqlDataSource database)
    {
        var steps = new List<(string Ref, Step Step)>();
        await ReadAsync(database, """
            select s.ref, h.step, h.written_with::text, h.session_id, h.capacity, h.status = 'planned' from session_history h join sessions s on s.id = h.session_id
            """, row => steps.Add((row.GetString(0), new Step.Room(row.GetInt64(1), row.GetString(2), row.GetGuid(3), row.GetInt32(4), row.GetBoolean(5)))));
        await ReadAsync(database, """
            select s.ref, h.step, h.written_with::text, h.session_id, h.held_id, h.places, h.released from held_place_changes h join sessions s on s.id = h.session_id
            """, row => steps.Add((row.GetString(0), new Step.Held(row.GetInt64(1), row.GetString(2), row.GetGuid(3), row.GetGuid(4), row.GetInt32(5), row.GetBoolean(6)))));
        await ReadAsync(database, """
            select s.ref, c.step, c.written_with::text, c.session_id, c.booking_id, b.person_id, c.state, c.held_id, c.holds_place, c.line_at, b.number, c.recorded_by, c.reason, b.instead_of
            from booking_changes c join bookings b on b.id = c.booking_id join sessions s on s.id = c.session_id
            """, row => steps.Add((row.GetString(0), new Step.Booked(
                row.GetInt64(1), row.GetString(2), row.GetGuid(3), row.GetGuid(4), row.GetGuid(5), row.GetString(6), Id(row, 7), row.GetBoolean(8), row.GetFieldValue<DateTimeOffset>(9), row.GetInt64(10), Id(row, 11),
                row.IsDBNull(12) ? null : row.GetString(12), Id(row, 13)))));
        return steps.OrderBy(one => one.Step.Order).ToLookup(one => one.Ref, one => one.Step);
    }

    public static async Task<Facts> FactsAsync(NpgsqlDataSource database)
    {
        var (agencies, sectors, held, organisers) = (new Dictionary<Guid, IReadOnlyList<Guid>>(), new Dictionary<Guid, string>(), new Dictionary<Guid, (Guid?, string?)>(), new HashSet<Guid>());
        await ReadAsync(database, "select e.person_id, a.id, a.parent_id, a.sector from employments e join agencies a on a.id = e.agency_id", row =>
        {
            agencies[row.GetGuid(0)] = Id(row, 2) is { } parent ? [row.GetGuid(1), parent] : [row.GetGuid(1)];
            sectors[row.GetGuid(0)] = row.GetString(3);
        });
        await ReadAsync(database, "select id, agency_id, sector from held_places", row => held[row.GetGuid(0)] = (Id(row, 1), row.IsDBNull(2) ? null : row.GetString(2)));
        await ReadAsync(database, "select person_id from role_grants where role = 'business unit'", row => organisers.Add(row.GetGuid(0)));
        return new Facts(agencies, sectors, held, organisers);
    }

    /// <summary>How each session stands, as the database counts it, in the words of <see cref="Replay.Play"/>.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> StandAsync(NpgsqlDataSource database)
    {
        var stand = new Dictionary<string, string>();
        await ReadAsync(database, "select ref, taken || ' taken, ' || kept || ' kept of ' || capacity from sessions", row => stand[row.GetString(0)] = row.GetString(1));
        return stand;
    }

    private static Guid? Id(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    private static async Task ReadAsync(NpgsqlDataSource database, string sql, Action<NpgsqlDataReader> read)
    {
        await using var command = database.CreateCommand(sql);
        await using var row = await command.ExecuteReaderAsync();
        while (await row.ReadAsync())
        {
            read(row);
        }
    }
}
