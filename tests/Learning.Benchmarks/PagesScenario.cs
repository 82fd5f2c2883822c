using System.Diagnostics;

using Learning.Benchmarks.Storm;
using Learning.Web;

using Microsoft.Extensions.DependencyInjection;

using Npgsql;

namespace Learning.Benchmarks;

/// <summary>
/// The pages that people open most, signed in, on a server in a process of its own: the catalogue of 200 sessions, a course, a session, "my learning", "my bookings". Over 1, 8 and 32 connections; beside it a file of about 10 KB from the
/// same server. The processor's time is the server's and the database's together.
/// </summary>
public static class PagesScenario
{
    private const int Sessions = 200, People = 32, Looks = 600;
    private const double MostProcessor = 4, MostP95 = 100;
    private static readonly int[] Connections = [1, 8, 32];

    public static readonly Scenario Scenario = new("pages", $"{Looks} pages each over {string.Join(", ", Connections)} connections, signed in", RunAsync);

    private static async Task<Result> RunAsync(Ground ground)
    {
        var cookies = await FillAsync(ground);
        await using var server = await ServerProcess.StartAsync(ground.OwnerConnectionString, "web");
        string[] pages = ["/courses", "/courses/BENCH-3", "/sessions/BENCH-30", "/my", "/my/bookings"];
        var file = await FileAsync(server.Address);
        await LookAsync(server, pages, cookies, 8, 2_000);
        var measured = new Dictionary<string, object>();
        var (met, weights) = (true, new Dictionary<string, int>());
        foreach (var connections in Connections)
        {
            var before = await ProcessorAsync(server, ground);
            var looked = await LookAsync(server, pages, cookies, connections, Looks);
            var processor = (await ProcessorAsync(server, ground) - before) / Looks;
            var p95 = looked.Each[(int)(looked.Each.Count * 0.95)];
            met &= connections != 8 || (processor <= MostProcessor && p95 < MostP95);
            measured[$"processorMsAt{connections}"] = Math.Round(processor, 2);
            measured[$"p95MsAt{connections}"] = Math.Round(p95, 1);
            measured[$"pagesPerSecondAt{connections}"] = Math.Round(Looks / looked.All.TotalSeconds);
        }

        var asset = await LookAsync(server, [file], cookies, 8, Looks);
        measured["fileP95MsAt8"] = Math.Round(asset.Each[(int)(asset.Each.Count * 0.95)], 1);
        measured["filesPerSecondAt8"] = Math.Round(Looks / asset.All.TotalSeconds);
        foreach (var page in pages)
        {
            measured[$"p50Ms {page}"] = Math.Round((await LookAsync(server, [page], cookies, 1, 60)).Each[30], 1);
        }

        return new Result(met, measured);
    }

    private static async Task<(TimeSpan All, List<double> Each)> LookAsync(ServerProcess server, string[] pages, List<string> cookies, int connections, int looks)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections, AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.Address };
        var each = new double[looks];
        var watch = Stopwatch.StartNew();
        await Parallel.ForAsync(0, looks, new ParallelOptions { MaxDegreeOfParallelism = connections }, async (i, stop) =>
        {
            var start = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Get, pages[i % pages.Length]);
            request.Headers.Add("Cookie", cookies[i % cookies.Count]);
            using var answer = await http.SendAsync(request, stop);
            await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(stop);
            each[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
        return (watch.Elapsed, [.. each.Order()]);
    }

    // A script or style of the site that is nearest to 10 KB.
    private static async Task<string> FileAsync(Uri site)
    {
        var root = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        var files = Directory.Exists(root) ? new DirectoryInfo(root).GetFiles("*.js", SearchOption.AllDirectories) : [];
        using var http = new HttpClient { BaseAddress = site };
        foreach (var path in files.OrderBy(file => Math.Abs(file.Length - 10_000)).Select(file => "/" + Path.GetRelativePath(root, file.FullName).Replace('\\', '/')))
        {
            if ((await http.GetAsync(path)).IsSuccessStatusCode)
            {
                return path;
            }
        }

        return "/favicon.svg";
    }

    // Milliseconds of the server's process and of every process of the database that is there before and after.
    private static async Task<double> ProcessorAsync(ServerProcess server, Ground ground)
    {
        await using var source = NpgsqlDataSource.Create(ground.OwnerConnectionString);
        await using var command = source.CreateCommand("select pid from pg_stat_activity where pid <> pg_backend_pid()");
        await using var reader = await command.ExecuteReaderAsync();
        var all = server.ProcessorTime.TotalMilliseconds;
        while (await reader.ReadAsync())
        {
            try
            {
                using var process = Process.GetProcessById(reader.GetInt32(0));
                all += process.TotalProcessorTime.TotalMilliseconds;
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                // It has ended since.
            }
        }

        return all;
    }

    private static async Task<List<string>> FillAsync(Ground ground)
    {
        await using var site = Site.Build(new SiteSettings { ConnectionString = ground.ConnectionString, Port = 0, Role = SiteRole.Web });
        await using var source = NpgsqlDataSource.Create(ground.OwnerConnectionString);
        await using (var make = source.CreateCommand($"""
            with owner as (
                insert into agencies (id, code, name, sector, statutory_partner) values (gen_random_uuid(), 'BENCH', 'Bench', 'Health', true) returning id),
            course as (
                insert into courses (id, code, title, kind, owner_id, board, published_on) select gen_random_uuid(), 'BENCH-' || n, 'Working together, part ' || n, 'trained', id, 'joint', '2020-01-01' from owner, generate_series(0, 19) n returning id, code),
            session as (
                insert into sessions (id, ref, course_id, mode, venue, capacity, status, starts_at, ends_at, counted_on, booking_closes_at, changed_at)
                select gen_random_uuid(), 'BENCH-' || n, course.id, 'in person', 'Leigh Community Centre', 20, 'planned', t, t + interval '3 hours', (t at time zone 'Europe/London')::date, t - interval '1 day', now()
                from generate_series(0, {Sessions - 1}) n join course on code = 'BENCH-' || n % 20, lateral (select date_trunc('hour', now()) + make_interval(days => 7 + n) as t) w returning id, starts_at, ends_at),
            part as (
                insert into session_parts (id, session_id, number, starts_local, ends_local, starts_at, ends_at)
                select gen_random_uuid(), id, 1, starts_at at time zone 'Europe/London', ends_at at time zone 'Europe/London', starts_at, ends_at from session),
            person as (insert into persons (id, given_name, family_name, created_at) select gen_random_uuid(), 'Ada', 'Bench ' || n, now() from generate_series(1, {People}) n returning id),
            address as (insert into person_emails (email, person_id, main) select id || '@bench.example', id, true from person),
            job as (insert into employments (id, person_id, agency_id, workforce, starts_on) select gen_random_uuid(), person.id, owner.id, 'joint', '2020-01-01' from person, owner),
            booked as (
                insert into bookings (id, session_id, person_id, state, booked_at, state_at)
                select gen_random_uuid(), s.id, p.id, 'confirmed', now(), now() from (select id, row_number() over () n from person) p join (select id, row_number() over () n from session) s on s.n in (p.n, p.n + 40, p.n + 80))
            select id from person
            """))
        {
            make.CommandTimeout = 60;
            await make.ExecuteNonQueryAsync();
        }

        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LearningDb>();
        var people = db.Persons.Where(person => person.GivenName == "Ada").Select(person => person.Id).ToList();
        var signedIn = people.ConvertAll(id => SignedIn.Of(id, $"{id}@bench.example", strong: false, TimeProvider.System.GetUtcNow()));
        db.AddRange(signedIn.Select(one => one.Account));
        db.AddRange(signedIn.Select(one => one.Session));
        await db.SaveChangesAsync();
        await using var analyze = source.CreateCommand("analyze");
        await analyze.ExecuteNonQueryAsync();
        return await SignedIn.CookiesAsync(site, signedIn);
    }
}
