using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Membership;

/// <summary>Taking roles back (S1, S3): by whom, at once, and never the last administrator.</summary>
public class TakeRoleTests : IAsyncLifetime
{
    private readonly Ground ground = new();
    private Person administrator = null!;

    [Fact] // S1, S3
    public async Task A_role_taken_back_is_gone_at_the_next_press_of_a_session_that_is_open()
    {
        var person = await ground.Given.Person();
        var grant = await ground.Given.Role(person, Role.BusinessUnit);
        var visitor = await (await ground.SiteAsync()).SignedInAsync(person.Id);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await visitor.Get("/manage")).Status);

        Assert.IsType<RoleOutcome.Done>(await ground.TakeAsync(administrator, grant.Id));

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await visitor.Get("/manage")).Status);
        Assert.Contains("took a role back", await ground.TrailOf(person));
        Assert.Equal([person.Id, administrator.Id], (await ground.LettersAbout(grant.Id)).Where(one => one.Kind == "role-taken").Select(one => one.Person!.Value).OrderBy(id => id == administrator.Id));
    }

    [Fact] // S1
    public async Task A_role_that_comes_to_its_last_day_is_gone_at_midnight_in_a_session_that_is_open()
    {
        var person = await ground.Given.Person();
        await ground.Given.Role(person, Role.BusinessUnit, until: "2024-05-16");
        ground.Clock.Set("2024-05-15 23:59");
        var visitor = await (await ground.SiteAsync()).SignedInAsync(person.Id);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await visitor.Get("/manage")).Status);

        ground.Clock.Set("2024-05-16 00:00");
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await visitor.Get("/manage")).Status);
    }

    [Fact] // S1
    public async Task The_business_unit_takes_back_leads_and_deputies_and_nothing_else()
    {
        var (unit, person, agency) = (await ground.Given.Unit(), await ground.Given.Person(), await ground.Given.Agency());
        var (lead, chair) = (await ground.Given.Role(person, Role.AgencyLead, agency), await ground.Given.Role(person, Role.Chair));

        Assert.IsType<RoleOutcome.Done>(await ground.TakeAsync(unit, lead.Id));
        Assert.IsType<RoleOutcome.NotFound>(await ground.TakeAsync(unit, chair.Id));
        Assert.Equal([Role.Chair], await ground.RolesOf(person));
    }

    [Fact] // S1
    public async Task Nobody_else_takes_anything_back()
    {
        var (somebody, person, agency) = (await ground.Given.Person(), await ground.Given.Person(), await ground.Given.Agency());
        await ground.Given.Role(somebody, Role.Chair);
        await ground.Given.Role(somebody, Role.AgencyLead, agency);
        var (lead, chair) = (await ground.Given.Role(person, Role.AgencyLead, agency), await ground.Given.Role(person, Role.Chair));

        Assert.IsType<RoleOutcome.NotFound>(await ground.TakeAsync(somebody, lead.Id));
        Assert.IsType<RoleOutcome.NotFound>(await ground.TakeAsync(somebody, chair.Id));
    }

    [Fact]
    public async Task It_takes_a_reason_and_once_is_enough()
    {
        var person = await ground.Given.Person();
        var grant = await ground.Given.Role(person, Role.Chair);

        Assert.Equal(new RoleOutcome.Refused(RoleReason.NeedsReason), await ground.TakeAsync(administrator, grant.Id, reason: "  "));
        Assert.Equal(new RoleOutcome.Refused(RoleReason.NeedsReason), await ground.TakeAsync(administrator, grant.Id, reason: "a\0b"));
        Assert.IsType<RoleOutcome.Done>(await ground.TakeAsync(administrator, grant.Id));
        Assert.IsType<RoleOutcome.NotFound>(await ground.TakeAsync(administrator, grant.Id));
    }

    [Fact] // S1
    public async Task The_last_administrator_stays()
    {
        var grant = await GrantOf(administrator);
        Assert.Equal(new RoleOutcome.Refused(RoleReason.LastAdministrator), await ground.TakeAsync(administrator, grant));

        // One who is to go, one who is to come: after the last day, or until the first, there would be nobody.
        var (going, coming) = (await ground.Given.Person(), await ground.Given.Person());
        await ground.Given.Role(going, Role.Administrator, until: "2024-12-31");
        await ground.Given.Role(coming, Role.Administrator, from: "2024-06-01");
        Assert.Equal(new RoleOutcome.Refused(RoleReason.LastAdministrator), await ground.TakeAsync(going, grant));

        await ground.Given.Administrator();
        Assert.IsType<RoleOutcome.Done>(await ground.TakeAsync(going, grant));
    }

    [Fact] // S1
    public async Task Two_administrators_who_take_each_others_role_at_once_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            var other = await ground.Given.Administrator();
            var (first, second) = (await GrantOf(administrator), await GrantOf(other));
            var outcomes = await Task.WhenAll(ground.TakeAsync(administrator, second), ground.TakeAsync(other, first));

            Assert.Single(outcomes.OfType<RoleOutcome.Done>());
            administrator = outcomes[0] is RoleOutcome.Done ? administrator : other;
            Assert.Equal([Role.Administrator], await ground.RolesOf(administrator));
        }
    }

    private async Task<Guid> GrantOf(Person person) => await ground.Sql<Guid>($"select id from role_grants where person_id = '{person.Id}' and role = 'administrator' and revoked_at is null");

    public async Task InitializeAsync()
    {
        await ground.InitializeAsync();
        administrator = await ground.Given.Administrator();
    }

    public Task DisposeAsync() => ground.DisposeAsync();
}
