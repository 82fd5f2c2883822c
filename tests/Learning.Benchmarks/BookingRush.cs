using Learning.Time;
using Learning.Web;

using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Npgsql;

namespace Learning.Benchmarks;

/// <summary>
/// 400 signed-in people press "Book a place" over 32 connections, by the form as it stands on the page, ten times: on one session of 210 places, or spread over 50 sessions of 5. As many as there are
/// places are confirmed and the others wait in the order of the list, every time; beside it what PostgreSQL's own TPC-B does on the same server.
/// </summary>
public sealed class BookingRush
{
    private const int People = 400, Connections = 32, Rushes = 10;

    private readonly int sessionCount, places;
    private readonly double share;

    private BookingRush(int sessionCount, int places, double share) => (this.sessionCount, this.places, this.share) = (sessionCount, places, share);

    public static readonly Scenario Rush = new(
        "booking-rush", $"{People} people book one session of 210 places over {Connections} connections, {Rushes} times", new BookingRush(1, 210, 0.1).RunAsync);

    public static readonly Scenario Spread = new(
        "booking-spread", $"{People} people book 50 sessions of 5 places over {Connections} connections, {Rushes} times", new BookingRush(50, 5, 0.15).RunAsync);

    private async Task<Result> RunAsync(Ground ground)
    {
        var reference = await PgBench.PrepareAsync(ground.OwnerConnectionString);
        await using var site = Site.Build(new SiteSettings { ConnectionString = ground.ConnectionString, Port = 0, Role = SiteRole.Web });
        await site.StartAsync();
        var crowd = await Crowd.GatherAsync(site, People, Connections);
        var rushes = (await SessionsAsync(site)).Chunk(sessionCount).ToList();
        await crowd.RushAsync(rushes[0]); // What is prepared once is prepared now.

        var (times, rates, work, tps, exact) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), true);
        foreach (var (rush, sessions) in rushes.Skip(1).Index())
        {
            if (rush % 4 == 0)
            {
                tps.Add(await reference.TpsAsync(5));
            }

            var (elapsed, each, processor) = await crowd.RushAsync(sessions);
            times.AddRange(each);
            work.Add(processor.TotalMilliseconds / People);
            rates.Add(People / elapsed.TotalSeconds);
            foreach (var session in sessions)
            {
                exact &= await IsExactAsync(ground, session);
            }
        }

        times.Sort();
        var (rate, best, p95) = (Median(rates), Median(tps), times[(int)(times.Count * 0.95)]);
        return new Result(exact && rate >= share * best && (sessionCount > 1 || p95 < 250), new Dictionary<string, object>
        {
            ["rushes"] = Rushes,
            ["exact"] = exact,
            ["p50Ms"] = Math.Round(times[times.Count / 2], 1),
            ["p95Ms"] = Math.Round(p95, 1),
            ["bookingsPerSecond"] = Math.Round(rate, 1),
            ["processorMsPerBooking"] = Math.Round(Median(work), 2),
            ["pgbenchTps"] = Math.Round(best, 1),
            ["ratio"] = Math.Round(rate / best, 3),
            ["target"] = share,
        });
    }

    /// <summary>The sessions of each rush, and of one to warm up; each rush on a day of its own, so that nobody's overlap.</summary>
    private async Task<IReadOnlyList<string>> SessionsAsync(WebApplication site)
    {
        var zone = site.Services.GetRequiredService<Zone>();
        await using var db = await site.Services.GetRequiredService<IDbContextFactory<LearningDb>>().CreateDbContextAsync();
        var references = Enumerable.Range(0, (Rushes + 1) * sessionCount).Select(i => $"RUSH-{i}").ToArray();
        var starts = references.Select((_, i) => zone.InstantOf(zone.Today.AddDays(30 + i / sessionCount).ToDateTime(new TimeOnly(9, 30)))).ToArray();
        await db.Database.ExecuteSqlAsync($"""
            with owner as (
                insert into agencies (id, code, name, sector, statutory_partner) values (gen_random_uuid(), 'RUSH', 'Rush', 'Local authority', false) returning id),
            course as (
                insert into courses (id, code, title, kind, owner_id, board, published_on)
                select gen_random_uuid(), 'RUSH', 'A conference', 'conference', id, 'joint', '2020-01-01' from owner returning id),
            session as (
                insert into sessions (id, ref, course_id, mode, venue, capacity, status, starts_at, ends_at, counted_on, booking_closes_at, changed_at)
                select gen_random_uuid(), ref, course.id, 'in person', 'Pavilion Hall', {places}, 'planned', starts, starts + interval '6 hours', (starts at time zone {zone.Name})::date, starts, now()
                from course, unnest({references}, {starts}) as s (ref, starts) returning id, starts_at, ends_at)
            insert into session_parts (id, session_id, number, starts_local, ends_local, starts_at, ends_at)
            select gen_random_uuid(), id, 1, starts_at at time zone {zone.Name}, ends_at at time zone {zone.Name}, starts_at, ends_at from session
            """);
        return references;
    }

    /// <summary>As many as there are places are confirmed, the rest wait, who came first has the place, and each was told the number that they have.</summary>
    private async Task<bool> IsExactAsync(Ground ground, string session)
    {
        var people = People / sessionCount;
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var command = source.CreateCommand($"""
            select count(*) = {people} and count(*) filter (where b.state = 'confirmed') = {places} and count(*) filter (where b.state = 'waiting') = {people - places}
                and max(b.number) filter (where b.state = 'confirmed') < min(b.number) filter (where b.state = 'waiting')
                and bool_and(b.state = 'confirmed' or (m.data ->> 'position')::bigint = b.place - {places}) and bool_and(m.kind is not null)
            from (select b.*, row_number() over (order by b.booked_at, b.number) as place
                  from bookings b join sessions s on s.id = b.session_id where s.ref = '{session}') b
            left join messages m on m.subject_id = b.id and m.kind = 'booking-' || b.state
            """);
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
