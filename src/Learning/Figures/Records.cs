namespace Learning.Figures;

/// <summary>What there is to count.</summary>
internal enum RecordSet
{
    /// <summary>Attendances that meet A7, and completions; these have no session.</summary>
    Attended,

    /// <summary>Attendances of sessions with a signed register.</summary>
    AttendedHeld,
    SessionsHeld,
    SessionsCancelled,
    Booked,
    LastMarks,

    /// <summary>Check-ins without an account (C3).</summary>
    CheckIns,
    /// <summary>Who attended a session held, or completed a course, and was asked for an evaluation.</summary>
    Asked,

    /// <summary>The scores that they gave.</summary>
    Ratings,

    /// <summary>How much surer they became, of who said before and after.</summary>
    Gains,
    Courses,
    Trainers,

    /// <summary>What agencies returned, as it stood (C2).</summary>
    Returns,
}

/// <summary>
/// What a measure counts, as one set-based statement each: <c>records</c>, a row for each thing that counts, as at @as_at and within the courses, boards and window of a scope, with
/// session_id, course_id, dated, board, agency_id, person_id, professional, places, dna; <c>fact</c> and <c>more</c> tell it, with the person, from every other (for the digest).
/// Everything that asks for a number, a table, a digest or a drill-down asks these; <see cref="Filter"/> says which of them one figure counts.
/// </summary>
internal static class Records
{
    /// <summary>
    /// SHA-256 over what each record is the record of, and whose: the same records have the same digest, in whatever order they are read, and any other have another.
    /// They are put into the order in which they mostly lie already, which costs next to nothing.
    /// </summary>
    public const string Digest = """
        encode(sha256(coalesce(string_agg(
            uuid_send(r.fact) || coalesce(r.more, ''::bytea) || coalesce(uuid_send(r.person_id), ''::bytea), ''::bytea order by r.session_id, r.person_id, r.fact), ''::bytea)), 'hex')
        """;

    private const string Columns = "records " + Named;
    private const string Named = "(session_id, course_id, dated, board, agency_id, person_id, professional, places, dna, fact, more) as materialized";

    /// <param name="counts">What is counted of them; what nothing counts is not read.</param>
    public static string Of(RecordSet set, Scope scope, IReadOnlyCollection<Count> counts) => set switch
    {
        RecordSet.Attended => Attended(scope, counts.Any(count => count.Which != Count.OnlyCompletions), counts.Any(count => count.Which != Count.OnlyAttendances), held: false),
        RecordSet.AttendedHeld => Attended(scope, true, false, held: true),
        RecordSet.SessionsHeld => Sessions(scope, cancelled: false),
        RecordSet.SessionsCancelled => Sessions(scope, cancelled: true),
        RecordSet.Booked => Booked(scope),
        RecordSet.LastMarks => LastMarks(scope),
        RecordSet.CheckIns => CheckIns(scope),
        RecordSet.Asked or RecordSet.Ratings or RecordSet.Gains => Evaluated(set, scope),
        RecordSet.Courses => Courses(scope),
        RecordSet.Trainers => Trainers(scope),
        RecordSet.Returns => ReturnRecords.Of(scope),
        _ => throw new ArgumentOutOfRangeException(nameof(set)),
    };

    /// <summary>The condition that a record <c>r</c> meets to be counted by one figure.</summary>
    /// <param name="agencies">The parameter that has the scope's agencies.</param>
    public static string Filter(Count count, Scope scope, string agencies = "agencies") =>
        $"{count.Which} {(scope.Agencies is null ? "" : $"and r.agency_id = any(@{agencies})")} {(scope.Professionals ? "and r.professional" : "")}";

    /// F1, who: professionals. A workforce that is not known is not left out.
    private static string Professional(string workforce) => $"coalesce({workforce}, '') not in ('volunteer', 'carer', 'student', 'speaker', 'exhibitor', 'public')";

    /// A part is attended by the mark, by a substitute's presence, or by enough minutes of it, the share itself included; the session by the required share of
    /// parts (A7). Agency and workforce are those of the last part attended (P2). Where there is only one part, it is all and the last: nothing is to be added up.
    private static string Attended(Scope scope, bool attendances, bool completions, bool held, string columns = Columns) => $"""
        {AsAt.People},
        {AsAt.Sessions(scope, held: held, parts: true)},
        attended_parts as (
            select distinct on (session_id, person_id, part) * from ({Presence("not s.one_part")}) present order by session_id, person_id, part desc, number desc),
        added_up as (
            select *, row_number() over person as place, count(*) over person as parts_attended, string_agg(uuid_send(mark_id), ''::bytea) over person as marks
            from attended_parts
            window person as (partition by session_id, person_id order by part desc rows between unbounded preceding and unbounded following)),
        {columns} (
            {string.Join("\nunion all\n", new[] { attendances ? Attendances : null, completions ? Completions(scope) : null }.OfType<string>())})
        """;

    private static readonly string Attendances = $"""
        (select distinct on (session_id, person_id) session_id, course_id, dated, board, agency_id, person_id, professional, 1, false, mark_id, null::bytea
         from ({Presence("s.one_part")}) present order by session_id, person_id, number desc)
        union all
        select session_id, course_id, dated, board, agency_id, person_id, professional, 1, false, mark_id, marks
        from added_up where place = 1 and parts_attended >= parts_needed
        """;

    /// "offset 0" keeps apart what PostgreSQL would put together: it would look up who was merged anew for each session, and it takes a mark that meets three
    /// conditions for a rarity.
    private static string Presence(string sessions) => $"""
        select present.*, coalesce(c.counted_id, present.present_id) as person_id
        from (
            select s.id as session_id, s.course_id, s.dated, s.board, s.required_parts * cardinality(s.parts) as parts_needed,
                array_position(s.parts, m.part_id) as part, m.present_id, m.agency_id, m.professional, m.id as mark_id, m.number
            from sessions_then s
            cross join lateral (
                select m.*, {Professional("m.workforce")} as professional,
                    m.mark in ('attended', 'substitute') or m.mark = 'part' and m.minutes >= s.required_minutes * s.minutes[array_position(s.parts, m.part_id)] as attended
                from ({AsAt.Standing}) m offset 0) m
            where {sessions} and m.attended offset 0) present
        left join counted_as c on c.person_id = present.present_id
        """;

    private static string Completions(Scope scope) => $"""
        select null::uuid, a.course_id, a.completed_on, c.board, a.agency_id, coalesce(m.counted_id, a.person_id), {Professional("a.workforce")}, 1, false, a.id, null::bytea
        from completions a join courses c on c.id = a.course_id
        left join counted_as m on m.person_id = a.person_id
        where a.recorded_at <= @as_at and a.completed_on < @to {(scope.From is null ? "" : "and a.completed_on >= @from")}
          {(scope.Courses is null ? "" : "and a.course_id = any(@courses)")}
          {(scope.Boards is null ? "" : "and c.board = any(@boards)")}
        """;

    /// Sessions held or cancelled, and their places.
    private static string Sessions(Scope scope, bool cancelled) => $"""
        {AsAt.Sessions(scope, cancelled, held: !cancelled)},
        {Columns} (
            select s.id, s.course_id, s.dated, s.board, null::uuid, null::uuid, null::boolean, s.capacity, false, s.id, int4send(s.capacity)
            from sessions_then s)
        """;

    /// Bookings of sessions held that were confirmed at the start, as far as that was recorded at the instant.
    private static string Booked(Scope scope) => $"""
        {AsAt.People},
        {AsAt.Sessions(scope, held: true)},
        {Columns} (
            select b.session_id, b.course_id, b.dated, b.board, b.agency_id, coalesce(m.counted_id, b.person_id), null::boolean, 1, false, b.id, null::bytea
            from (
                select a.id, a.session_id, a.agency_id, a.person_id, s.course_id, s.dated, s.board, (
                    select c.state = 'confirmed' from booking_changes c where c.booking_id = a.id and c.recorded_at <= least(s.starts_at, @as_at)
                    order by c.recorded_at desc, c.id desc limit 1) as confirmed
                from sessions_then s
                join bookings a on a.session_id = s.id offset 0) b
            left join counted_as m on m.person_id = b.person_id
            where b.confirmed)
        """;

    /// Of those who count as having attended or completed, who was asked what it was worth, and the newest that each of them said by the instant (T4); of two records of one person, of both (P3).
    private static string Evaluated(RecordSet set, Scope scope) => $"""
        {Attended(scope, attendances: true, completions: true, held: true, "attended " + Named)},
        requests as materialized (
            select q.id, q.session_id, q.completion_id, coalesce(m.counted_id, q.person_id) as person_id
            from evaluation_requests q left join counted_as m on m.person_id = q.person_id where q.stage = 'after' and q.recorded_at <= @as_at),
        asked as (
            select a.*, q.id as request_id from attended a join requests q on q.session_id = a.session_id and q.person_id = a.person_id
            union all
            select a.*, q.id from attended a join requests q on q.completion_id = a.fact where a.session_id is null),
        answered as materialized (
            select distinct on (a.fact, a.person_id) a.*, r.id as response_id
            from asked a
            left join lateral (
                select r.id, r.number from evaluation_responses r where r.request_id = a.request_id and r.recorded_at <= @as_at order by r.number desc limit 1) r on true
            order by a.fact, a.person_id, r.number desc nulls last, a.request_id),
        {Columns} (
            select a.session_id, a.course_id, a.dated, a.board, a.agency_id, a.person_id, a.professional, {set switch
            {
                RecordSet.Ratings => "n.score, false, md5(a.response_id::text || n.question)::uuid, int4send(n.score) from answered a join evaluation_answers n on n.response_id = a.response_id and n.counts = 'rating'",
                RecordSet.Gains => """
                    g.score - b.score, false, a.response_id, int4send(b.score) || int4send(g.score)
                    from answered a join evaluation_answers b on b.response_id = a.response_id and b.counts = 'before' join evaluation_answers g on g.response_id = a.response_id and g.counts = 'after'
                    """,
                _ => "1, a.response_id is not null, a.request_id, uuid_send(a.response_id) from answered a",
            }})
        """;

    /// C3: who gave no account when they came. Who said later that it was they is one person of the session, however often they checked in; until then each is somebody.
    private static string CheckIns(Scope scope) => $"""
        {AsAt.People},
        {AsAt.Sessions(scope)},
        claimed as (
            select distinct on (k.check_in_id) k.check_in_id, k.person_id from check_in_claims k where k.recorded_at <= @as_at order by k.check_in_id, k.recorded_at desc, k.id desc),
        {Columns} (
            select distinct on (s.id, coalesce(m.counted_id, k.person_id, c.id))
                s.id, s.course_id, s.dated, s.board, c.agency_id, coalesce(m.counted_id, k.person_id), null::boolean, 1, false, c.id, null::bytea
            from sessions_then s
            join check_ins c on c.session_id = s.id and c.recorded_at <= @as_at
            left join claimed k on k.check_in_id = c.id
            left join counted_as m on m.person_id = k.person_id
            order by s.id, coalesce(m.counted_id, k.person_id, c.id), c.recorded_at, c.id)
        """;

    /// The last mark of each holder on each session held (F2): of the marks that stand on its parts the newest, in the order of A2.
    private static string LastMarks(Scope scope) => $"""
        {AsAt.People},
        {AsAt.Sessions(scope, held: true)},
        last_marks as (
            select distinct on (m.session_id, coalesce(c.counted_id, m.holder_id)) m.*, coalesce(c.counted_id, m.holder_id) as person_id
            from (
                select s.id as session_id, s.course_id, s.dated, s.board, m.* from sessions_then s cross join lateral ({AsAt.Standing}) m offset 0) m
            left join counted_as c on c.person_id = m.holder_id
            order by m.session_id, coalesce(c.counted_id, m.holder_id), m.reopening desc, m.marked_at desc nulls last, m.number desc),
        {Columns} (
            select session_id, course_id, dated, board, holder_agency_id, person_id, {Professional("holder_workforce")}, 1, mark = 'dna', id, null::bytea
            from last_marks)
        """;

    /// Courses published on the period's last day. A withdrawal counts from its own day on.
    private static string Courses(Scope scope) => $"""
        {Columns} (
            select null::uuid, c.id, null::date, c.board, null::uuid, null::uuid, null::boolean, 1, false, c.id, null::bytea
            from courses c
            where c.published_on < @to and (c.withdrawn_on is null or c.withdrawn_on >= @to)
              {(scope.Courses is null ? "" : "and c.id = any(@courses)")} {(scope.Boards is null ? "" : "and c.board = any(@boards)")})
        """;

    /// Who gives the sessions, not cancelled, that are dated in the scope: for <see cref="Measure.TrainersActive"/> the twelve months to the period's last day.
    private static string Trainers(Scope scope) => $"""
        {AsAt.People},
        {AsAt.Sessions(scope)},
        {Columns} (
            select s.id, s.course_id, s.dated, s.board, null::uuid, coalesce(c.counted_id, t.person_id), null::boolean, 1, false, s.id, null::bytea
            from sessions_then s
            join session_trainers t on t.session_id = s.id
            left join counted_as c on c.person_id = t.person_id)
        """;
}
