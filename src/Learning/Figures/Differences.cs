using System.Text.RegularExpressions;

using Learning.Database;

using Npgsql;

using NpgsqlTypes;

namespace Learning.Figures;

/// <summary>
/// The records in which one count differs between two instants, and why (F8): both sets by the same statement, laid side by side, and for each that differs the newest thing recorded in between that
/// explains it. What nothing recorded in between explains is the catalogue's, or was imported with an earlier date (H0).
/// </summary>
internal static partial class Differences
{
    /// <summary>Listed at most, of one figure.</summary>
    public const int Most = 200;

    /// <summary>The differing records, at most <see cref="Most"/>, and how many there are.</summary>
    /// <param name="then">The scope as at the signing.</param>
    /// <param name="now">The scope as at the new count.</param>
    public static async Task<(int Total, IReadOnlyList<Difference> Listed)> OfAsync(
        NpgsqlConnection connection, Count count, Scope then, DateTimeOffset thenAt, Scope now, DateTimeOffset nowAt, CancellationToken stop)
    {
        await using var command = Tally.Statement(connection, $"""
            with now_side as materialized ({Side(count, now)}),
            then_side as materialized ({Parameter().Replace(Side(count, then), "@then_$1")}),
            differing as (
                select coalesce(n.session_id, t.session_id) as session_id, coalesce(n.course_id, t.course_id) as course_id, coalesce(n.dated, t.dated) as dated, coalesce(n.agency_id, t.agency_id) as agency_id,
                    t.fact as then_fact, n.fact as now_fact, t.person_id as then_person, n.person_id as now_person
                from now_side n full join then_side t on t.fact = n.fact {(count.Set == RecordSet.Trainers ? "and t.person_id = n.person_id" : "")}
                where n.fact is null or t.fact is null or (n.more, n.person_id, n.agency_id, n.dated, n.board, n.places, n.dna) is distinct from (t.more, t.person_id, t.agency_id, t.dated, t.board, t.places, t.dna)),
            listed as (select d.*, count(*) over () as total from differing d order by d.dated, d.session_id, d.now_fact, d.then_fact limit {Most})
            select l.total, l.then_fact, l.now_fact, l.then_person, l.now_person, s.ref, coalesce(c.code, a.code || ' ' || returned.level), coalesce(c.title, a.name || ', level ' || returned.level), l.dated, a.code,
                marked.newest, marked.amended, marked.first, registered.at, changed.at, merged.at, completed.recorded_at, booked.at,
                (l.agency_id = any(@agencies)) is distinct from (l.agency_id = any(@then_agencies)), returned.at, evaluated.at
            from listed l left join courses c on c.id = l.course_id left join sessions s on s.id = l.session_id left join agencies a on a.id = l.agency_id
            left join marks tm on tm.id = l.then_fact left join marks nm on nm.id = l.now_fact
            cross join lateral (select array_remove(array[tm.person_id, nm.person_id, tm.substitute_id, nm.substitute_id, l.then_person, l.now_person], null) as ids) who
            cross join lateral (
                select max(m.recorded_at) as newest,
                    bool_or(exists (select from marks e where e.session_id = m.session_id and e.part_id = m.part_id and e.person_id = m.person_id and e.recorded_at <= @then_as_at)) as amended,
                    not exists (select from marks e where e.session_id = l.session_id and e.recorded_at <= @then_as_at) as first
                from marks m
                where m.session_id = l.session_id and m.recorded_at > @then_as_at and m.recorded_at <= @as_at and (m.person_id = any(who.ids) or m.substitute_id = any(who.ids))) marked
            cross join lateral (
                select max(e.recorded_at) filter (where e.recorded_at > @then_as_at) as at
                from register_events e where e.session_id = l.session_id and e.recorded_at <= @as_at
                having (array_agg(e.event order by e.recorded_at desc, e.id desc))[1] is distinct from (array_agg(e.event order by e.recorded_at desc, e.id desc) filter (where e.recorded_at <= @then_as_at))[1]
                union all select null limit 1) registered
            cross join lateral (
                select max(h.recorded_at) as at from session_history h where h.session_id = l.session_id and h.recorded_at > @then_as_at and h.recorded_at <= @as_at) changed
            cross join lateral (
                select max(m.recorded_at) as at from person_merges m
                where m.recorded_at > @then_as_at and m.recorded_at <= @as_at and (m.person_id = any(who.ids) or m.into_id = any(who.ids))) merged
            left join completions completed on completed.id = l.now_fact and completed.recorded_at > @then_as_at
            cross join lateral (
                select max(b.recorded_at) as at from booking_changes b where b.booking_id in (l.now_fact, l.then_fact) and b.recorded_at > @then_as_at and b.recorded_at <= @as_at) booked
            cross join lateral ({(count.Set is RecordSet.Ratings or RecordSet.Gains ? Evaluated : "select null::timestamptz as at")}) evaluated
            left join lateral (
                select r.level, (select max(n.recorded_at) from training_returns n where n.agency_id = r.agency_id and n.level = r.level and n.recorded_at > @then_as_at and n.recorded_at <= @as_at) as at
                from training_returns r where r.id = coalesce(l.now_fact, l.then_fact)) returned on true
            order by l.dated, s.ref, l.now_fact, l.then_fact
            """, now, nowAt).Limit("agencies", now.Agencies).Limit("then_agencies", then.Agencies);
        Then(command, then, thenAt);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = new List<Row>();
        var total = 0L;
        while (await reader.ReadAsync(stop))
        {
            total = reader.GetInt64(0);
            rows.Add(Row.Read(reader, count.IsOfSessionsHeld));
        }

        var listed = Paired(rows);
        return ((int)total - (rows.Count - listed.Count), listed);
    }

    // Who answered is known by the session or course and by whom it counts for, of whichever of their records.
    private const string Evaluated = """
        select max(r.recorded_at) as at from evaluation_responses r join evaluation_requests q on q.id = r.request_id left join completions x on x.id = q.completion_id
        where q.stage = 'after' and r.recorded_at > @then_as_at and r.recorded_at <= @as_at and (q.person_id = any(who.ids) or counted_as(q.person_id) = any(who.ids))
            and (q.session_id = l.session_id or (l.session_id is null and x.course_id = l.course_id))
        """;

    private static string Side(Count count, Scope scope) => $"with recursive {Records.Of(count.Set, scope, [count])} select r.* from records r where {Records.Filter(count, scope)}";

    private static void Then(NpgsqlCommand command, Scope then, DateTimeOffset thenAt)
    {
        command.Parameters.Add(new NpgsqlParameter("then_as_at", NpgsqlDbType.TimestampTz) { Value = thenAt.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter("then_to", NpgsqlDbType.Date) { Value = then.To });
        command.Parameters.Add(new NpgsqlParameter("then_from", NpgsqlDbType.Date) { Value = then.From is { } from ? from : DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("then_courses", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = then.Courses is { } courses ? courses : DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("then_levels", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = then.Levels is { } levels ? levels : DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("then_boards", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = then.Boards is { } boards ? boards : DBNull.Value });
    }

    // A corrected mark takes the place of the one before: of one person and session one came and one went, which is one record that changed.
    private static List<Difference> Paired(List<Row> rows)
    {
        var listed = new List<Difference>();
        foreach (var same in rows.GroupBy(row => (row.Ref, row.Course, Person: row.NowPerson ?? row.ThenPerson)))
        {
            var (came, gone) = (same.Where(row => row.ThenFact is null).ToList(), same.Where(row => row.NowFact is null).ToList());
            var both = same.Key.Person is null ? 0 : Math.Min(came.Count, gone.Count);
            listed.AddRange(came.Take(both).Select(row => row.As(DriftKind.Changed)));
            listed.AddRange(came.Skip(both).Select(row => row.As(DriftKind.Came)));
            listed.AddRange(gone.Skip(both).Select(row => row.As(DriftKind.Gone)));
            listed.AddRange(same.Where(row => row.ThenFact is not null && row.NowFact is not null).Select(row => row.As(DriftKind.Changed)));
        }

        return listed;
    }

    private sealed record Row(
        Guid? ThenFact, Guid? NowFact, Guid? ThenPerson, Guid? NowPerson, string? Ref, string Course, string Title, DateOnly? Date, string? Agency, DateTimeOffset? Marked, bool Amended, bool First,
        DateTimeOffset? Registered, DateTimeOffset? Changed, DateTimeOffset? Merged, DateTimeOffset? Completed, DateTimeOffset? Booked, bool AgencyMoved, DateTimeOffset? Returned, DateTimeOffset? Evaluated)
    {
        /// <param name="held">What is counted depends on the signature of the register.</param>
        public static Row Read(NpgsqlDataReader row, bool held)
        {
            return new Row(
                Id(1), Id(2), Id(3), Id(4), Text(5), row.GetString(6), row.GetString(7), row.IsDBNull(8) ? null : row.GetFieldValue<DateOnly>(8), Text(9), At(10), !row.IsDBNull(11) && row.GetBoolean(11),
                row.GetBoolean(12), held ? At(13) : null, At(14), At(15), At(16), At(17), row.GetBoolean(18), At(19), At(20));
            Guid? Id(int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
            string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
            DateTimeOffset? At(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
        }

        public Difference As(DriftKind kind)
        {
            var (cause, at) = Cause(kind);
            return new Difference(kind, cause, Ref, Course, Title, Date, Agency, at);
        }

        // What is nearest to the record explains it first: what was said of it, unless it came with its whole register; its mark, its completion, the state of its register, its session; then whom it counts for.
        private (DriftCause Cause, DateTimeOffset? At) Cause(DriftKind kind) => this switch
        {
            { ThenFact: not null, NowFact: not null, Merged: { } at } when ThenPerson != NowPerson => (DriftCause.Merge, at),
            { Returned: { } at } => (DriftCause.Return, at),
            { Evaluated: { } at } when Marked is null || !First => (DriftCause.LateEvaluation, at),
            { Marked: { } at } => (First ? DriftCause.LateRegister : Amended || kind != DriftKind.Came ? DriftCause.AmendedMark : DriftCause.LateMark, at),
            { Completed: { } at } => (DriftCause.LateCompletion, at),
            { Booked: { } at } => (DriftCause.Register, at),
            { Registered: { } at } => (DriftCause.Register, at),
            { Changed: { } at } => (DriftCause.Session, at),
            { Merged: { } at } => (DriftCause.Merge, at),
            { AgencyMoved: true } => (DriftCause.Agency, null),
            _ => (DriftCause.Undated, null),
        };
    }

    [GeneratedRegex(@"@(as_at|from|to|courses|boards|agencies|levels)\b")]
    private static partial Regex Parameter();
}
