using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

using Learning.Bookings;
using Learning.Web;

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

using Npgsql;

namespace Learning.Benchmarks.Storm;

/// <summary>How large a storm is.</summary>
public sealed record StormSize(int People, int Sessions, int Connections, TimeSpan Lasts);

/// <summary>What a storm left: what the rules forbid and happened, what the servers answered and wrote, and how much of everything there was.</summary>
/// <param name="Broken">Of the record, replayed; empty where all is well.</param>
/// <param name="Check">What <c>learning check</c> said, and its exit code.</param>
public sealed record StormResult(IReadOnlyList<string> Broken, IReadOnlyDictionary<string, int> Seen, Answers Answers, IReadOnlyList<string> Complaints, int CheckCode, string Check, long Deadlocks, double AnswersPerSecond)
{
    public bool IsClean => Broken.Count == 0 && Answers.Unexpected.Count == 0 && Complaints.Count == 0 && CheckCode == 0 && Deadlocks == 0;
}

/// <summary>
/// Two servers of the program, in processes of their own, over one database: people book, give up and answer offers by the API; the business unit changes places, keeps and releases them, moves sessions to other
/// rooms, withdraws bookings and puts people first; leads book for several and give places on; time runs out for offers and held places; all at random and at once. Then the record of every change is played
/// again and judged at each step (<see cref="Replay"/>).
/// </summary>
public static class BookingStorm
{
    public static readonly Scenario Scenario = new(
        "booking-storm", "300 people, their leads and the business unit book, give up, answer, change places, keep and release them on two servers at random, for 180 seconds (or LEARNING_STORM_SECONDS)", RunAsync);

    private static async Task<Result> RunAsync(Ground ground)
    {
        var seconds = int.TryParse(Environment.GetEnvironmentVariable("LEARNING_STORM_SECONDS"), out var given) ? given : 180;
        var result = await RunAsync(ground.ConnectionString, ground.OwnerConnectionString, new StormSize(300, 6, 24, TimeSpan.FromSeconds(seconds)));
        foreach (var wrong in result.Broken.Concat(result.Answers.Unexpected).Concat(result.Complaints).Take(50))
        {
            await Console.Error.WriteLineAsync(wrong);
        }

        return new Result(result.IsClean, new Dictionary<string, object>
        {
            ["seconds"] = seconds,
            ["broken"] = result.Broken.Count,
            ["check"] = result.Check.Trim(),
            ["deadlocks"] = result.Deadlocks,
            ["complaints"] = result.Complaints.Count,
            ["unexpected"] = result.Answers.Unexpected.Count,
            ["answers"] = result.Answers.Counts.OrderBy(one => one.Key).ToDictionary(one => $"{one.Key}", one => one.Value),
            ["answersPerSecond"] = Math.Round(result.AnswersPerSecond, 1),
            ["seen"] = result.Seen.OrderBy(one => one.Key, StringComparer.Ordinal).ToDictionary(one => one.Key, one => one.Value),
        });
    }

    /// <summary>Lets a storm loose over an empty database and judges what it left.</summary>
    public static async Task<StormResult> RunAsync(string application, string owner, StormSize size)
    {
        // Not a server: it makes the cookies, and does a worker's minute more often than once a minute.
        await using var site = Site.Build(new SiteSettings { ConnectionString = application, Port = 0, Role = SiteRole.Web });
        var (ground, answers, places) = (await StormGround.MakeAsync(site, size), new Answers(), new Places());
        await using var database = NpgsqlDataSource.Create(owner);
        var before = await DeadlocksAsync(database);
        var (complaints, watch) = (new List<string>(), new Stopwatch());
        await using (var first = await ServerProcess.StartAsync(owner, "web"))
        await using (var second = await ServerProcess.StartAsync(owner, "all"))
        {
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = size.Connections, AllowAutoRedirect = false, UseCookies = false });
            watch.Start();
            await BlowAsync(new Storm(site, database, http, [first.Address, second.Address], ground, answers, places, size));
            watch.Stop();
            await LapseAsync(site);
            complaints.AddRange([.. first.Complaints, .. second.Complaints]);
        }

        var (broken, seen) = await JudgeAsync(database);
        foreach (var (what, count) in places.Pressed)
        {
            seen[what] = count;
        }

        var (code, said) = await ServerProcess.RunAsync(owner, "check");
        await Task.Delay(TimeSpan.FromSeconds(1.5)); // PostgreSQL counts what happened a second later.
        return new StormResult(broken, seen, answers, complaints, code, said, await DeadlocksAsync(database) - before, answers.Counts.Values.Sum() / watch.Elapsed.TotalSeconds);
    }

    private sealed record Storm(WebApplication Site, NpgsqlDataSource Database, HttpClient Http, Uri[] Servers, StormGround Ground, Answers Answers, Places Places, StormSize Size)
    {
        public Pages PagesOf(StormPerson person, int server) => new(Http, Servers[server % Servers.Length], person.Cookie, Answers);
    }

    private static async Task BlowAsync(Storm storm)
    {
        var ground = storm.Ground;
        var unit = storm.PagesOf(ground.Organisers[0], 0);
        foreach (var (i, session) in ground.Sessions.Index())
        {
            await new StormDesk(ground, storm.Places, new Random(i)).KeepAsync(unit, session, 3);
        }

        using var over = new CancellationTokenSource(storm.Size.Lasts);
        await Task.WhenAll(
        [
            .. Enumerable.Range(0, storm.Size.Connections).Select(i => UntilAsync(new Random(i), random => AskAsync(storm, random), over.Token)),
            .. ground.Organisers.Select((organiser, i) => DeskAsync(i, organiser, (desk, pages) => desk.OrganiseAsync(pages))),
            .. ground.Leads.Select((lead, i) => DeskAsync(10 + i, lead, async (desk, pages) =>
            {
                await desk.LeadAsync(pages, lead);
                await Task.Delay(200);
            })),
            UntilAsync(new Random(100), random => TimeRunsOutAsync(storm, random), over.Token),
        ]);

        Task DeskAsync(int seed, StormPerson person, Func<StormDesk, Pages, Task> press)
        {
            var (random, browsers) = (new Random(1000 + seed), storm.Servers.Select((_, server) => storm.PagesOf(person, server)).ToArray());
            var desk = new StormDesk(ground, storm.Places, random);
            return UntilAsync(random, _ => press(desk, browsers[random.Next(browsers.Length)]), over.Token);
        }
    }

    private static Task UntilAsync(Random random, Func<Random, Task> act, CancellationToken over) => Task.Run(async () =>
    {
        while (!over.IsCancellationRequested)
        {
            await act(random);
        }
    }, CancellationToken.None);

    // Books, which accepts an offer where there is one, or gives up a place, a wait or an offer.
    private static async Task AskAsync(Storm storm, Random random)
    {
        var (person, session) = (storm.Ground.People[random.Next(storm.Ground.People.Count)], storm.Ground.Sessions[random.Next(storm.Ground.Sessions.Count)]);
        var given = random.Next(10) < 4 ? storm.Places.Take(person.Id, session) : null;
        var (method, path) = given is { } id ? (HttpMethod.Delete, $"/api/v1/bookings/{id}") : (HttpMethod.Post, $"/api/v1/sessions/{session}/bookings");
        using var request = new HttpRequestMessage(method, new Uri(storm.Servers[random.Next(storm.Servers.Length)], path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", person.Token);
        using var answer = await storm.Http.SendAsync(request);
        storm.Answers.Add(answer, HttpStatusCode.Created, HttpStatusCode.Accepted, HttpStatusCode.NoContent, HttpStatusCode.Conflict);
        if (answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Accepted)
        {
            using var said = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
            storm.Places.Told(person.Id, session, said.RootElement.GetProperty("id").GetGuid());
        }
    }

    // A working day is longer than a storm: what would end then ends now, for some, and a worker finds it.
    private static async Task TimeRunsOutAsync(Storm storm, Random random)
    {
        await Task.Delay(1000);
        await using (var offers = storm.Database.CreateCommand("update bookings set offer_ends_at = now() where state = 'offered' and id in (select id from bookings where state = 'offered' order by random() limit 3)"))
        {
            await offers.ExecuteNonQueryAsync();
        }

        if (random.Next(4) == 0)
        {
            // Whoever changes what is kept holds the session's lock.
            await using var held = storm.Database.CreateCommand("""
                with chosen as (select id, session_id from held_places where released_at is null order by random() limit 1),
                    locked as (select s.id from sessions s where s.id = (select session_id from chosen) for update)
                update held_places h set until = now() from chosen, locked where h.id = chosen.id and locked.id = h.session_id and h.released_at is null
                """);
            await held.ExecuteNonQueryAsync();
            await LapseAsync(storm.Site);
        }
    }

    private static async Task LapseAsync(WebApplication site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<LapseOffers>().RunAsync();
    }

    private static async Task<(List<string> Broken, Dictionary<string, int> Seen)> JudgeAsync(NpgsqlDataSource database)
    {
        var (replay, stand, broken) = (new Replay(await StormHistory.FactsAsync(database)), await StormHistory.StandAsync(database), new List<string>());
        foreach (var session in await StormHistory.ReadAsync(database))
        {
            var played = replay.Play([.. session]);
            if (played != stand[session.Key])
            {
                broken.Add($"session {session.Key}: the record comes to {played}, the database to {stand[session.Key]}");
            }
        }

        return ([.. replay.Broken, .. broken], new(replay.Seen));
    }

    private static async Task<long> DeadlocksAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select deadlocks from pg_stat_database where datname = current_database()");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
