using Learning.ELearning;
using Learning.Time;
using Learning.Web;

using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

using Npgsql;

namespace Learning.Benchmarks;

/// <summary>
/// 500 learners in the quiz of the first course press "Check answer" at once, each on the form as it stands on their page, question after question over 32 connections. Every answer that was taken is
/// there afterwards, once; beside it what PostgreSQL's own TPC-B does on the same server.
/// </summary>
public static class LearningRush
{
    private const int People = 500, Connections = 32, Rounds = 6;

    public static readonly Scenario Scenario = new("learning", $"{People} learners answer {Rounds} questions each over {Connections} connections", RunAsync);

    private static async Task<Result> RunAsync(Ground ground)
    {
        var reference = await PgBench.PrepareAsync(ground.OwnerConnectionString);
        await using var site = Site.Build(new SiteSettings { ConnectionString = ground.ConnectionString, Port = 0, Role = SiteRole.Web });
        await site.StartAsync();
        var crowd = await Crowd.GatherAsync(site, People, Connections);
        await BeginAsync(site);
        var (times, rates, work, tps) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            if (round % 3 == 1)
            {
                tps.Add(await reference.TpsAsync(5));
            }

            var path = $"/learn/SIEB?page=quiz&try=1&question={round}";
            var (elapsed, each, processor) = await crowd.PressAsync(
                _ => path, "/learn/SIEB", [new("Input.Chosen", "0"), new("Input.Press", PlayerPress.Check)], to => to.EndsWith("#feedback", StringComparison.Ordinal));
            if (round > 1) // In the first, what is prepared once is prepared.
            {
                times.AddRange(each);
                rates.Add(People / elapsed.TotalSeconds);
                work.Add(processor.TotalMilliseconds / People);
            }
        }

        times.Sort();
        var (p95, kept, rate, best) = (times[(int)(times.Count * 0.95)], await KeptAsync(ground), rates.Order().ElementAt(rates.Count / 2), tps.Max());
        return new Result(p95 < 150 && kept == People * Rounds, new Dictionary<string, object>
        {
            ["answers"] = People * Rounds,
            ["kept"] = kept,
            ["p50Ms"] = Math.Round(times[times.Count / 2], 1),
            ["p95Ms"] = Math.Round(p95, 1),
            ["answersPerSecond"] = Math.Round(rate, 1),
            ["processorMsPerAnswer"] = Math.Round(work.Order().ElementAt(work.Count / 2), 2),
            ["pgbenchTps"] = Math.Round(best, 1),
            ["ratio"] = Math.Round(rate / best, 3),
            ["targetP95Ms"] = 150,
        });
    }

    /// <summary>Everybody has read the pages and is in the quiz.</summary>
    private static async Task BeginAsync(WebApplication site)
    {
        var offer = site.Services.GetRequiredService<CourseLibrary>().Current("SIEB");
        var pages = new Outline(offer.Text!).Stops.Select(stop => stop.Name).ToArray();
        var now = site.Services.GetRequiredService<Zone>().Now;
        await using var db = await site.Services.GetRequiredService<IDbContextFactory<LearningDb>>().CreateDbContextAsync();
        await db.Database.ExecuteSqlAsync($"""
            with course as (
                insert into courses (id, code, title, kind, owner_id, board, published_on)
                select gen_random_uuid(), 'SIEB', 'A course', 'e-learning', id, 'joint', '2020-01-01' from agencies where code = 'CROWD' returning id),
            version as (
                insert into course_versions (course_id, digest, texts, first_used_at)
                select id, {offer.Text!.Digest}, {CourseVersion.Json(offer.Files!)}::jsonb, {now} from course returning course_id, digest),
            attempt as (
                insert into learning_attempts (id, course_id, person_id, version, started_at, last_seen_at, last_page)
                select gen_random_uuid(), v.course_id, p.id, v.digest, {now}, {now}, 'quiz' from version v cross join persons p returning id)
            insert into page_visits (attempt_id, page, first_seen_at) select a.id, page, {now} from attempt a cross join unnest({pages}) page
            """);
    }

    private static async Task<long> KeptAsync(Ground ground)
    {
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var command = source.CreateCommand("select count(distinct (attempt_id, try, question)) from quiz_answers");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
