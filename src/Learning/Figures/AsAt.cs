namespace Learning.Figures;

/// <summary>The parts of a statement that bring back how things stood at @as_at, inclusive (rule T4): who was whom, each session, and each mark.</summary>
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
    /// A2: of each holder and part of a session <c>s</c> the mark that stood at that instant: the newest by corrected time, or, after a reopening, by the order of
    /// recording. <c>present_id</c> is the substitute where there is one (A1); agency and workforce are frozen on the mark (P2). The index marks_standing holds all
    /// of it in this order, so that it is read without the table and without a sort.
    /// </summary>
    public const string Standing = """
        select distinct on (m.part_id, m.person_id)
            m.id, m.number, m.part_id, m.mark, m.minutes, m.reopening, case when m.reopening = 0 then m.marked_at end as marked_at,
            m.person_id as holder_id, m.agency_id as holder_agency_id, m.workforce as holder_workforce,
            case when m.mark = 'substitute' then m.substitute_id else m.person_id end as present_id,
            case when m.mark = 'substitute' then m.substitute_agency_id else m.agency_id end as agency_id,
            case when m.mark = 'substitute' then m.substitute_workforce else m.workforce end as workforce
        from marks m
        where m.session_id = s.id and m.recorded_at <= @as_at and m.person_id is not null
        order by m.part_id, m.person_id, m.reopening desc, case when m.reopening = 0 then m.marked_at end desc nulls last, m.number desc
        """;

    /// <summary>
    /// <c>sessions_then</c>: the sessions of the scope, with their capacity, board, state and date (T3) of that instant. A session whose first line of history is
    /// later (it came by import) stood as that line says, and was not cancelled yet. A workshop is a session like any other:
    /// who should not count it beside its conference gives it a course of its own.
    /// </summary>
    /// <remarks>
    /// What is asked of a line of history is a column before it is a condition: PostgreSQL takes a comparison with the outcome of a "distinct on" to let one row in
    /// two hundred through, and would then join the marks of a whole year row by row.
    /// </remarks>
    /// <param name="cancelled">The cancelled ones instead of the others.</param>
    /// <param name="held">Only those whose register was signed (F2).</param>
    /// <param name="parts">With their parts in order, the minutes of each, and whether there is but one.</param>
    public static string Sessions(Scope scope, bool cancelled = false, bool held = false, bool parts = false) => $"""
        history as (
            select distinct on (h.session_id) h.session_id as id, s.course_id, h.counted_on as dated, h.starts_at, h.capacity, coalesce(h.board, c.board) as board, h.board as stated, c.required_minutes, c.required_parts,
                h.recorded_at <= @as_at and h.status = 'cancelled' as cancelled,
                h.counted_on < @to {(scope.From is null ? "" : "and h.counted_on >= @from")} {(scope.Boards is null ? "" : "and coalesce(h.board, c.board) = any(@boards)")} as fits
            from session_history h
            join sessions s on s.id = h.session_id
            join courses c on c.id = s.course_id
            where {(scope.Courses is null ? "true" : "s.course_id = any(@courses)")}
              {(scope.From is null ? "" : "and exists (select from session_history d where d.session_id = h.session_id and d.counted_on >= @from and d.counted_on < @to)")}
            order by h.session_id, h.recorded_at > @as_at,
                case when h.recorded_at <= @as_at then h.recorded_at end desc, case when h.recorded_at <= @as_at then h.id end desc, h.recorded_at, h.id),
        sessions_then as materialized (
            select * from history h {(parts ? Parts : "")}
            where h.fits and {(cancelled ? "" : "not ")}h.cancelled
              {(held ? "and (select e.event = 'signed' from register_events e where e.session_id = h.id and e.recorded_at <= @as_at order by e.recorded_at desc, e.id desc limit 1)" : "")})
        """;

    private const string Parts = """
        cross join lateral (
            select array_agg(p.id order by p.number) as parts, array_agg(p.minutes order by p.number) as minutes, count(*) = 1 as one_part
            from session_parts p where p.session_id = h.id) p
        """;
}
