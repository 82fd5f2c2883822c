using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Membership;

/// <summary>A lead's deputies (S1, S2): of the lead's own people, and no further.</summary>
public class DeputiesTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // S1, S3
    public async Task A_lead_appoints_a_deputy_who_leads_the_agency_with_its_departments()
    {
        var (lead, agency) = await LeadAsync();
        var department = await ground.Given.Agency(parent: agency.Id);
        var colleague = await ground.Given.Person(department);

        Assert.IsType<RoleOutcome.Done>(await ground.AppointAsync(lead, colleague, agency));

        var actor = await ground.Given.Actor(colleague);
        Assert.Equal([Role.AgencyLead], actor.Roles);
        Assert.Equal([agency.Id, department.Id], actor.LeadOf.OrderBy(id => id == department.Id));
        Assert.Equal(["appointed a deputy"], await ground.TrailOf(colleague));
    }

    [Fact] // S2
    public async Task A_deputy_works_for_the_agency_or_a_department_today()
    {
        var (lead, agency) = await LeadAsync();
        var (stranger, left, coming) = (await ground.Given.Person(await ground.Given.Agency()), await ground.Given.Person(), await ground.Given.Person());
        await ground.Given.Job(left, agency, "2020-01-01", "2024-05-15");
        await ground.Given.Job(coming, agency, "2024-05-16");

        foreach (var person in new[] { stranger, left, coming })
        {
            Assert.Equal(new RoleOutcome.Refused(RoleReason.NotOfTheAgency), await ground.AppointAsync(lead, person, agency));
        }
    }

    [Fact] // S1
    public async Task A_deputy_appoints_nobody_and_takes_nobodys_role()
    {
        var (lead, agency) = await LeadAsync();
        var (deputy, colleague) = (await ground.Given.Person(agency), await ground.Given.Person(agency));
        await ground.AppointAsync(lead, deputy, agency);
        var other = Assert.IsType<RoleOutcome.Done>(await ground.AppointAsync(lead, colleague, agency)).Grant;

        Assert.IsType<RoleOutcome.NotFound>(await ground.AppointAsync(deputy, await ground.Given.Person(agency), agency));
        Assert.IsType<RoleOutcome.NotFound>(await ground.TakeAsync(deputy, other));
    }

    [Fact] // S2
    public async Task A_lead_appoints_for_own_agencies_and_departments_only()
    {
        var (lead, agency) = await LeadAsync();
        var (department, elsewhere) = (await ground.Given.Agency(parent: agency.Id), await ground.Given.Agency());

        Assert.IsType<RoleOutcome.Done>(await ground.AppointAsync(lead, await ground.Given.Person(department), department));
        Assert.IsType<RoleOutcome.NotFound>(await ground.AppointAsync(lead, await ground.Given.Person(elsewhere), elsewhere));
    }

    [Fact] // S1
    public async Task The_lead_or_an_administrator_takes_a_deputy_back_and_another_agencys_lead_does_not()
    {
        var (lead, agency) = await LeadAsync();
        var (other, _) = await LeadAsync();
        var (first, second) = (await ground.Given.Person(agency), await ground.Given.Person(agency));
        var (one, two) = (Assert.IsType<RoleOutcome.Done>(await ground.AppointAsync(lead, first, agency)).Grant, Assert.IsType<RoleOutcome.Done>(await ground.AppointAsync(lead, second, agency)).Grant);

        Assert.IsType<RoleOutcome.NotFound>(await ground.TakeAsync(other, one));
        Assert.IsType<RoleOutcome.Done>(await ground.TakeAsync(lead, one));
        Assert.IsType<RoleOutcome.Done>(await ground.TakeAsync(await ground.Given.Administrator(), two));
        Assert.Empty(await ground.RolesOf(first));
    }

    [Fact] // S1
    public async Task A_deputy_who_is_named_lead_is_lead()
    {
        var (lead, agency) = await LeadAsync();
        var deputy = await ground.Given.Person(agency);
        await ground.AppointAsync(lead, deputy, agency);

        Assert.IsType<RoleOutcome.Done>(await ground.GiveAsync(await ground.Given.Unit(), deputy, Role.AgencyLead, agency));

        Assert.IsType<RoleOutcome.Done>(await ground.AppointAsync(deputy, await ground.Given.Person(agency), agency));
    }

    [Fact]
    public async Task The_same_again_changes_nothing_and_a_lead_is_not_their_own_deputy()
    {
        var (lead, agency) = await LeadAsync();
        var deputy = await ground.Given.Person(agency);
        await ground.AppointAsync(lead, deputy, agency);

        Assert.Equal(new RoleOutcome.Refused(RoleReason.AlreadyHeld), await ground.AppointAsync(lead, deputy, agency));
        Assert.IsType<RoleOutcome.NotFound>(await ground.AppointAsync(lead, lead, agency));
    }

    [Fact] // S2
    public async Task A_deputy_who_leaves_the_agency_is_none_any_more_from_that_day_on()
    {
        var (lead, agency) = await LeadAsync();
        var department = await ground.Given.Agency(parent: agency.Id);
        var deputy = await ground.Given.Person();
        var job = await ground.Given.Job(deputy, department, "2020-01-01");
        await ground.AppointAsync(lead, deputy, agency);
        Assert.Equal([Role.AgencyLead], await ground.RolesOf(deputy));

        await ground.Sql($"update employments set ends_on = '2024-05-15' where id = '{job.Id}'");

        var actor = await ground.Given.Actor(deputy);
        Assert.Empty(actor.Roles);
        Assert.Empty(actor.LeadOf);
    }

    private async Task<(Person Lead, Agency Agency)> LeadAsync()
    {
        var agency = await ground.Given.Agency();
        var lead = await ground.Given.Person(agency, given: "Lena");
        await ground.Given.Role(lead, Role.AgencyLead, agency);
        return (lead, agency);
    }
}
