using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;

using Learning.Web;

using Npgsql;

using NpgsqlTypes;

namespace Learning.Benchmarks;

/// <summary>
/// 200 tablets, 16 at a time, each with the 30 marks of its own register; every batch is sent twice, as a tablet does that missed the answer. Every mark is
/// stored once; beside it what a bare COPY of the same rows into a table with the same indexes takes.
/// </summary>
public static class Registers
{
    private const int Tablets = 200, People = 30, AtATime = 16, Rounds = 3;

    public static readonly Scenario Scenario = new(
        "register", $"{Tablets} tablets, {AtATime} at a time, send {People} marks each, twice, {Rounds} times", RunAsync);

    private static async Task<Result> RunAsync(Ground ground)
    {
        await using var site = Site.Build(new SiteSettings { ConnectionString = ground.ConnectionString, Port = 0, Role = SiteRole.Web });
        await site.StartAsync();
        await using var source = NpgsqlDataSource.Create(ground.OwnerConnectionString);
        await DoAsync(source, "create table marks_by_copy (like marks including all)");
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = AtATime }) { BaseAddress = new Uri(site.Urls.First()) };

        await SendAsync(http, await HallsAsync(source, "WARM")); // What is prepared once is prepared now.
        var (each, all, copies, before) = (new List<double>(), new List<double>(), new List<double>(), Process.GetCurrentProcess().TotalProcessorTime);
        for (var round = 0; round < Rounds; round++)
        {
            var (elapsed, times) = await SendAsync(http, await HallsAsync(source, $"ROUND-{round}"));
            all.Add(elapsed.TotalMilliseconds);
            each.AddRange(times);
            copies.Add(await CopyAsync(source, $"ROUND-{round}"));
        }

        var processor = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / (2 * Tablets * Rounds);
        const int marks = Tablets * People;
        var exact = await AskAsync(source, "select count(*) from marks where session_id in (select id from sessions where ref like 'ROUND-%')") == marks * Rounds
            && await AskAsync(source, "select count(*) from (select from marks group by part_id, person_id having count(*) > 1) twice") == 0;
        each.Sort();
        var (p95, whole, copy) = (each[(int)(each.Count * 0.95)], Median(all), Median(copies));
        return new Result(exact && p95 < 100, new Dictionary<string, object>
        {
            ["exact"] = exact,
            ["p50Ms"] = Math.Round(each[each.Count / 2], 1),
            ["p95Ms"] = Math.Round(p95, 1),
            ["batchesPerSecond"] = Math.Round(2 * Tablets / (whole / 1000), 1),
            ["marksPerSecond"] = Math.Round(marks / (whole / 1000)),
            ["processorMsPerBatch"] = Math.Round(processor, 2),
            ["copyMs"] = Math.Round(copy, 1),
            ["timesCopy"] = Math.Round(whole / copy, 1),
        });
    }

    private sealed record Tablet(string Ref, Guid Part, Guid[] People, string Token);

    /// <summary>A session of today for each tablet, with its trainer, a token, and people who hold places.</summary>
    private static async Task<List<Tablet>> HallsAsync(NpgsqlDataSource source, string prefix)
    {
        var tokens = Enumerable.Range(0, Tablets).Select(i => $"{prefix}-{i}-{Guid.CreateVersion7():N}").ToArray();
        await using var make = source.CreateCommand($"""
            with owner as (
                insert into agencies (id, code, name, sector, statutory_partner) values (gen_random_uuid(), '{prefix}', 'Halls', 'Health', false) returning id),
            course as (
                insert into courses (id, code, title, kind, owner_id, board, published_on) select gen_random_uuid(), '{prefix}', 'A day', 'trained', id, 'joint', '2020-01-01' from owner returning id),
            session as (
                insert into sessions (id, ref, course_id, mode, capacity, status, starts_at, ends_at, counted_on, booking_closes_at, changed_at)
                select gen_random_uuid(), '{prefix}-' || n, course.id, 'in person', {People}, 'planned', date_trunc('hour', now()), date_trunc('hour', now()) + interval '6 hours',
                       (date_trunc('hour', now()) at time zone 'Europe/London')::date, now() - interval '1 day', now() from course, generate_series(0, {Tablets - 1}) n
                returning id, ref, starts_at, ends_at),
            part as (
                insert into session_parts (id, session_id, number, starts_local, ends_local, starts_at, ends_at)
                select gen_random_uuid(), id, 1, starts_at at time zone 'Europe/London', ends_at at time zone 'Europe/London', starts_at, ends_at from session),
            person as (
                insert into persons (id, given_name, family_name, created_at)
                select gen_random_uuid(), ref, n::text, now() from session, generate_series(0, {People}) n returning id, given_name, family_name),
            job as (
                insert into employments (id, person_id, agency_id, workforce, starts_on) select gen_random_uuid(), person.id, owner.id, 'joint', '2020-01-01' from person, owner),
            trainer as (
                insert into session_trainers (session_id, person_id) select session.id, person.id from session join person on given_name = ref and family_name = '0'),
            token as (
                insert into access_tokens (id, person_id, hash, name, scopes, created_at, expires_at, strong)
                select gen_random_uuid(), person.id, hash, 'bench', array['registers'], now(), now() + interval '1 day', false
                from unnest($1) with ordinality t (hash, n) join person on given_name = '{prefix}-' || (n - 1) and family_name = '0')
            insert into bookings (id, session_id, person_id, agency_id, state, booked_at, state_at)
            select gen_random_uuid(), session.id, person.id, owner.id, 'confirmed', now(), now() from session join person on given_name = ref and family_name <> '0', owner
            """);
        make.Parameters.Add(new() { Value = tokens.Select(token => SHA256.HashData(Encoding.ASCII.GetBytes(token))).ToArray() });
        await make.ExecuteNonQueryAsync();
        await DoAsync(source, "analyze");

        await using var read = source.CreateCommand($"""
            select s.ref, p.id, array_agg(b.person_id) from sessions s join session_parts p on p.session_id = s.id join bookings b on b.session_id = s.id
            where s.ref like '{prefix}-%' group by s.ref, p.id
            """);
        await using var rows = await read.ExecuteReaderAsync();
        var tablets = new List<Tablet>();
        while (await rows.ReadAsync())
        {
            tablets.Add(new(rows.GetString(0), rows.GetGuid(1), rows.GetFieldValue<Guid[]>(2), tokens[int.Parse(rows.GetString(0).Split('-')[^1])]));
        }

        return tablets;
    }

    private static async Task<(TimeSpan All, IReadOnlyCollection<double> Each)> SendAsync(HttpClient http, List<Tablet> tablets)
    {
        var now = TimeProvider.System.GetUtcNow();
        var bodies = tablets.ConvertAll(tablet => new
        {
            device = tablet.Ref, deviceNow = now,
            marks = Array.ConvertAll(tablet.People, person => new { id = Guid.CreateVersion7(), part = tablet.Part, personId = person, mark = "attended", at = now }),
        });
        var each = new double[tablets.Count * 2];
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, tablets.Count, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (i, stop) =>
        {
            for (var time = 0; time < 2; time++)
            {
                var start = Stopwatch.GetTimestamp();
                using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/registers/{tablets[i].Ref}/marks") { Content = JsonContent.Create(bodies[i]) };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tablets[i].Token);
                using var answer = await http.SendAsync(request, stop);
                await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(stop);
                each[(2 * i) + time] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        });
        return (watch.Elapsed, each);
    }

    // The same rows by one COPY: milliseconds.
    private static async Task<double> CopyAsync(NpgsqlDataSource source, string prefix)
    {
        await using var read = source.CreateCommand($"""
            select id, part_id, session_id, person_id, mark, agency_id, workforce, walk_in, device, marked_at, recorded_at, recorded_by, reopening
            from marks where session_id in (select id from sessions where ref like '{prefix}-%')
            """);
        var rows = new List<object?[]>();
        await using (var reader = await read.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                var row = new object?[reader.FieldCount];
                reader.GetValues(row!);
                rows.Add(row);
            }
        }

        await using var connection = await source.OpenConnectionAsync();
        var watch = Stopwatch.StartNew();
        await using (var copy = await connection.BeginBinaryImportAsync("""
            copy marks_by_copy (id, part_id, session_id, person_id, mark, agency_id, workforce, walk_in, device, marked_at, recorded_at, recorded_by, reopening) from stdin (format binary)
            """))
        {
            foreach (var row in rows)
            {
                await copy.StartRowAsync();
                foreach (var value in row)
                {
                    await (value is DateTime instant ? copy.WriteAsync(instant, NpgsqlDbType.TimestampTz) : copy.WriteAsync(value));
                }
            }

            await copy.CompleteAsync();
        }

        return watch.Elapsed.TotalMilliseconds;
    }

    private static async Task DoAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> AskAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
