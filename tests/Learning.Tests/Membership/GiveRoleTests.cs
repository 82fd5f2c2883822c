using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Membership;

/// <summary>Giving roles: by whom, from when to when, and what takes two people (S1, S2, S3).</summary>
public class GiveRoleTests : IAsyncLifetime
{
    private readonly Ground ground = new();
    private Person administrator = null!, second = null!;

    [Fact] // S1, S3
    public async Task An_administrator_gives_a_role_and_everybody_concerned_is_told()
    {
        var person = await ground.Given.Person();

        var given = Assert.IsType<RoleOutcome.Done>(await ground.GiveAsync(administrator, person, Role.Chair));

        Assert.Equal([Role.Chair], await ground.RolesOf(person));
        Assert.Equal(["gave a role"], await ground.TrailOf(person));
        Assert.Equal([("role-given", administrator.Id), ("role-given", second.Id), ("role-given", person.Id)],
            (await ground.LettersAbout(given.Grant)).OrderBy(one => one.Person == person.Id).ThenBy(one => one.Person == second.Id));
    }

    [Fact] // S1
    public async Task A_role_is_held_from_its_first_day_up_to_and_not_including_its_last()
    {
        var person = await ground.Given.Person();
        var today = ground.Zone.Today;
        await ground.GiveAsync(administrator, person, Role.SubgroupMember, from: today.AddDays(1), until: today.AddDays(3));

        var held = new List<bool>();
        for (var day = 0; day < 4; day++)
        {
            held.Add((await ground.RolesOf(person)).Count > 0);
            ground.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal([false, true, true, false], held);
    }

    [Fact] // S1, T1: the local day begins in London
    public async Task A_role_begins_at_midnight_of_the_installations_zone()
    {
        var person = await ground.Given.Person();
        ground.Clock.Set("2024-06-01 23:59");
        await ground.GiveAsync(administrator, person, Role.SubgroupMember, from: new DateOnly(2024, 6, 2));
        Assert.Empty(await ground.RolesOf(person));

        ground.Clock.Set("2024-06-02 00:00");
        Assert.Equal([Role.SubgroupMember], await ground.RolesOf(person));
    }

    [Fact] // S2
    public async Task The_business_unit_names_leads_and_gives_nothing_else()
    {
        var (unit, person, agency) = (await ground.Given.Unit(), await ground.Given.Person(), await ground.Given.Agency());

        Assert.IsType<RoleOutcome.Done>(await ground.GiveAsync(unit, person, Role.AgencyLead, agency));
        foreach (var role in Enum.GetValues<Role>().Except([Role.AgencyLead]))
        {
            Assert.IsType<RoleOutcome.NotFound>(await ground.GiveAsync(unit, person, role));
        }

        Assert.Equal([agency.Id], (await ground.Given.Actor(person)).LeadOf);
    }

    [Theory] // S1
    [InlineData(null)]
    [InlineData(Role.SubgroupMember)]
    [InlineData(Role.Chair)]
    public async Task Nobody_else_gives_any_role(Role? role)
    {
        var (somebody, person, agency) = (await ground.Given.Person(), await ground.Given.Person(), await ground.Given.Agency());
        if (role is { } held)
        {
            await ground.Given.Role(somebody, held);
        }

        await ground.Given.Role(somebody, Role.AgencyLead, agency);
        foreach (var wanted in Enum.GetValues<Role>())
        {
            Assert.IsType<RoleOutcome.NotFound>(await ground.GiveAsync(somebody, person, wanted, agency));
        }
    }

    [Theory] // S1
    [InlineData(Role.BusinessUnit)]
    [InlineData(Role.Administrator)]
    public async Task The_business_unit_and_administrators_take_a_second_person(Role role)
    {
        var person = await ground.Given.Person();

        var asked = Assert.IsType<RoleOutcome.Asked>(await ground.GiveAsync(administrator, person, role));

        Assert.Empty(await ground.RolesOf(person));
        Assert.Equal((1, false), (asked.Approvers, asked.ByUnit));
        Assert.Equal([("role-asked", second.Id)], await ground.LettersAbout(asked.Request));
        Assert.IsType<RoleOutcome.Done>(await ground.DecideAsync(second, asked.Request));
        Assert.Equal([role], await ground.RolesOf(person));
        Assert.Equal(["asked for a role", "approved a role"], await ground.TrailOf(person));
    }

    [Fact] // S1
    public async Task What_somebody_would_give_themselves_takes_a_second_person()
    {
        var agency = await ground.Given.Agency();
        foreach (var role in new[] { Role.AgencyLead, Role.SubgroupMember, Role.Chair })
        {
            Assert.IsType<RoleOutcome.Asked>(await ground.GiveAsync(administrator, administrator, role, agency));
        }

        Assert.Equal([Role.Administrator], await ground.RolesOf(administrator));
    }

    [Fact] // S1
    public async Task A_second_persons_approval_is_kept_by_the_database_too()
    {
        var person = await ground.Given.Person();
        foreach (var (role, by, to) in new[] { ("administrator", administrator, person), ("business unit", administrator, person), ("chair", administrator, administrator) })
        {
            var wrong = await Assert.ThrowsAsync<PostgresException>(() => ground.Sql(
                $"insert into role_grants (id, person_id, role, starts_on, granted_at, granted_by) values (gen_random_uuid(), '{to.Id}', '{role}', '2024-01-01', now(), '{by.Id}')"));
            Assert.Equal("role_grants_second_person", wrong.ConstraintName);
        }

        var request = Assert.IsType<RoleOutcome.Asked>(await ground.GiveAsync(administrator, person, Role.Administrator)).Request;
        foreach (var self in new[] { administrator, person })
        {
            var wrong = await Assert.ThrowsAsync<PostgresException>(() => ground.Sql($"update role_requests set decision = 'approved', decided_at = now(), decided_by = '{self.Id}' where id = '{request}'"));
            Assert.Equal("role_requests_second_person", wrong.ConstraintName);
        }
    }

    [Fact] // S1
    public async Task The_machine_gives_the_first_administrator()
    {
        var person = await ground.Given.Person();
        Assert.IsType<RoleOutcome.Done>(await ground.With((GiveRole give) => give.RunAsync(new RoleWanted(person.Id, Role.Administrator, null, ground.Zone.Today, null), Actor.Machine)));
        Assert.Equal([Role.Administrator], await ground.RolesOf(person));
    }

    [Fact]
    public async Task The_same_again_changes_nothing()
    {
        var person = await ground.Given.Person();
        await ground.GiveAsync(administrator, person, Role.Chair);
        await ground.GiveAsync(administrator, person, Role.BusinessUnit);

        Assert.Equal(new RoleOutcome.Refused(RoleReason.AlreadyHeld), await ground.GiveAsync(administrator, person, Role.Chair));
        Assert.Equal(new RoleOutcome.Refused(RoleReason.AlreadyAsked), await ground.GiveAsync(administrator, person, Role.BusinessUnit));
    }

    [Fact]
    public async Task Two_who_give_the_same_at_once_give_it_once()
    {
        var person = await ground.Given.Person();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => ground.GiveAsync(n % 2 == 0 ? administrator : second, person, Role.Chair)));

        Assert.Single(outcomes.OfType<RoleOutcome.Done>());
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from role_grants where person_id = '{person.Id}'"));
    }

    [Fact]
    public async Task Days_that_cannot_be_are_refused()
    {
        var person = await ground.Given.Person();
        var today = ground.Zone.Today;

        Assert.Equal(new RoleOutcome.Refused(RoleReason.BeginsInThePast), await ground.GiveAsync(administrator, person, Role.Chair, from: today.AddDays(-1)));
        Assert.Equal(new RoleOutcome.Refused(RoleReason.EndsBeforeItBegins), await ground.GiveAsync(administrator, person, Role.Chair, until: today));
        Assert.Equal(new RoleOutcome.Refused(RoleReason.TooFarAhead), await ground.GiveAsync(administrator, person, Role.Chair, until: new DateOnly(8999, 1, 1)));
        Assert.Equal(new RoleOutcome.Refused(RoleReason.NeedsAgency), await ground.GiveAsync(administrator, person, Role.AgencyLead));
        Assert.Equal(new RoleOutcome.Refused(RoleReason.NeedsReason), await ground.GiveAsync(administrator, person, Role.Administrator, reason: " "));
        Assert.Equal(new RoleOutcome.Refused(RoleReason.NeedsReason), await ground.GiveAsync(administrator, person, Role.Administrator, reason: new string('x', 501)));
    }

    [Fact] // P5
    public async Task A_number_without_identity_gets_no_role()
    {
        var person = await ground.Given.Person();
        await ground.Sql($"update persons set erased_at = now(), given_name = '', family_name = '' where id = '{person.Id}'");

        Assert.IsType<RoleOutcome.NotFound>(await ground.GiveAsync(administrator, person, Role.Chair));
    }

    public async Task InitializeAsync()
    {
        await ground.InitializeAsync();
        (administrator, second) = (await ground.Given.Administrator(), await ground.Given.Administrator());
    }

    public Task DisposeAsync() => ground.DisposeAsync();
}
