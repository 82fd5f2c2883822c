using Learning.Attendance;
using Learning.Figures;
using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

/// <summary>P2, P4: the business unit looks after the agencies; what happens to one has its day, and the days before stay as they were.</summary>
public sealed class AgencyTests(Ground ground) : IClassFixture<Ground>
{
    private static int made;

    private Given Given => ground.Given;

    [Fact] // P4, P6
    public async Task An_agency_is_added_with_its_domains_each_of_which_proposes_one()
    {
        var domain = Domain();
        var id = Assert.IsType<AgencyOutcome.Done>(await Add(Typed("Harbour Trust", "hbr") with { Domains = $"@{domain.ToUpperInvariant()}, second.{domain}\n{domain}" })).Id;

        Assert.Equal($"HBR Harbour Trust Health 1200 | {domain} second.{domain}", await ground.Sql<string>($"""
            select a.code || ' ' || a.name || ' ' || a.sector || ' ' || a.headcount || ' | ' || (select string_agg(domain, ' ' order by domain) from agency_domains where agency_id = a.id) from agencies a where id = '{id}'
            """));
        Assert.Equal("added an agency", await ground.Sql<string>($"select verb from audit_entries where subject_id = '{id}'"));
        Assert.Contains($"{domain} proposes Harbour Trust already", Mistake(await Add(Typed() with { Domains = domain }), AgencyField.Domains));
        Assert.Contains("Another agency has this code", Mistake(await Add(Typed(code: "HBR")), AgencyField.Code));
        Assert.Contains("one of this name", Mistake(await Add(Typed("harbour trust")), AgencyField.Name));
    }

    [Theory]
    [InlineData(AgencyField.Name, "", "Enter its name")]
    [InlineData(AgencyField.Name, "One\r\nTwo", "Enter its name")]
    [InlineData(AgencyField.Code, "", "Enter a code")]
    [InlineData(AgencyField.Code, "A/B", "Enter a code")]
    [InlineData(AgencyField.Code, "ABCDEFGHIJKLM", "Enter a code")]
    [InlineData(AgencyField.Sector, " ", "Choose its sector")]
    [InlineData(AgencyField.Headcount, "-3", "whole number")]
    [InlineData(AgencyField.Headcount, "many", "whole number")]
    [InlineData(AgencyField.Headcount, "99999999999", "whole number")]
    [InlineData(AgencyField.Domains, "no domain", "is not a domain")]
    [InlineData(AgencyField.Domains, "gmail.com", "Anybody can have an address of gmail.com")]
    public async Task What_cannot_be_is_a_mistake(AgencyField field, string typed, string sentence)
    {
        var agency = Typed();
        agency = field switch
        {
            AgencyField.Name => agency with { Name = typed },
            AgencyField.Code => agency with { Code = typed },
            AgencyField.Sector => agency with { Sector = typed },
            AgencyField.Headcount => agency with { Headcount = typed },
            _ => agency with { Domains = typed },
        };
        Assert.Contains(sentence, Mistake(await Add(agency), field), StringComparison.Ordinal);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from agencies where code = '{agency.Code}'"));
    }

    [Fact] // S2
    public async Task Only_the_unit_looks_after_agencies()
    {
        var (agency, other) = (await Given.Agency(), await Given.Agency());
        var lead = await Given.Person(agency);
        await Given.Role(lead, Role.AgencyLead, agency);
        var actor = await Given.Actor(lead);
        Assert.IsType<AgencyOutcome.NotFound>(await ground.With((AddAgency add) => add.RunAsync(Typed(), actor)));
        Assert.IsType<AgencyOutcome.NotFound>(await ground.With((RenameAgency rename) => rename.RunAsync(agency.Id, "Ours", null, actor)));
        Assert.IsType<AgencyOutcome.NotFound>(await ground.With((ChangeAgency change) => change.RunAsync(agency.Id, new("Health", null, true, null, null), actor)));
        Assert.IsType<AgencyOutcome.NotFound>(await ground.With((GiveDomains give) => give.RunAsync(agency.Id, Domain(), actor)));
        Assert.IsType<AgencyOutcome.NotFound>(await ground.With((TakeDomain take) => take.RunAsync(agency.Id, "x.example", actor)));
        Assert.IsType<AgencyOutcome.NotFound>(await ground.With((MergeAgency merge) => merge.RunAsync(agency.Id, other.Id, new(2024, 6, 1), true, actor)));
        Assert.IsType<AgencyOutcome.NotFound>((await ground.With((MergeAgency merge) => merge.LookAsync(agency.Id, other.Id, new(2024, 6, 1), actor))).Failed);
        Assert.IsType<AgencyOutcome.NotFound>(await ground.With((MergeAgency merge) => merge.TakeBackAsync(agency.Id, actor)));
        Assert.Empty(await ground.With((AgencyList list) => list.AskAsync(null, actor)));
        Assert.Null(await ground.With((AgencyList list) => list.FindAsync(agency.Id, actor)));
        Assert.IsType<AgencyOutcome.NotFound>(await Rename(Guid.CreateVersion7(), "Nobody", null));
    }

    [Fact] // P2, T4
    public async Task A_name_holds_from_its_day_and_a_mistyped_one_is_put_right_as_far_back_as_it_held()
    {
        var agency = await Given.Agency("Old name");
        Assert.Contains("Give today or an earlier day", Mistake(await Rename(agency.Id, "Later name", "2024-05-16"), AgencyField.Since));
        Assert.Contains("Enter its name", Mistake(await Rename(agency.Id, " ", "2024-05-01"), AgencyField.Name));
        Assert.IsType<AgencyOutcome.Done>(await Rename(agency.Id, "Nwe name", "2024-04-01"));
        Assert.Contains("holds since 1 April 2024", Mistake(await Rename(agency.Id, "Another", "2024-03-31"), AgencyField.Since));
        Assert.IsType<AgencyOutcome.Done>(await Rename(agency.Id, "New name", null));

        Assert.Equal("Old name, New name, New name", await ground.Sql<string>($"""
            select string_agg((select name from agencies_then(day::date, '2030-01-01') t where t.id = '{agency.Id}'), ', ' order by day) from unnest(array['2024-03-31', '2024-04-01', '2030-01-01']) day
            """));
        var unit = await Given.Actor(await Given.Unit());
        var before = Assert.Single((await ground.With((AgencyList list) => list.FindAsync(agency.Id, unit)))!.Before);
        Assert.Equal(("Old name", new DateOnly(2024, 4, 1)), (before.Name, before.Until));
    }

    [Fact]
    public async Task No_agency_is_part_of_itself_however_far_up_also_when_two_say_so_at_once()
    {
        var (top, middle) = (await Given.Agency(), await Given.Agency());
        var low = await Given.Agency(parent: middle.Id);
        Assert.IsType<AgencyOutcome.Done>(await Change(middle.Id, top.Id));
        Assert.Contains("is part of this one", Mistake(await Change(top.Id, low.Id), AgencyField.Parent));
        Assert.Contains("not part of itself", Mistake(await Change(top.Id, top.Id), AgencyField.Parent));
        Assert.Contains("Choose the agency", Mistake(await Change(top.Id, Guid.CreateVersion7()), AgencyField.Parent));

        var (one, other) = (await Given.Agency(), await Given.Agency());
        var outcomes = await Task.WhenAll(Change(one.Id, other.Id), Change(other.Id, one.Id));
        Assert.Single(outcomes.OfType<AgencyOutcome.Done>());
    }

    [Fact] // P2: by choice the people go along on the day, which is shown before
    public async Task A_merger_takes_the_people_along_on_its_day()
    {
        var moving = await Moving.Between(ground, "Small", "Large");
        var both = await Given.Person(moving.Old);
        await Given.Job(both, moving.Next, "2022-01-01");
        var (gone, later) = (await Given.Person(), await Given.Person());
        await Given.Job(gone, moving.Old, "2020-01-01", "2024-05-31");
        await Given.Job(later, moving.Old, "2024-09-01", workforce: Workforce.Adults, main: true);
        var unit = await Given.Actor(await Given.Unit());

        var will = (await ground.With((MergeAgency merge) => merge.LookAsync(moving.Old.Id, moving.Next.Id, new(2024, 7, 1), unit))).Seen!;
        Assert.Equal((4, 1, 1), (will.People, will.There, will.Leads));
        Assert.Equal("Small 2020-01-01 - children", await moving.Work());

        Assert.IsType<AgencyOutcome.Done>(await Merge(moving.Old, moving.Next, "2024-07-01", along: true));

        Assert.Equal("Small 2020-01-01 2024-07-01 children, Large 2024-07-01 - children", await moving.Work());
        Assert.Equal("Small 2020-01-01 2024-07-01 children, Large 2022-01-01 - children", await Moving.WorkOf(ground, both));
        Assert.Equal("Small 2020-01-01 2024-05-31 children", await Moving.WorkOf(ground, gone));
        Assert.Equal("Large 2024-09-01 - adults main, Small 2024-09-01 2024-09-01 adults main", await Moving.WorkOf(ground, later));
        Assert.Contains("successor already", Mistake(await Merge(moving.Old, await Given.Agency(), "2024-08-01", along: false), AgencyField.Into));
        Assert.Contains("stays", Mistake(await ground.With((MergeAgency merge) => merge.TakeBackAsync(moving.Old.Id, unit)), AgencyField.Into));
    }

    [Fact] // P4: new people of a merged agency's domain are proposed to the successor from its date on
    public async Task From_the_day_of_a_merger_the_domain_proposes_the_successor_and_who_works_there_stays_unless_taken()
    {
        var domain = Domain();
        var moving = await Moving.Between(ground);
        await Given.Save(new AgencyDomain { Domain = domain, AgencyId = moving.Old.Id });
        Assert.IsType<AgencyOutcome.Done>(await Merge(moving.Old, moving.Next, "2024-06-01", along: false));
        Assert.Equal("Council 2020-01-01 - children", await moving.Work());
        foreach (var (day, agency) in new[] { ("2024-05-31", moving.Old), ("2024-06-01", moving.Next) })
        {
            Assert.Equal(agency.Id, (await ground.With((ProposedAgency proposed) => proposed.ToAsync($"new@{domain}", ground.Zone.Now, DateOnly.Parse(day))))!.Agency.Id);
        }

        // Not begun, and nobody went along: it can be said otherwise, or taken back.
        var other = await Given.Agency("Other");
        Assert.IsType<AgencyOutcome.Done>(await Merge(moving.Old, other, "2024-07-01", along: false));
        var unit = await Given.Actor(await Given.Unit());
        Assert.IsType<AgencyOutcome.Done>(await ground.With((MergeAgency merge) => merge.TakeBackAsync(moving.Old.Id, unit)));
        Assert.Equal(moving.Old.Id, (await ground.With((ProposedAgency proposed) => proposed.ToAsync($"new@{domain}", ground.Zone.Now, new(2030, 1, 1))))!.Agency.Id);
    }

    [Fact] // P2
    public async Task A_successor_that_cannot_be_is_a_mistake_also_when_two_agencies_succeed_each_other_at_once()
    {
        var (one, other, third) = (await Given.Agency("One"), await Given.Agency("Other"), await Given.Agency("Third"));
        Assert.Contains("Choose the agency", Mistake(await Merge(one, one, "2024-06-01", false), AgencyField.Into));
        Assert.Contains("Enter the day", Mistake(await Merge(one, other, null, false), AgencyField.On));
        Assert.Contains("in the next 12 months", Mistake(await Merge(one, other, "2025-05-16", false), AgencyField.On));
        Assert.Contains("since 2000", Mistake(await Merge(one, other, "1999-12-31", false), AgencyField.On));
        Assert.IsType<AgencyOutcome.Done>(await Merge(other, third, "2024-05-01", false));
        Assert.Contains("Other is Third by that day", Mistake(await Merge(one, other, "2024-06-01", false), AgencyField.Into));
        Assert.Contains("followed by this one", Mistake(await Merge(third, other, "2024-04-01", false), AgencyField.Into));

        var (left, right) = (await Given.Agency(), await Given.Agency());
        var outcomes = await Task.WhenAll(Merge(left, right, "2024-06-01", false), Merge(right, left, "2024-06-01", false));
        Assert.Single(outcomes.OfType<AgencyOutcome.Done>());
    }

    [Fact] // house rule 6
    public async Task The_list_is_one_statement_a_tree_and_found_by_name_code_and_domain()
    {
        var top = await Given.Agency("Zebra Council");
        var low = await Given.Agency("Aardvark Housing", parent: top.Id);
        await Given.Save(new AgencyDomain { Domain = "zebra-housing.example", AgencyId = low.Id });
        await Given.Person(low);
        var unit = await Given.Actor(await Given.Unit());
        var lines = await ground.With((AgencyList list) => list.AskAsync(null, unit));
        var at = lines.ToList().FindIndex(line => line.Id == top.Id);
        Assert.Equal((low.Id, 1, 1, 1), (lines[at + 1].Id, lines[at + 1].Depth, lines[at + 1].People, lines[at + 1].Domains));
        foreach (var words in new[] { "aardvark", low.Code, "ZEBRA-housing" })
        {
            Assert.Equal(low.Id, Assert.Single(await ground.With((AgencyList list) => list.AskAsync(words, unit))).Id);
        }

        Assert.Empty(await ground.With((AgencyList list) => list.AskAsync("100%_", unit)));
    }

    private static string Domain() => $"agency{Interlocked.Increment(ref made)}.example";

    private static TypedAgency Typed(string? name = null, string? code = null)
    {
        var number = Interlocked.Increment(ref made);
        return new(name ?? $"Trust {number}", code ?? $"T-{number}", "Health", null, false, "1,200", null);
    }

    private static string Mistake(AgencyOutcome outcome, AgencyField field) => Assert.IsType<AgencyOutcome.Refused>(outcome).Mistakes.Single(mistake => mistake.Field == field).Sentence;

    private async Task<AgencyOutcome> Add(TypedAgency typed)
    {
        var unit = await Given.Actor(await Given.Unit());
        return await ground.With((AddAgency add) => add.RunAsync(typed, unit));
    }

    private async Task<AgencyOutcome> Rename(Guid id, string name, string? since)
    {
        var unit = await Given.Actor(await Given.Unit());
        return await ground.With((RenameAgency rename) => rename.RunAsync(id, name, since is null ? null : DateOnly.Parse(since), unit));
    }

    private async Task<AgencyOutcome> Change(Guid id, Guid parent)
    {
        var unit = await Given.Actor(await Given.Unit());
        return await ground.With((ChangeAgency change) => change.RunAsync(id, new("Local authority", parent, false, null, new(2024, 5, 1)), unit));
    }

    private async Task<AgencyOutcome> Merge(Agency agency, Agency into, string? on, bool along)
    {
        var unit = await Given.Actor(await Given.Unit());
        return await ground.With((MergeAgency merge) => merge.RunAsync(agency.Id, into.Id, on is null ? null : DateOnly.Parse(on), along, unit));
    }
}
