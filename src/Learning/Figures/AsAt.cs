namespace Learning.Figures;

/// <summary>The parts of a statement that bring back how things stood at @as_at, inclusive (rule T4): who was whom, and each session.</summary>
internal static class AsAt
{
    /// <summary>
    /// P3: <c>counted_as</c> has a row for each person who was merged at that instant, with the one they are counted as: the end of the chain of merges,
    /// or, should merges run in a ring, the first of the ring.
    /// </summary>
    public const string People = """
        merges as (
            select distinct on (person_id) person_id, into_id from person_merges
            where recorded_at <= @as_at order by person_id, recorded_at desc, id desc),
        chain as (
            select person_id, into_id from merges where into_id is not null
            union
            select c.person_id, m.into_id from chain c join merges m on m.person_id = c.into_id where m.into_id is not null),
        counted_as as materialized (
            select distinct on (c.person_id) c.person_id, c.into_id as counted_id from chain c
            where not exists (select from merges m where m.person_id = c.into_id and m.into_id is not null)
               or exists (select from chain ring where ring.person_id = c.into_id and ring.into_id = c.into_id)
            order by c.person_id, c.into_id)
        """;

    /// <summary>
    /// <c>sessions_then</c>: the sessions of the scope, with their capacity, board, state and date (T3) of that instant. A session whose first line of history is
    /// later (it came by import) stood as that line says, and was not cancelled yet. A workshop is a session like any other:
    /// who should not count it beside its conference gives it a course of its own.
    /// </summary>
    /// <param name="cancelled">The cancelled ones instead of the others.</param>
    /// <param name="held">Only those whose register was signed (F2).</param>
    public static string Sessions(Scope scope, bool cancelled = false, bool held = false) => $"""
        history as (
            select distinct on (h.session_id) h.session_id, h.capacity, h.board, h.counted_on, h.starts_at,
                case when h.recorded_at <= @as_at then h.status else 'planned' end as status
            from session_history h
            {(scope.Courses is null ? "" : "join sessions s on s.id = h.session_id where s.course_id = any(@courses)")}
            order by h.session_id, h.recorded_at > @as_at,
                case when h.recorded_at <= @as_at then h.recorded_at end desc, case when h.recorded_at <= @as_at then h.id end desc, h.recorded_at, h.id),
        sessions_then as materialized (
            select s.id, s.course_id, h.counted_on as dated, h.starts_at, h.capacity, coalesce(h.board, c.board) as board, c.required_minutes,
                c.required_parts, (select array_agg(p.id order by p.number) from session_parts p where p.session_id = s.id) as parts
            from history h
            join sessions s on s.id = h.session_id
            join courses c on c.id = s.course_id
            where {(cancelled ? "h.status = 'cancelled'" : "h.status <> 'cancelled'")}
              and h.counted_on < @to {(scope.From is null ? "" : "and h.counted_on >= @from")}
              {(scope.Boards is null ? "" : "and coalesce(h.board, c.board) = any(@boards)")}
              {(held ? "and (select e.event from register_events e where e.session_id = s.id and e.recorded_at <= @as_at order by e.recorded_at desc, e.id desc limit 1) = 'signed'" : "")})
        """;

    /// <summary>
    /// A2: <c>standing</c> has, of each holder and part, the mark that stood at that instant: the newest by corrected time, or, after a reopening, by the order of
    /// recording. The person it speaks of is the substitute where there is one (A1), with the agency and workforce frozen on it (P2). It carries what is needed of its session,
    /// because the planner takes sessions_then for small and would join it row by row.
    /// </summary>
    public const string Standing = """
        standing as materialized (
            select s.id as session_id, s.course_id, s.dated, s.board, s.required_minutes, s.required_parts * cardinality(s.parts) as parts_needed,
                array_position(s.parts, m.part_id) as part, m.part_id, m.person_id as holder_id, m.id as mark_id, m.number as mark_number, m.mark, m.minutes,
                m.reopening, m.marked_at, m.agency_id as holder_agency_id, m.workforce as holder_workforce,
                case when m.mark = 'substitute' then m.substitute_id else m.person_id end as person_id,
                case when m.mark = 'substitute' then m.substitute_agency_id else m.agency_id end as agency_id,
                case when m.mark = 'substitute' then m.substitute_workforce else m.workforce end as workforce
            from sessions_then s
            cross join lateral (
                select distinct on (m.part_id, m.person_id) m.*
                from marks m
                where m.session_id = s.id and m.recorded_at <= @as_at and m.person_id is not null
                order by m.part_id, m.person_id, m.reopening desc, case when m.reopening = 0 then m.marked_at end desc nulls last, m.number desc) m)
        """;
}
