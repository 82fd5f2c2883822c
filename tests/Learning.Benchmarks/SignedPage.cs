using System.Diagnostics;

using Learning.Figures;
using Learning.Web;

using Microsoft.Extensions.DependencyInjection;

using Npgsql;

namespace Learning.Benchmarks;

/// <summary>How long the pages of a signed and published report take, over HTTP, as anybody reads them: nothing is counted for them, however much is on record.</summary>
internal static class SignedPage
{
    private const int Looks = 40;

    /// <summary>Signs the newest build as it stands and asks for the report and each figure in turn. Milliseconds: nineteen of twenty are faster; and of each page the median.</summary>
    public static async Task<(double P95, IReadOnlyDictionary<string, double> Medians)> MeasureAsync(NpgsqlDataSource owner, string connectionString, string content)
    {
        await using (var sign = owner.CreateCommand("""
            with chair as (insert into persons (id, given_name, family_name, created_at) values (gen_random_uuid(), 'Helen', 'Achebe', now()) returning id),
            newest as (select * from report_builds where report = 'bench' order by built_at desc, id desc limit 1),
            signed as (
                insert into report_signings (id, report, revision, period_from, period_to, as_at, signed_at, signed_by, definition_digest, figures, accepted)
                select gen_random_uuid(), n.report, 1, '2023-04-01', '2024-04-01', n.as_at, n.built_at, c.id, n.definition_digest, n.figures::json, '[]' from newest n cross join chair c returning id, signed_by),
            behind as (insert into signed_behind (signing_id, figure, rows) select s.id, b.figure, b.rows from signed s cross join newest n join report_behind b on b.build_id = n.id)
            insert into report_publications (signing_id, published_at, published_by) select id, now(), signed_by from signed
            """))
        {
            await sign.ExecuteNonQueryAsync();
        }

        await using var site = Site.Build(
            new SiteSettings { ConnectionString = connectionString, Port = 0, Role = SiteRole.Web }, services => services.AddSingleton(new ReportFiles(Path.Combine(content, "reports"))));
        await site.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(site.Urls.First()) };
        string[] pages = ["/reports/bench", "/figures/bench/f0", "/figures/bench/f2"];
        foreach (var page in pages)
        {
            // What is prepared once is prepared now.
            (await http.GetAsync(page)).EnsureSuccessStatusCode();
            (await http.GetAsync(page)).EnsureSuccessStatusCode();
        }

        var times = new List<(string Page, double Took)>();
        for (var look = 0; look < Looks; look++)
        {
            var watch = Stopwatch.StartNew();
            await http.GetByteArrayAsync(pages[look % pages.Length]);
            times.Add((pages[look % pages.Length], watch.Elapsed.TotalMilliseconds));
        }

        return (Of(times.Select(time => time.Took), 0.95), times.GroupBy(time => time.Page).ToDictionary(page => page.Key, page => Math.Round(Of(page.Select(time => time.Took), 0.5), 1)));

        static double Of(IEnumerable<double> some, double share) => some.Order().ToList() is var all ? all[(int)(all.Count * share)] : 0;
    }
}
