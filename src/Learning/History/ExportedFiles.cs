namespace Learning.History;

/// <summary>
/// What each file of the history formats says of the system, as a query whose columns are the file's. Whoever was merged is who they are counted as (P3); who has no address, such as somebody who was erased, has one that
/// nobody can have, so that their marks stay somebody's; and who belongs to no agency is at one for no day.
/// </summary>
internal static class ExportedFiles
{
    private const string Who = """
        with who as (
            select p.id, coalesce(c.counted_id, p.id) as counted_id, coalesce(e.email, 'person-' || coalesce(c.counted_id, p.id) || '@no-address.invalid') as email
            from persons p left join counted_now c on c.person_id = p.id left join person_emails e on e.person_id = coalesce(c.counted_id, p.id) and e.main)
        """;

    /// <summary>The query of each file.</summary>
    public static readonly IReadOnlyDictionary<Format, string> Queries = new Dictionary<Format, string>
    {
        [Format.Agencies] = $"""
            select a.code, {Text("a.name")} as name, {Text("a.sector")} as sector, case when a.statutory_partner then 'yes' else 'no' end as statutory_partner,
                (select string_agg(d.domain, ';' order by d.domain) from agency_domains d where d.agency_id = a.id) as email_domains, a.headcount, p.code as parent, s.code as successor, u.starts_on as successor_from
            from agencies a left join agencies p on p.id = a.parent_id left join agency_successions u on u.agency_id = a.id left join agencies s on s.id = u.successor_id order by a.code
            """,
        [Format.People] = $"""
            {Who},
            jobs as (
                select w.counted_id, e.id, e.person_id, e.agency_id, e.job_title, e.workforce, e.level, e.starts_on, e.ends_on from employments e join who w on w.id = e.person_id),
            -- Of two records that are one person now, an employment of the same agency and days is one.
            told as (
                select * from jobs j where not exists (
                    select from jobs o where o.counted_id = j.counted_id and o.agency_id = j.agency_id and o.person_id <> j.person_id and daterange(o.starts_on, o.ends_on) && daterange(j.starts_on, j.ends_on)
                        and (o.person_id = o.counted_id or (j.person_id <> j.counted_id and o.id < j.id))))
            select w.email, {Text("coalesce(nullif(btrim(p.given_name), ''), 'Somebody')")} as given_name, {Text("coalesce(nullif(btrim(p.family_name), ''), 'without a name')")} as family_name,
                coalesce(a.code, (select code from agencies order by statutory_partner desc, code limit 1)) as agency, {Text("t.job_title")} as job_title, coalesce(t.workforce, 'joint') as workforce, {Text("t.level")} as level,
                coalesce(t.starts_on, p.created_at::date) as "from", case when t.id is null then p.created_at::date else t.ends_on end as "to",
                (select string_agg(e.email, ';' order by e.email) from person_emails e join who o on o.id = e.person_id where o.counted_id = p.id and e.email <> w.email) as aliases
            from persons p join who w on w.id = p.id and w.counted_id = p.id left join told t on t.counted_id = p.id left join agencies a on a.id = t.agency_id
            where exists (select from agencies) order by w.email, t.starts_on, a.code
            """,
        [Format.Programmes] = $"select code, {Text("title")} as title, starts_on from programmes order by code",
        [Format.Courses] = $"""
            select c.code, {Text("c.title")} as title, c.kind, a.code as owner, c.board as boards,
                (select string_agg(p.code, ';' order by p.code) from course_programmes x join programmes p on p.id = x.programme_id where x.course_id = c.id) as programmes,
                c.validity_months, trim_scale(c.cpd_hours) as cpd_hours, {Text("c.level")} as level, c.published_on, c.withdrawn_on
            from courses c join agencies a on a.id = c.owner_id order by c.code
            """,
        [Format.Sessions] = $"""
            {Who}
            select s.ref, c.code as course, {Local("(select min(starts_local) from session_parts p where p.session_id = s.id)")} as starts, {Local("(select max(ends_local) from session_parts p where p.session_id = s.id)")} as ends,
                s.mode, {Text("s.venue")} as venue, s.capacity,
                case when s.status = 'cancelled' then 'cancelled' when (select e.event from register_events e where e.session_id = s.id order by e.recorded_at desc, e.id desc limit 1) = 'signed' then 'held' else 'planned' end as status,
                s.board, (select string_agg(distinct w.email, ';') from session_trainers t join who w on w.id = t.person_id where t.session_id = s.id) as trainers, o.ref as parent, {Instant("s.cancelled_at")} as cancelled_at
            from sessions s join courses c on c.id = s.course_id left join sessions o on o.id = s.parent_id order by s.starts_at, s.ref
            """,
        [Format.Parts] = $"""
            select s.ref as session, p.number as part, {Text("p.title")} as title, {Local("p.starts_local")} as starts, {Local("p.ends_local")} as ends
            from session_parts p join sessions s on s.id = p.session_id order by s.starts_at, s.ref, p.number
            """,
        // What never became a place, because an offer was declined or a request lapsed, is no booking of these formats.
        [Format.Bookings] = $"""
            {Who}
            select s.ref as session, w.email, case when b.state = 'confirmed' then 'confirmed' when b.state in ('cancelled', 'withdrawn') then 'cancelled' else 'waiting' end as status,
                {Instant("b.booked_at")} as booked_at, case when b.state in ('cancelled', 'withdrawn') then {Instant("greatest(b.state_at, b.booked_at)")} end as cancelled_at, a.code as agency
            from bookings b join sessions s on s.id = b.session_id join who w on w.id = b.person_id left join agencies a on a.id = b.agency_id
            where b.state not in ('declined', 'lapsed') order by s.starts_at, s.ref, b.booked_at, b.number
            """,
        // Each mark that stood when it was recorded, so that the register is the same at every instant (A2, T4).
        [Format.Attendance] = $"""
            {Who},
            events as (
                select m.*, m.reopening > 0 or m.marked_at >= coalesce(max(m.marked_at) over (
                    partition by m.session_id, m.part_id, m.person_id, coalesce(m.seat_id::text, lower(m.seat)), m.reopening order by m.number rows between unbounded preceding and 1 preceding), '-infinity') as stood
                from marks m)
            select s.ref as session, w.email, case m.mark when 'substitute' then 'substitute:' || o.email else m.mark end as mark, m.minutes, a.code as agency, {Instant("m.recorded_at")} as marked_at, p.number as part, {Text("m.seat")} as seat
            from events m join sessions s on s.id = m.session_id and s.status = 'planned' join session_parts p on p.id = m.part_id
            left join who w on w.id = m.person_id left join who o on o.id = m.substitute_id left join agencies a on a.id = coalesce(m.substitute_agency_id, m.agency_id)
            where m.stood order by s.starts_at, s.ref, m.recorded_at, p.number, w.email, m.number
            """,
        [Format.Completions] = $"""
            {Who}
            select c.code as course, w.email, x.completed_on, trim_scale(max(x.score)) as score, (array_agg(a.code order by x.number))[1] as agency
            from completions x join courses c on c.id = x.course_id join who w on w.id = x.person_id left join agencies a on a.id = x.agency_id
            group by c.code, w.email, x.completed_on order by x.completed_on, c.code, w.email
            """,
    };

    // What a spreadsheet would take for a formula is text there.
    private static string Text(string value) => $"case when {value} ~ '^[=+@\\t\\r-]' then '''' || {value} else {value} end";

    private static string Local(string value) => $"to_char({value}, 'YYYY-MM-DD HH24:MI')";

    private static string Instant(string value) => $"to_char({value} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
}
