using Learning.Database;
using Learning.Time;

using Npgsql;

using static NpgsqlTypes.NpgsqlDbType;

namespace Learning.History;

/// <summary>
/// Writes sessions, their parts and trainers. A new session stands in its history from the beginning of time, and its cancellation from when it was cancelled (T4, H0);
/// a change to one that is known stands from now.
/// </summary>
internal static class WriteSessions
{
    public static async Task<IReadOnlyList<ImportCount>> ToAsync(NpgsqlConnection connection, Story story, Zone zone, CancellationToken stop)
    {
        var told = story.Sessions.All.Values.Where(session => session.IsTold).OrderBy(session => session.Line).ToList();
        await StageAsync(connection, told, story, zone, stop);
        var added = await connection.ExecuteAsync("""
            insert into sessions (id, ref, course_id, mode, venue, capacity, board, status, starts_at, ends_at, counted_on, booking_closes_at, changed_at, beyond_rules)
            select id, ref, course_id, mode, venue, capacity, board, 'planned', starts_at, ends_at, counted_on, starts_at, recorded_at, beyond_rules from import_sessions i
            where is_new order by line
            """, [], stop);
        await connection.ExecuteAsync("""
            update sessions s set parent_id = i.parent_id from import_sessions i where s.id = i.id and i.is_new and i.parent_id is not null
            """, [], stop);
        await connection.ExecuteAsync("""
            update sessions s set status = 'cancelled', cancelled_at = coalesce(i.cancelled_at, least(i.starts_at, $1)), changed_at = i.cancelled_recorded_at
            from import_sessions i where s.id = i.id and i.is_new and i.is_cancelled
            """, [story.Now], stop);
        var changed = await ChangeAsync(connection, story, stop);
        return
        [
            new("sessions", told.Count, added, changed),
            await PartsAsync(connection, story, zone, stop),
            .. await TrainersAsync(connection, told, story, stop),
        ];
    }

    private static async Task StageAsync(NpgsqlConnection connection, List<ToldSession> told, Story story, Zone zone, CancellationToken stop) =>
        await connection.StageAsync<ToldSession>("import_sessions", told,
        [
            new("id", Uuid, session => session.Id), new("ref", Text, session => session.Ref), new("is_new", NpgsqlTypes.NpgsqlDbType.Boolean, session => !session.InSystem),
            new("course_id", Uuid, session => session.Course!.Id), new("parent_id", Uuid, session => session.Parent?.Id), new("mode", Text, session => session.Mode!.Value.Word()),
            new("venue", Text, session => session.Venue), new("capacity", Integer, session => session.Capacity), new("board", Text, session => session.Board?.Word()),
            new("is_cancelled", NpgsqlTypes.NpgsqlDbType.Boolean, session => session.Status == ToldStatus.Cancelled), new("starts_at", TimestampTz, session => zone.InstantOf(session.FirstStart)),
            new("ends_at", TimestampTz, session => session.Parts.Values.Max(part => zone.InstantOf(part.EndsLocal!.Value))), new("counted_on", Date, session => session.CountedOn), new("cancelled_at", TimestampTz, session => session.CancelledAt),
            new("recorded_at", TimestampTz, session => story.RecordedAt(DateTimeOffset.MinValue, session.CountedOn)),
            new("cancelled_recorded_at", TimestampTz, session => story.RecordedAt(CancelledAt(session, story), session.CountedOn)),
            new("beyond_rules", NpgsqlTypes.NpgsqlDbType.Boolean, session => session.BeyondRules), new("line", Integer, session => session.Line),
        ], stop);

    /// <summary>When a session was cancelled; where nobody said, when it would have started.</summary>
    public static DateTimeOffset CancelledAt(ToldSession session, Story story) =>
        session.CancelledAt ?? (session.StartsAt < story.Now ? session.StartsAt.Value : story.Now);

    // A cancellation alone stands from when it was; the calendar entry's sequence rises with a move (B13).
    private static async Task<int> ChangeAsync(NpgsqlConnection connection, Story story, CancellationToken stop) => await connection.ExecuteAsync("""
        with now_as as (
            select s.id, i.course_id, case when $1 then i.parent_id else s.parent_id end as parent_id, i.mode, i.venue, i.capacity, case when $2 then i.board else s.board end as board,
                case when i.is_cancelled then 'cancelled' else 'planned' end as status, i.starts_at, i.ends_at, i.counted_on,
                case when i.is_cancelled then coalesce(i.cancelled_at, s.cancelled_at, least(i.starts_at, $3)) end as cancelled_at,
                i.cancelled_recorded_at, s.beyond_rules or i.beyond_rules as beyond_rules
            from sessions s join import_sessions i on i.id = s.id where not i.is_new)
        update sessions s set course_id = n.course_id, parent_id = n.parent_id, mode = n.mode, venue = n.venue, capacity = n.capacity, board = n.board, status = n.status,
            starts_at = n.starts_at, ends_at = n.ends_at, counted_on = n.counted_on, cancelled_at = n.cancelled_at, beyond_rules = n.beyond_rules,
            booking_closes_at = case when s.booking_closes_at = s.starts_at then n.starts_at else least(s.booking_closes_at, n.starts_at) end,
            sequence = s.sequence + case when (s.starts_at, s.ends_at, s.venue) is distinct from (n.starts_at, n.ends_at, n.venue) then 1 else 0 end,
            changed_at = case
                when (s.capacity, s.board, s.counted_on, s.starts_at, s.ends_at) is distinct from (n.capacity, n.board, n.counted_on, n.starts_at, n.ends_at)
                    or (s.status = 'cancelled' and n.status = 'planned') then $3
                when s.status <> n.status then greatest(s.changed_at, n.cancelled_recorded_at)
                else s.changed_at end
        from now_as n
        where s.id = n.id and (s.course_id, s.parent_id, s.mode, s.venue, s.capacity, s.board, s.status, s.starts_at, s.ends_at, s.counted_on, s.cancelled_at, s.beyond_rules)
            is distinct from (n.course_id, n.parent_id, n.mode, n.venue, n.capacity, n.board, n.status, n.starts_at, n.ends_at, n.counted_on, n.cancelled_at, n.beyond_rules)
        """, [story.Told.Contains((Format.Sessions, "parent")), story.Told.Contains((Format.Sessions, "board")), story.Now], stop);

    private static async Task<ImportCount> PartsAsync(NpgsqlConnection connection, Story story, Zone zone, CancellationToken stop)
    {
        var parts = story.Sessions.All.Values.SelectMany(session => session.Parts.Values.Where(part => part.IsTold).Select(part => (Session: session.Id, Part: part))).ToList();
        await connection.StageAsync<(Guid Session, ToldPart Part)>("import_parts", parts,
        [
            new("id", Uuid, row => row.Part.Id), new("session_id", Uuid, row => row.Session), new("number", Integer, row => row.Part.Number), new("title", Text, row => row.Part.Title),
            new("starts_local", Timestamp, row => row.Part.StartsLocal), new("ends_local", Timestamp, row => row.Part.EndsLocal),
            new("starts_at", TimestampTz, row => zone.InstantOf(row.Part.StartsLocal!.Value)), new("ends_at", TimestampTz, row => zone.InstantOf(row.Part.EndsLocal!.Value)),
        ], stop);
        var changed = await connection.ExecuteAsync("""
            update session_parts p set title = i.title, starts_local = i.starts_local, ends_local = i.ends_local, starts_at = i.starts_at, ends_at = i.ends_at
            from import_parts i where p.id = i.id and (p.title, p.starts_local, p.ends_local) is distinct from (i.title, i.starts_local, i.ends_local)
            """, [], stop);
        var added = await connection.ExecuteAsync("""
            insert into session_parts (id, session_id, number, title, starts_local, ends_local, starts_at, ends_at)
            select id, session_id, number, title, starts_local, ends_local, starts_at, ends_at from import_parts i where not exists (select from session_parts p where p.id = i.id)
            """, [], stop);

        // Parts told of a session that is not: its times, and the day on which it counts, are those of its parts (T1, T3).
        await connection.ExecuteAsync("""
            update sessions s set starts_at = p.starts_at, ends_at = p.ends_at, counted_on = p.day, sequence = s.sequence + 1, changed_at = $1
            from (select session_id, min(starts_at) as starts_at, max(ends_at) as ends_at, max(starts_local)::date as day from session_parts
                where session_id in (select session_id from import_parts) group by session_id) p
            where s.id = p.session_id and (s.starts_at, s.ends_at, s.counted_on) is distinct from (p.starts_at, p.ends_at, p.day)
            """, [story.Now], stop);
        // B14: what a history now puts outside the round that it was planned in is in none.
        await connection.ExecuteAsync($"delete from workshop_wishes w using sessions s where s.id = w.workshop_id and {Outside}", [], stop);
        await connection.ExecuteAsync($"update sessions s set round_id = null where {Outside}", [], stop);
        return new("parts", parts.Count, added, changed);
    }

    private const string Outside = """
        s.id in (select session_id from import_parts) and exists (
            select from conference_rounds r join session_parts p on p.session_id = s.id
            where r.id = s.round_id and (r.conference_id <> s.parent_id or p.starts_local < r.starts_local or p.ends_local > r.ends_local))
        """;

    private static async Task<IReadOnlyList<ImportCount>> TrainersAsync(NpgsqlConnection connection, List<ToldSession> told, Story story, CancellationToken stop)
    {
        if (!story.Told.Contains((Format.Sessions, "trainers")))
        {
            return [];
        }

        var trainers = told.SelectMany(session => session.Trainers.Select(person => (Session: session.Id, Person: person.Id))).ToList();
        await connection.StageAsync<(Guid Session, Guid Person)>("import_trainers", trainers, [new("session_id", Uuid, row => row.Session), new("person_id", Uuid, row => row.Person)], stop);
        var removed = await connection.ExecuteAsync("""
            delete from session_trainers t using import_sessions i
            where t.session_id = i.id and not exists (select from import_trainers x where (x.session_id, x.person_id) = (t.session_id, t.person_id))
            """, [], stop);
        var added = await connection.ExecuteAsync("insert into session_trainers (session_id, person_id) select session_id, person_id from import_trainers on conflict do nothing", [], stop);
        return [new("trainers", trainers.Count, added, removed)];
    }
}
