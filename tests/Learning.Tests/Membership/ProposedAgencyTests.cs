using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Membership;

public class ProposedAgencyTests(Ground ground) : IClassFixture<Ground>
{
    [Theory] // P4
    [InlineData("a@housing.council.example", "housing.council.example", "council.example")]
    [InlineData("A@Council.Example ", "council.example")]
    [InlineData("a@ward.hospital.nhs.uk", "ward.hospital.nhs.uk", "hospital.nhs.uk")]
    [InlineData("a@nhs.net", "nhs.net")]
    [InlineData("a@gmail.com", "gmail.com")]
    [InlineData("a@something.gmail.com", "something.gmail.com")]
    [InlineData("a@essex.police.uk", "essex.police.uk")]
    public async Task A_domain_asks_for_itself_and_what_it_lies_below_but_never_for_what_everybody_shares(string email, params string[] candidates) =>
        Assert.Equal(candidates, await ground.With((MailDomains domains) => Task.FromResult(domains.Candidates(email))));

    [Theory]
    [InlineData("nursery.example", true)]
    [InlineData("gmail.com", false)]
    [InlineData("mailbox.example", false)]
    [InlineData("nhs.net", false)]
    [InlineData("sch.uk", false)]
    public async Task A_mailbox_of_anybody_is_never_an_agencys(string domain, bool may) =>
        Assert.Equal(may, await ground.With((MailDomains domains) => Task.FromResult(domains.MayBeAgencys(domain))));

    [Fact] // P4
    public async Task The_nearest_domain_of_an_agency_wins()
    {
        var council = await ground.AgencyAsync("near.example");
        var housing = await ground.AgencyAsync("housing.near.example", parent: council.Id);

        Assert.Equal(housing.Id, (await OfAsync("a@team.housing.near.example"))!.Agency.Id);
        Assert.Equal(council.Id, (await OfAsync("a@parks.near.example"))!.Agency.Id);
        Assert.Null(await OfAsync("a@nearexample.example"));
    }

    [Fact] // P4
    public async Task A_shared_domain_that_an_agency_has_is_proposed_to_that_domain_only()
    {
        var board = await ground.AgencyAsync("nhs.net");

        Assert.Equal(board.Id, (await OfAsync("a@nhs.net"))!.Agency.Id);
        Assert.Null(await OfAsync("a@trust.nhs.net"));
    }

    [Fact] // P4, P2
    public async Task Who_stands_for_an_agency_today_is_proposed_and_from_the_day_on()
    {
        var (first, second, third) = (await ground.AgencyAsync("merged.example"), await ground.Given.Agency(), await ground.Given.Agency());
        await ground.Given.Save(
            new AgencySuccession { AgencyId = first.Id, SuccessorId = second.Id, StartsOn = new DateOnly(2024, 4, 1) },
            new AgencySuccession { AgencyId = second.Id, SuccessorId = third.Id, StartsOn = new DateOnly(2024, 6, 1) });

        Assert.Equal(first.Id, (await OfAsync("a@merged.example", "2024-03-31"))!.Agency.Id);
        Assert.Equal(second.Id, (await OfAsync("a@merged.example", "2024-04-01"))!.Agency.Id);
        Assert.Equal(second.Id, (await OfAsync("a@merged.example", "2024-05-31"))!.Agency.Id);
        Assert.Equal(third.Id, (await OfAsync("a@merged.example", "2024-06-01"))!.Agency.Id);
    }

    [Fact]
    public async Task Agencies_that_stand_for_each_other_in_a_circle_hang_nothing()
    {
        var (one, other) = (await ground.AgencyAsync("circle.example"), await ground.Given.Agency());
        await ground.Given.Save(
            new AgencySuccession { AgencyId = one.Id, SuccessorId = other.Id, StartsOn = new DateOnly(2024, 1, 1) },
            new AgencySuccession { AgencyId = other.Id, SuccessorId = one.Id, StartsOn = new DateOnly(2024, 1, 1) });

        Assert.Null(await OfAsync("a@circle.example"));
    }

    [Fact] // P4
    public async Task The_departments_below_are_offered_but_not_one_that_another_stands_for()
    {
        var council = await ground.AgencyAsync("tree.example", "Council");
        var adults = await ground.Given.Agency("Adults", parent: council.Id);
        var housing = await ground.Given.Agency("Housing", parent: council.Id);
        var repairs = await ground.Given.Agency("Repairs", parent: housing.Id);
        var closed = await ground.Given.Agency("Closed", parent: council.Id);
        await ground.Given.Save(new AgencySuccession { AgencyId = closed.Id, SuccessorId = adults.Id, StartsOn = new DateOnly(2024, 1, 1) });

        var proposal = (await OfAsync("a@tree.example"))!;

        Assert.Equal([council.Id, adults.Id, housing.Id, repairs.Id], proposal.Parts.Select(part => part.Id));
        Assert.Equal("Council: Housing: Repairs", proposal.Parts[^1].FullName);
    }

    private Task<Proposal?> OfAsync(string email, string on = "2024-05-15") => ground.With((ProposedAgency proposed) => proposed.ToAsync(email, ground.Zone.Now, DateOnly.Parse(on)));
}
