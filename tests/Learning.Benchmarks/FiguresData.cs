namespace Learning.Benchmarks;

/// <summary>Sessions, registers and marks in numbers that a partnership does not reach in a thousand years, made where they are kept.</summary>
internal static class FiguresData
{
    private const int People = 200_000;
    private const int Agencies = 6_300;
    private const int Courses = 300;

    /// <summary>The statements that fill an empty database, in order: ten years of sessions to 31 March 2024, spread evenly over the courses and days.</summary>
    public static IEnumerable<string> Fill(int sessions, int marksEach) =>
    [
        Id("a") + Id("p") + Id("c") + Id("g") + Id("s") + Id("t"),
        $"insert into agencies (id, code, name, sector, statutory_partner) select a(i), 'A' || i, 'Agency ' || i, 'Sector ' || i % 15, false from generate_series(1, {Agencies}) i",
        $"insert into persons (id, given_name, family_name, created_at) select p(i), 'Given', 'Family ' || i, now() from generate_series(1, {People}) i",
        $"""
        insert into courses (id, code, title, kind, owner_id, board, published_on)
        select c(i), 'C' || i, 'Course ' || i, 'trained', a(1), (array['children', 'adults', 'joint'])[1 + i % 3], '2014-01-01' from generate_series(1, {Courses}) i
        """,
        "insert into programmes (id, code, title, starts_on) select g(i), 'P' || i, 'Programme ' || i, '2014-04-01' from generate_series(1, 10) i",
        $"insert into course_programmes (course_id, programme_id) select c(i), g(1 + i % 10) from generate_series(1, {Courses}) i",
        $"""
        insert into sessions (id, ref, course_id, mode, capacity, status, starts_at, ends_at, counted_on, booking_closes_at, changed_at)
        select s(i), 'S' || i, c(1 + i % {Courses}), 'in person', 30, 'planned', day + time '09:30', day + time '16:00', day, day + time '08:00', '-infinity'
        from (select i, '2014-04-01'::date + (i::bigint * 3652 / {sessions})::int as day from generate_series(1, {sessions}) i) d
        """,
        "insert into session_parts (id, session_id, number, starts_local, ends_local, starts_at, ends_at) select t(substr(ref, 2)::int), id, 1, counted_on + time '09:30', counted_on + time '16:00', starts_at, ends_at from sessions",
        "insert into register_events (session_id, event, recorded_at) select id, 'signed', ends_at from sessions",
        $"""
        insert into marks (id, part_id, session_id, person_id, mark, minutes, agency_id, workforce, marked_at, recorded_at)
        select gen_random_uuid(), t(n), s.id, p(1 + (n::bigint * 7919 + k * 104729) % {People}), kind, case when kind = 'part' then 290 + k end, a(1 + (n::bigint * 31 + k * 17) % {Agencies}),
            (array['children', 'adults', 'joint', 'children', 'volunteer'])[1 + k % 5], s.ends_at, s.ends_at
        from (select *, substr(ref, 2)::int as n from sessions) s cross join generate_series(1, {marksEach}) k
        cross join lateral (select case k % 12 when 0 then 'dna' when 5 then 'part' else 'attended' end as kind) m
        """,
    ];

    // Ids that follow from a number, so that rows find each other without a join.
    private static string Id(string kind) => $"create function {kind}(i bigint) returns uuid language sql immutable as $$ select md5('{kind}' || i)::uuid $$;";
}
