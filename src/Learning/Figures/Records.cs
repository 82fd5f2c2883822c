namespace Learning.Figures;

/// <summary>
/// What a measure counts, as one set-based statement each: <c>records</c>, a row for each thing that counts, as at @as_at and within a scope, with
/// session_id, course_id, dated, board, agency_id, person_id, places, dna and record (bytes that tell it from every other, for the digest). Everything that asks for a
/// number, a table, a digest or a drill-down asks these.
/// </summary>
internal static class Records
{
    /// F1, who: professionals. A workforce that is not known is not left out.
    private const string Professionals = "coalesce(workforce, '') not in ('volunteer', 'carer', 'student', 'speaker', 'exhibitor', 'public')";

    /// <summary>
    /// Attendances that meet A7, and completions. A part is attended by the mark, by a substitute's presence, or by enough minutes of it, the share itself
    /// included; the session by the required share of parts. Agency and workforce are those of the last part attended (P2).
    /// </summary>
    /// <param name="held">Only attendances of sessions with a signed register.</param>
    public static string Attended(Scope scope, bool attendances, bool completions, bool held = false) => $"""
        {AsAt.People},
        {AsAt.Sessions(scope, held: held)},
        {AsAt.Standing},
        presence as (
            select distinct on (st.session_id, coalesce(c.counted_id, st.person_id), st.part)
                st.session_id, st.course_id, st.dated, st.board, st.parts_needed, coalesce(c.counted_id, st.person_id) as person_id, st.part, st.mark_id, st.agency_id, st.workforce
            from standing st
            left join counted_as c on c.person_id = st.person_id
            where st.mark in ('attended', 'substitute')
               or st.mark = 'part' and st.minutes >= st.required_minutes * (select p.minutes from session_parts p where p.id = st.part_id)
            order by st.session_id, coalesce(c.counted_id, st.person_id), st.part desc, st.mark_number desc),
        attendances as (
            select *, row_number() over (partition by session_id, person_id order by part desc) as place,
                count(*) over (partition by session_id, person_id) as parts_attended,
                string_agg(uuid_send(mark_id), ''::bytea) over (partition by session_id, person_id) as marks
            from presence),
        records (session_id, course_id, dated, board, agency_id, person_id, places, dna, record) as materialized (
            {string.Join("\nunion all\n", new[] { attendances ? Attendances(scope) : null, completions ? Completions(scope) : null }.OfType<string>())})
        """;

    private static string Attendances(Scope scope) => $"""
        select a.session_id, a.course_id, a.dated, a.board, a.agency_id, a.person_id, 1 as places, false as dna, a.marks || uuid_send(a.person_id) as record
        from attendances a
        where a.place = 1 and a.parts_attended >= a.parts_needed {People(scope)}
        """;

    private static string Completions(Scope scope) => $"""
        select null::uuid, a.course_id, a.completed_on, c.board, a.agency_id, coalesce(m.counted_id, a.person_id), 1, false,
            uuid_send(a.id) || uuid_send(coalesce(m.counted_id, a.person_id))
        from completions a join courses c on c.id = a.course_id
        left join counted_as m on m.person_id = a.person_id
        where a.recorded_at <= @as_at and a.completed_on < @to {(scope.From is null ? "" : "and a.completed_on >= @from")}
          {(scope.Courses is null ? "" : "and a.course_id = any(@courses)")}
          {(scope.Boards is null ? "" : "and c.board = any(@boards)")} {People(scope)}
        """;

    /// <summary>Sessions held or cancelled, and their places.</summary>
    public static string Sessions(Scope scope, bool cancelled) => $"""
        {AsAt.Sessions(scope, cancelled, held: !cancelled)},
        records (session_id, course_id, dated, board, agency_id, person_id, places, dna, record) as materialized (
            select s.id as session_id, s.course_id, s.dated, s.board, null::uuid as agency_id, null::uuid as person_id, s.capacity as places, false as dna,
                uuid_send(s.id) || int4send(s.capacity) as record
            from sessions_then s)
        """;

    /// <summary>Bookings of sessions held that were confirmed at the start, as far as that was recorded at the instant.</summary>
    public static string Booked(Scope scope) => $"""
        {AsAt.People},
        {AsAt.Sessions(scope, held: true)},
        records (session_id, course_id, dated, board, agency_id, person_id, places, dna, record) as materialized (
            select a.session_id, s.course_id, s.dated, s.board, a.agency_id, coalesce(m.counted_id, a.person_id) as person_id, 1 as places, false as dna,
                uuid_send(a.id) || uuid_send(coalesce(m.counted_id, a.person_id)) as record
            from sessions_then s
            join bookings a on a.session_id = s.id
            cross join lateral (
                select c.state from booking_changes c where c.booking_id = a.id and c.recorded_at <= least(s.starts_at, @as_at)
                order by c.recorded_at desc, c.id desc limit 1) change
            left join counted_as m on m.person_id = a.person_id
            where change.state = 'confirmed' {People(scope)})
        """;

    /// <summary>The last mark of each holder on each session held (F2): of the marks that stand on its parts the newest, in the order of A2.</summary>
    public static string LastMarks(Scope scope) => $"""
        {AsAt.People},
        {AsAt.Sessions(scope, held: true)},
        {AsAt.Standing},
        last_marks as (
            select distinct on (st.session_id, coalesce(c.counted_id, st.holder_id))
                st.session_id, st.course_id, st.dated, st.board, coalesce(c.counted_id, st.holder_id) as person_id, st.mark, st.mark_id, st.holder_agency_id as agency_id, st.holder_workforce as workforce
            from standing st left join counted_as c on c.person_id = st.holder_id
            order by st.session_id, coalesce(c.counted_id, st.holder_id), st.reopening desc, case when st.reopening = 0 then st.marked_at end desc nulls last, st.mark_number desc),
        records (session_id, course_id, dated, board, agency_id, person_id, places, dna, record) as materialized (
            select a.session_id, a.course_id, a.dated, a.board, a.agency_id, a.person_id, 1 as places, a.mark = 'dna' as dna, uuid_send(a.mark_id) || uuid_send(a.person_id) as record
            from last_marks a
            where true {People(scope)})
        """;

    /// <summary>Courses published on the period's last day. A withdrawal counts from its own day on.</summary>
    public static string Courses(Scope scope) => $"""
        records (session_id, course_id, dated, board, agency_id, person_id, places, dna, record) as materialized (
            select null::uuid as session_id, c.id as course_id, null::date as dated, c.board, null::uuid as agency_id, null::uuid as person_id, 1 as places, false as dna,
                uuid_send(c.id) as record
            from courses c
            where c.published_on < @to and (c.withdrawn_on is null or c.withdrawn_on >= @to)
              {(scope.Courses is null ? "" : "and c.id = any(@courses)")} {(scope.Boards is null ? "" : "and c.board = any(@boards)")})
        """;

    /// <summary>Who gives the sessions, not cancelled, that are dated in the scope: for <see cref="Measure.TrainersActive"/> the twelve months to the period's last day.</summary>
    public static string Trainers(Scope scope) => $"""
        {AsAt.People},
        {AsAt.Sessions(scope)},
        records (session_id, course_id, dated, board, agency_id, person_id, places, dna, record) as materialized (
            select s.id as session_id, s.course_id, s.dated, s.board, null::uuid as agency_id, coalesce(c.counted_id, t.person_id) as person_id, 1 as places, false as dna,
                uuid_send(s.id) || uuid_send(coalesce(c.counted_id, t.person_id)) as record
            from sessions_then s
            join session_trainers t on t.session_id = s.id
            left join counted_as c on c.person_id = t.person_id)
        """;

    private static string People(Scope scope) =>
        (scope.Agencies is null ? "" : "and agency_id = any(@agencies) ") + (scope.Professionals ? $"and {Professionals}" : "");
}
