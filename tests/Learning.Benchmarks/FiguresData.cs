using Npgsql;

namespace Learning.Benchmarks;

/// <summary>Sessions, registers and marks in numbers that a partnership does not reach in a thousand years, made where they are kept.</summary>
internal static class FiguresData
{
    public const int MarksEach = 25;
    private const int People = 200_000;
    private const int Agencies = 6_300;
    private const int Courses = 300;

    // Ids follow from a number, so that rows find each other without a join.
    private static readonly string[] Things =
    [
        string.Concat("apcgst".Select(kind => $"create function {kind}(i bigint) returns uuid language sql immutable as $$ select md5('{kind}' || i)::uuid $$;")),
        $"insert into agencies (id, code, name, sector, statutory_partner) select a(i), 'A' || i, 'Agency ' || i, 'Sector ' || i % 15, false from generate_series(1, {Agencies}) i",
        $"insert into persons (id, given_name, family_name, created_at) select p(i), 'Given', 'Family ' || i, now() from generate_series(1, {People}) i",
        $"""
        insert into courses (id, code, title, kind, owner_id, board, published_on)
        select c(i), 'C' || i, 'Course ' || i, 'trained', a(1), (array['children', 'adults', 'joint'])[1 + i % 3], '2014-01-01' from generate_series(1, {Courses}) i
        """,
        "insert into programmes (id, code, title, starts_on) select g(i), 'P' || i, 'Programme ' || i, '2014-04-01' from generate_series(1, 10) i",
        $"insert into course_programmes (course_id, programme_id) select c(i), g(1 + i % 10) from generate_series(1, {Courses}) i",
    ];

    /// <summary>Ten years of sessions to 31 March 2024 with their marks, spread evenly over the courses and days, beside those that there are: from as many sessions to as many.</summary>
    public static async Task FillAsync(NpgsqlDataSource database, int from, int to)
    {
        var sessions = $"(select *, substr(ref, 2)::int as n from sessions where substr(ref, 2)::int > {from}) s";
        foreach (var statement in (from == 0 ? Things : []).Concat(
        [
            $"""
            insert into sessions (id, ref, course_id, mode, capacity, status, starts_at, ends_at, counted_on, booking_closes_at, changed_at)
            select s(i), 'S' || i, c(1 + i % {Courses}), 'in person', 30, 'planned', day + time '09:30', day + time '16:00', day, day + time '08:00', '-infinity'
            from (select i, '2014-04-01'::date + ((i - {from})::bigint * 3652 / {to - from})::int as day from generate_series({from + 1}, {to}) i) d
            """,
            $"insert into session_parts (id, session_id, number, starts_local, ends_local, starts_at, ends_at) select t(n), id, 1, counted_on + time '09:30', counted_on + time '16:00', starts_at, ends_at from {sessions}",
        ]))
        {
            await DoAsync(database, statement);
        }

        // Millions of rows go in faster without the indexes, which are then made anew, and without looking up what they refer to.
        var indexes = await IndexesAsync(database);
        await DoAsync(database, string.Concat(indexes.Keys.Select(name => $"drop index {name};")));
        await DoAsync(database, $"""
            begin;
            select set_config('session_replication_role', 'replica', true) from pg_roles where rolname = current_user and rolsuper;
            insert into register_events (session_id, event, recorded_at) select id, 'signed', ends_at from {sessions};
            insert into marks (id, part_id, session_id, person_id, mark, minutes, agency_id, workforce, marked_at, recorded_at)
            select gen_random_uuid(), t(n), s.id, p(1 + (n::bigint * 7919 + k * 104729) % {People}), kind, case when kind = 'part' then 290 + k end, a(1 + (n::bigint * 31 + k * 17) % {Agencies}),
                (array['children', 'adults', 'joint', 'children', 'volunteer'])[1 + k % 5], s.ends_at, s.ends_at
            from {sessions} cross join generate_series(1, {MarksEach}) k
            cross join lateral (select case k % 12 when 0 then 'dna' when 5 then 'part' else 'attended' end as kind) m;
            commit
            """);
        foreach (var definition in indexes.Values)
        {
            await DoAsync(database, definition);
        }

        await DoAsync(database, "vacuum analyze");
    }

    private static async Task<Dictionary<string, string>> IndexesAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand(
            "select indexname, indexdef from pg_indexes where schemaname = 'public' and tablename = 'marks' and indexname not in (select conname from pg_constraint where conrelid = 'marks'::regclass)");
        await using var reader = await command.ExecuteReaderAsync();
        var indexes = new Dictionary<string, string>();
        while (await reader.ReadAsync())
        {
            indexes.Add(reader.GetString(0), reader.GetString(1));
        }

        return indexes;
    }

    private static async Task DoAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
