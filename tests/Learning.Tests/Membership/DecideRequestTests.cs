using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Membership;

/// <summary>The second person (S1): who it may be, and that there is only ever one decision.</summary>
public class DecideRequestTests : IAsyncLifetime
{
    private readonly Ground ground = new();
    private Person administrator = null!, person = null!;

    [Fact] // S1
    public async Task Nobody_approves_what_they_asked_for_nor_what_is_about_themselves()
    {
        var second = await ground.Given.Administrator();
        var own = await AskAsync(Role.BusinessUnit);
        var aboutThem = Assert.IsType<RoleOutcome.Asked>(await ground.GiveAsync(administrator, second, Role.BusinessUnit)).Request;

        foreach (var decision in new[] { RoleDecision.Approved, RoleDecision.Refused })
        {
            Assert.IsType<RoleOutcome.NotFound>(await ground.DecideAsync(administrator, own, decision));
            Assert.IsType<RoleOutcome.NotFound>(await ground.DecideAsync(second, aboutThem, decision));
        }
    }

    [Fact] // S1
    public async Task While_there_is_another_administrator_the_business_unit_approves_nothing()
    {
        await ground.Given.Administrator();
        var unit = await ground.Given.Unit();

        Assert.IsType<RoleOutcome.NotFound>(await ground.DecideAsync(unit, await AskAsync(Role.Administrator)));
    }

    [Fact] // S1
    public async Task Where_there_is_only_one_administrator_the_business_unit_approves()
    {
        var unit = await ground.Given.Unit();
        var asked = Assert.IsType<RoleOutcome.Asked>(await ground.GiveAsync(administrator, person, Role.Administrator));

        Assert.Equal((1, true), (asked.Approvers, asked.ByUnit));
        Assert.IsType<RoleOutcome.Done>(await ground.DecideAsync(unit, asked.Request));
        Assert.Equal([Role.Administrator], await ground.RolesOf(person));
    }

    [Fact] // S1
    public async Task An_administrator_whose_role_has_ended_or_not_begun_approves_nothing()
    {
        var (past, future) = (await ground.Given.Person(), await ground.Given.Person());
        await ground.Given.Role(past, Role.Administrator, until: "2024-05-15");
        await ground.Given.Role(future, Role.Administrator, from: "2024-05-16");
        var request = await AskAsync(Role.BusinessUnit);

        Assert.IsType<RoleOutcome.NotFound>(await ground.DecideAsync(past, request));
        Assert.IsType<RoleOutcome.NotFound>(await ground.DecideAsync(future, request));
    }

    [Theory] // S1
    [InlineData(Role.SubgroupMember)]
    [InlineData(Role.Chair)]
    public async Task Nobody_else_decides(Role role)
    {
        var somebody = await ground.Given.Person();
        await ground.Given.Role(somebody, role);

        Assert.IsType<RoleOutcome.NotFound>(await ground.DecideAsync(somebody, await AskAsync(Role.BusinessUnit)));
    }

    [Fact] // S1
    public async Task Only_who_asked_withdraws()
    {
        var second = await ground.Given.Administrator();
        var request = await AskAsync(Role.BusinessUnit);

        Assert.IsType<RoleOutcome.NotFound>(await ground.DecideAsync(second, request, RoleDecision.Withdrawn));
        Assert.Equal(new RoleOutcome.Closed(RoleDecision.Withdrawn), await ground.DecideAsync(administrator, request, RoleDecision.Withdrawn));
        Assert.Equal(new RoleOutcome.Closed(RoleDecision.Withdrawn), await ground.DecideAsync(second, request));
        Assert.Empty(await ground.RolesOf(person));
    }

    [Fact] // S1, S3
    public async Task A_refusal_stands_and_is_on_the_trail()
    {
        var second = await ground.Given.Administrator();
        var request = await AskAsync(Role.Administrator);

        Assert.Equal(new RoleOutcome.Closed(RoleDecision.Refused), await ground.DecideAsync(second, request, RoleDecision.Refused));
        Assert.Equal(new RoleOutcome.Closed(RoleDecision.Refused), await ground.DecideAsync(second, request));
        Assert.Equal(["asked for a role", "refused a role"], await ground.TrailOf(person));
    }

    [Fact] // S1
    public async Task Several_approvals_at_once_and_again_later_are_one()
    {
        var others = new[] { await ground.Given.Administrator(), await ground.Given.Administrator(), await ground.Given.Administrator() };
        var request = await AskAsync(Role.BusinessUnit);

        var outcomes = await Task.WhenAll(others.SelectMany(other => Enumerable.Range(0, 3).Select(_ => ground.DecideAsync(other, request))));

        Assert.Single(outcomes.Cast<RoleOutcome.Done>().Distinct());
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from role_grants where person_id = '{person.Id}'"));
        Assert.Equal(["asked for a role", "approved a role"], await ground.TrailOf(person));
        Assert.Equal(outcomes[0], await ground.DecideAsync(others[0], request));
    }

    [Fact] // S1
    public async Task An_approval_and_a_refusal_at_once_end_in_one_of_them()
    {
        var (one, other) = (await ground.Given.Administrator(), await ground.Given.Administrator());
        for (var round = 0; round < 5; round++)
        {
            person = await ground.Given.Person();
            var request = await AskAsync(Role.BusinessUnit);
            var outcomes = await Task.WhenAll(ground.DecideAsync(one, request), ground.DecideAsync(other, request, RoleDecision.Refused));

            Assert.Single(outcomes.Distinct());
            Assert.Equal(outcomes[0] is RoleOutcome.Done ? 1 : 0, (await ground.RolesOf(person)).Count);
        }
    }

    [Fact]
    public async Task A_role_that_waited_begins_on_the_day_of_its_approval_unless_its_last_day_is_over()
    {
        var second = await ground.Given.Administrator();
        var today = ground.Zone.Today;
        var (request, dated) = (await AskAsync(Role.BusinessUnit), Assert.IsType<RoleOutcome.Asked>(await ground.GiveAsync(administrator, person, Role.Administrator, until: today.AddDays(2))).Request);
        ground.Clock.Advance(TimeSpan.FromDays(3));

        Assert.IsType<RoleOutcome.Done>(await ground.DecideAsync(second, request));
        Assert.Equal(today.AddDays(3), await ground.Sql<DateOnly>($"select starts_on from role_grants where request_id = '{request}'"));
        Assert.Equal(new RoleOutcome.Refused(RoleReason.IsOver), await ground.DecideAsync(second, dated));
    }

    private async Task<Guid> AskAsync(Role role) => Assert.IsType<RoleOutcome.Asked>(await ground.GiveAsync(administrator, person, role)).Request;

    public async Task InitializeAsync()
    {
        await ground.InitializeAsync();
        (administrator, person) = (await ground.Given.Administrator(), await ground.Given.Person());
    }

    public Task DisposeAsync() => ground.DisposeAsync();
}
