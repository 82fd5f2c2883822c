using Learning.Figures;
using Learning.Membership;
using Learning.People;
using Learning.Tests.Figures;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

/// <summary>P2: later moves, mergers and renames of agencies change nothing. Shown on the whole demonstration: what was published about past years stays, value, rows and digest.</summary>
public sealed class LastYearsFiguresTests(PublishedFiguresTests.Imported imported) : IClassFixture<PublishedFiguresTests.Imported>
{
    private const string Broken = """
        report: broken-down
        period: {from: 2023-04-01, to: 2024-04-01}
        figures: [
          {id: people, measure: people, by: [agency, month]}, {id: attendances, measure: attendances, by: [sector]}, {id: booked, measure: places_booked, by: [agency]}, {id: dna, measure: dna_rate, by: [sector]},
          {id: completions, measure: completions, by: [agency]}, {id: agencies, measure: agencies}, {id: professionals, measure: people, who: professionals, by: [sector, quarter]},
          {id: council, measure: attendances, agency: COUNCIL, by: [agency]}]
        """;

    private Ground Ground => imported.Ground;

    [Fact] // P2, T4
    public async Task Moves_renames_another_sector_another_parent_and_a_merger_change_nothing_of_past_years()
    {
        var (given, agencies) = (Ground.Given, await MostSeenAsync());
        var unit = await given.Actor(await given.Unit());
        var before = await PastAsync(agencies[0].Code);

        // The people who came most, from the agency that most came from, to the second.
        foreach (var person in await Ground.Sql<Guid[]>($"""
            select array(select m.person_id from marks m join employments e on e.person_id = m.person_id and e.agency_id = '{agencies[0].Id}' and e.ends_on is null
            where not exists (select from employments o where o.person_id = m.person_id and o.agency_id <> e.agency_id and (o.ends_on is null or o.ends_on > '2026-01-01'))
            group by m.person_id order by count(*) desc, m.person_id limit 3)
            """))
        {
            await using var db = Ground.Db();
            var actor = await Actor.ForAsync(db, person, Ground.Zone.Today);
            var typed = new TypedMove(agencies[0].Id, agencies[1].Id, "Adviser", "joint", "2", new(2026, 11, 1), null, false);
            var move = Assert.IsType<ProposeOutcome.Proposed>(await Ground.With((ProposeMove propose) => propose.RunAsync(typed, actor))).Id;
            Assert.IsType<MoveOutcome.Done>(await Ground.With((ConfirmMove confirm) => confirm.RunAsync(move, unit)));
        }

        Assert.IsType<AgencyOutcome.Done>(await Ground.With((RenameAgency rename) => rename.RunAsync(agencies[0].Id, "Called otherwise", new(2026, 4, 1), unit)));
        Assert.IsType<AgencyOutcome.Done>(await Ground.With((ChangeAgency change) => change.RunAsync(agencies[1].Id, new("Another sector", agencies[2].Id, false, null, new(2026, 4, 1)), unit)));
        Assert.IsType<AgencyOutcome.Done>(await Ground.With((MergeAgency merge) => merge.RunAsync(agencies[0].Id, agencies[3].Id, new(2026, 10, 1), true, unit)));

        Assert.Equal(before, await PastAsync(agencies[0].Code));
        Assert.Equal(0, await Ground.Sql<long>("""
            select count(*) from employments a join employments b on a.person_id = b.person_id and a.agency_id = b.agency_id and a.id < b.id and daterange(a.starts_on, a.ends_on) && daterange(b.starts_on, b.ends_on)
            """));
    }

    // As at now, and as at an instant before all of it: each report whole, digests included.
    private async Task<string> PastAsync(string agency)
    {
        var own = ReadReport.Text("broken-down.yaml", Broken.Replace("COUNCIL", agency, StringComparison.Ordinal));
        var reports = new List<ComputedReport>();
        foreach (var asAt in new[] { "2026-11-24", "2025-06-01" })
        {
            reports.Add(await imported.ReportAsync("2023-24", asAt));
            reports.Add(await imported.ReportAsync("2020-21", asAt));
            reports.Add(await Ground.With((ComputeReport compute) => compute.RunAsync(own, History.HistoryFiles.Midnight(DateOnly.Parse(asAt)).AddDays(1), Actor.Machine, default)));
        }

        Assert.All(reports, report => Assert.All(report.Figures, figure => Assert.True(figure.Value > 0, figure.Id)));
        return string.Join('\n', reports.Select(report => ReportJson.Write(report)));
    }

    private async Task<IReadOnlyList<Agency>> MostSeenAsync()
    {
        await using var db = Ground.Db();
        return await db.Agencies.FromSql($"""
            select a.* from agencies a join (select agency_id, count(*) as seen from marks group by 1) m on m.agency_id = a.id order by m.seen desc, a.code limit 4
            """).AsNoTracking().ToListAsync();
    }
}
