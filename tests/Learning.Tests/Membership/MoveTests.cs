using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Membership;

/// <summary>P1, P2, S2: a person says where they work, the new agency confirms it, and what was before stays.</summary>
public sealed class MoveTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Fact] // P1, S3, M1
    public async Task A_move_closes_one_employment_and_opens_another_and_everybody_concerned_is_told()
    {
        var moving = await Moving.Between(ground);
        var move = await moving.Proposed();
        Assert.Equal("Council 2020-01-01 - children", await moving.Work());
        Assert.Equal("move-proposed", await Moving.MailsOf(ground, moving.Lead));

        Assert.Equal(new MoveOutcome.Done(MoveState.Confirmed), await moving.Confirm(move));

        Assert.Equal("Council 2020-01-01 2024-06-01 children, Police 2024-06-01 - adults", await moving.Work());
        Assert.Equal("move-confirmed", await Moving.MailsOf(ground, moving.Mover));
        Assert.Equal("left-us", await Moving.MailsOf(ground, moving.OldLead));
        Assert.Equal("proposed a move, confirmed a move", await ground.Sql<string>($"select string_agg(verb, ', ' order by id) from audit_entries where subject_id = '{moving.Mover.Id}'"));
    }

    [Fact] // S2, P2: from the day on, not before
    public async Task A_lead_who_loses_somebody_sees_them_up_to_the_last_day_and_the_new_lead_from_the_first()
    {
        var moving = await Moving.Between(ground);
        await moving.Confirmed(moving.Typed(startsOn: "2024-06-03", lastDay: "2024-05-31"));
        foreach (var (day, old, next) in new[] { ("2024-05-31", true, false), ("2024-06-01", false, false), ("2024-06-02", false, false), ("2024-06-03", false, true) })
        {
            ground.Clock.Set($"{day} 12:00");
            Assert.Equal((old, next), (await moving.Sees(moving.OldLead, moving.Mover), await moving.Sees(moving.Lead, moving.Mover)));
        }

        ground.Clock.Set("2024-05-15 09:00");
    }

    [Fact] // P2: who works for both says which counts
    public async Task Working_for_another_as_well_leaves_the_first_and_one_of_the_two_is_the_main_one()
    {
        var first = await Moving.Between(ground);
        await first.Confirmed(first.Typed(leaves: false));
        Assert.Equal("Council 2020-01-01 2024-06-01 children, Council 2024-06-01 - children main, Police 2024-06-01 - adults", await first.Work());
        Assert.Equal("", await Moving.MailsOf(ground, first.OldLead));

        var second = await Moving.Between(ground);
        await second.Confirmed(second.Typed(leaves: false, main: true));
        Assert.Equal("Council 2020-01-01 - children, Police 2024-06-01 - adults main", await second.Work());
    }

    [Fact] // P2: on one day one main employment at most, also where the main one changes
    public async Task The_job_that_takes_the_place_of_the_main_one_is_it_and_past_days_keep_theirs()
    {
        var moving = await Moving.Between(ground);
        await ground.Sql($"update employments set main = true where person_id = '{moving.Mover.Id}'");
        var third = await Given.Agency("Health");
        await Given.Job(moving.Mover, third, "2022-01-01");
        await moving.Confirmed();
        Assert.Equal("Council 2020-01-01 2024-06-01 children main, Health 2022-01-01 - children, Police 2024-06-01 - adults main", await moving.Work());

        ground.Clock.Set("2024-07-01 09:00");
        var job = await JobAt(moving.Mover, third);
        Assert.IsType<JobOutcome.Done>(await ChooseMain(job, moving.Mover));
        Assert.Equal(
            "Council 2020-01-01 2024-06-01 children main, Health 2022-01-01 2024-07-01 children, Police 2024-06-01 2024-07-01 adults main, Health 2024-07-01 - children main, Police 2024-07-01 - adults",
            await moving.Work());
        Assert.IsType<JobOutcome.NotFound>(await ChooseMain(job, moving.Mover)); // that part has ended
        Assert.IsType<JobOutcome.NotFound>(await ChooseMain(await JobAt(moving.Mover, third), moving.Lead)); // S1: another's
        ground.Clock.Set("2024-05-15 09:00");
    }

    [Fact] // S1, S2: another agency's lead, the person themselves, a stranger: as if there were no such move
    public async Task Only_the_new_agency_s_lead_or_the_unit_decides_and_nobody_their_own()
    {
        var moving = await Moving.Between(ground);
        var move = await moving.Proposed();
        await Given.Role(moving.Mover, Role.AgencyLead, moving.Next);
        foreach (var stranger in new[] { moving.OldLead, moving.Mover, await Given.Person(moving.Next) })
        {
            Assert.IsType<MoveOutcome.NotFound>(await moving.Confirm(move, stranger));
            Assert.IsType<MoveOutcome.NotFound>(await moving.Decline(move, by: stranger));
            var actor = await Given.Actor(stranger);
            Assert.Null(await ground.With((OpenMoves open) => open.FindAsync(move, actor)));
        }

        Assert.IsType<MoveOutcome.NotFound>(await moving.Confirm(Guid.CreateVersion7()));
        Assert.Equal("Council 2020-01-01 - children", await moving.Work());
        Assert.Equal(new MoveOutcome.Done(MoveState.Confirmed), await moving.Confirm(move, await Given.Unit()));
    }

    [Fact] // S1: a lead leads the departments, too
    public async Task The_lead_of_the_agency_above_decides_where_a_department_has_none()
    {
        var moving = await Moving.Between(ground);
        var department = await Given.Agency("Roads policing", parent: moving.Next.Id);
        var move = await moving.Proposed(moving.Typed() with { Agency = department.Id });
        Assert.Equal("move-proposed", await Moving.MailsOf(ground, moving.Lead));
        Assert.Equal(new MoveOutcome.Done(MoveState.Confirmed), await moving.Confirm(move));
    }

    [Fact] // S2: no lead, or nobody but the person themselves: the business unit finds it in its queue
    public async Task A_move_to_an_agency_without_a_lead_waits_for_the_unit()
    {
        var moving = await Moving.Between(ground);
        var empty = await Given.Agency("Hospice");
        await Given.Role(moving.Mover, Role.AgencyLead, empty);
        var before = await Waits();
        var move = await moving.Proposed(moving.Typed() with { Agency = empty.Id });
        Assert.Equal(before + 1, await Waits());
        var unit = await Given.Actor(await Given.Unit());
        Assert.Equal(move, (await ground.With((OpenMoves open) => open.WaitingAsync(unit, everywhere: true)))[0].Move.Id);
        Assert.Empty(await ground.With(async (OpenMoves open) => await open.WaitingAsync(await Given.Actor(moving.Lead), everywhere: true)));

        await moving.Proposed(moving.Typed(leaves: false)); // this one has a lead
        Assert.Equal(before + 1, await Waits());

        async Task<int> Waits() => (await ground.With((Learning.Web.WorkToDo queue) => queue.WaitingAsync())).FirstOrDefault(work => work.Address == "/manage/moves")?.Count ?? 0;
    }

    [Fact]
    public async Task Proposing_twice_is_one_proposal_and_saying_something_else_has_to_wait()
    {
        var moving = await Moving.Between(ground);
        var move = await moving.Proposed();
        Assert.Equal(move, await moving.Proposed());
        var another = Assert.IsType<ProposeOutcome.Refused>(await moving.Propose(moving.Typed("2024-07-01")));
        Assert.Equal(MoveField.Agency, Assert.Single(another.Mistakes).Field);
        Assert.Equal("move-proposed", await Moving.MailsOf(ground, moving.Lead));

        Assert.Equal(new MoveOutcome.Done(MoveState.Withdrawn), await Withdraw(move, moving.Mover));
        Assert.NotEqual(move, await moving.Proposed(moving.Typed("2024-07-01")));
    }

    [Fact]
    public async Task Two_proposals_at_once_are_one()
    {
        var moving = await Moving.Between(ground);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => moving.Propose()));
        Assert.Single(outcomes.Select(outcome => Assert.IsType<ProposeOutcome.Proposed>(outcome).Id).Distinct());
        Assert.Equal("move-proposed", await Moving.MailsOf(ground, moving.Lead));
    }

    [Fact] // the race of two leads, with the unit between them
    public async Task Of_those_who_decide_at_once_one_does_and_the_others_are_told()
    {
        for (var round = 0; round < 5; round++)
        {
            var moving = await Moving.Between(ground);
            var (second, unit) = (await Given.Person(moving.Next), await Given.Unit());
            await Given.Role(second, Role.AgencyLead, moving.Next);
            var move = await moving.Proposed();

            var outcomes = await Task.WhenAll(moving.Confirm(move), moving.Decline(move, by: second), moving.Confirm(move, second), moving.Confirm(move, unit), Withdraw(move, moving.Mover));

            var states = outcomes.Select(outcome => Assert.IsType<MoveOutcome.Done>(outcome).State).Distinct();
            var state = Assert.Single(states);
            Assert.Equal(state == MoveState.Confirmed ? 2 : 1, (await moving.Work()).Split(", ").Length);
            Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where subject_id = '{moving.Mover.Id}' and verb <> 'proposed a move'"));
            Assert.Equal(state == MoveState.Confirmed ? "move-confirmed" : state == MoveState.Declined ? "move-declined" : "", await Moving.MailsOf(ground, moving.Mover));
        }
    }

    [Fact] // M3
    public async Task Somebody_declines_with_a_reason_and_may_be_asked_again()
    {
        var moving = await Moving.Between(ground);
        var move = await moving.Proposed();
        Assert.IsType<MoveOutcome.Refused>(await moving.Decline(move, "  "));
        Assert.IsType<MoveOutcome.Refused>(await moving.Decline(move, new string('x', 501)));
        Assert.IsType<MoveOutcome.Refused>(await moving.Decline(move, "‮evil"));

        Assert.Equal(new MoveOutcome.Done(MoveState.Declined), await moving.Decline(move, "You begin\nin August"));

        Assert.Equal("You begin in August", await ground.Sql<string>($"select reason from moves where id = '{move}'"));
        Assert.Equal("Council 2020-01-01 - children", await moving.Work());
        Assert.Equal(new MoveOutcome.Done(MoveState.Declined), await moving.Confirm(move));
        Assert.Equal(new MoveOutcome.Done(MoveState.Declined), await Withdraw(move, moving.Mover));
        await moving.Confirmed(moving.Typed("2024-08-01"));
    }

    [Theory]
    [InlineData("2019-12-31", null, MoveField.StartsOn, "The record begins on 1 January 2020")]
    [InlineData("2025-05-16", null, MoveField.StartsOn, "in the next 12 months")]
    [InlineData("", null, MoveField.StartsOn, "Enter your first day there")]
    [InlineData("2024-06-01", "2024-06-01", MoveField.LastDay, "must be before your first day")]
    [InlineData("2024-06-01", "2019-06-01", MoveField.LastDay, "You began at Council on 1 January 2020")]
    [InlineData("2020-01-01", null, MoveField.LastDay, "You began at Council on 1 January 2020")]
    public async Task A_day_that_cannot_be_is_a_mistake(string startsOn, string? lastDay, MoveField field, string sentence)
    {
        var moving = await Moving.Between(ground);
        var refused = Assert.IsType<ProposeOutcome.Refused>(await moving.Propose(moving.Typed(startsOn, lastDay)));
        var mistake = Assert.Single(refused.Mistakes);
        Assert.Equal(field, mistake.Field);
        Assert.Contains(sentence, mistake.Sentence, StringComparison.Ordinal);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from moves where person_id = '{moving.Mover.Id}'"));
    }

    [Fact] // P1: with one agency once at a time; after a merger its successor
    public async Task An_agency_that_cannot_be_is_a_mistake()
    {
        var moving = await Moving.Between(ground);
        async Task Wrong(TypedMove typed, MoveField field, string sentence)
        {
            var mistake = Assert.IsType<ProposeOutcome.Refused>(await moving.Propose(typed)).Mistakes.Single(one => one.Field == field);
            Assert.Contains(sentence, mistake.Sentence, StringComparison.Ordinal);
        }

        await Wrong(moving.Typed() with { Agency = moving.Old.Id }, MoveField.Agency, "Council has you on its list already");
        await Wrong(moving.Typed(leaves: false) with { Agency = moving.Old.Id }, MoveField.Agency, "Council has you on its list already");
        await Wrong(moving.Typed() with { Agency = Guid.CreateVersion7() }, MoveField.Agency, "Choose the agency");
        await Wrong(moving.Typed() with { Agency = null }, MoveField.Agency, "Choose the agency");
        await Wrong(moving.Typed() with { Leaves = (await Given.Agency("Elsewhere")).Id }, MoveField.Leaves, "Elsewhere has no job of yours");
        await Wrong(moving.Typed() with { Leaves = Guid.CreateVersion7() }, MoveField.Leaves, "Choose the agency that you have left");

        var union = await Given.Agency("Union");
        await Given.Save(new AgencySuccession { AgencyId = moving.Next.Id, SuccessorId = union.Id, StartsOn = new(2024, 6, 1) });
        await Wrong(moving.Typed(), MoveField.Agency, "Police is Union by that day");
        await moving.Proposed(moving.Typed("2024-05-31"));
    }

    [Theory]
    [InlineData("one\ntwo", "adults", MoveField.JobTitle)]
    [InlineData("‮evil", "adults", MoveField.JobTitle)]
    [InlineData("Constable", null, MoveField.Workforce)]
    [InlineData("Constable", "wizard", MoveField.Workforce)]
    public async Task Words_that_cannot_be_are_a_mistake(string jobTitle, string? workforce, MoveField field)
    {
        var moving = await Moving.Between(ground);
        var refused = Assert.IsType<ProposeOutcome.Refused>(await moving.Propose(moving.Typed(jobTitle: jobTitle, workforce: workforce)));
        Assert.Equal(field, Assert.Single(refused.Mistakes).Field);
        Assert.IsType<ProposeOutcome.Refused>(await moving.Propose(moving.Typed(jobTitle: new string('x', 101))));
    }

    [Fact] // what the lead had before them may be no longer so
    public async Task A_confirmation_meets_what_has_changed_since_it_was_proposed()
    {
        var moving = await Moving.Between(ground);
        var move = await moving.Proposed();
        await Given.Job(moving.Mover, moving.Next, "2024-05-20");
        Assert.Contains("They work for Police by now", Assert.IsType<MoveOutcome.Refused>(await moving.Confirm(move)).Sentence);

        await ground.Sql($"update employments set ends_on = '2024-05-25' where agency_id = '{moving.Next.Id}' and person_id = '{moving.Mover.Id}'");
        await ground.Sql($"update employments set ends_on = '2024-05-10' where agency_id = '{moving.Old.Id}' and person_id = '{moving.Mover.Id}'");
        Assert.Equal(new MoveOutcome.Done(MoveState.Confirmed), await moving.Confirm(move));
        Assert.Equal("Council 2020-01-01 2024-05-10 children, Police 2024-05-20 2024-05-25 children, Police 2024-06-01 - adults", await moving.Work());
    }

    [Fact] // P1, P2 (I): whoever goes round the verbs
    public async Task The_database_refuses_two_employments_with_one_agency_on_a_day_and_two_main_ones()
    {
        var moving = await Moving.Between(ground);
        await Assert.ThrowsAsync<DbUpdateException>(() => Given.Job(moving.Mover, moving.Old, "2024-01-01"));
        await Given.Job(moving.Mover, moving.Next, "2024-01-01", main: true);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ground.Sql($"update employments set main = true where person_id = '{moving.Mover.Id}'"));
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => ground.Sql($"update employments set ends_on = '2019-12-31' where person_id = '{moving.Mover.Id}' and agency_id = '{moving.Old.Id}'"));
    }

    private async Task<MoveOutcome> Withdraw(Guid move, Person by)
    {
        var actor = await Given.Actor(by);
        return await ground.With((WithdrawMove withdraw) => withdraw.RunAsync(move, actor));
    }

    private async Task<JobOutcome> ChooseMain(Guid job, Person by)
    {
        var actor = await Given.Actor(by);
        return await ground.With((ChooseMainJob choose) => choose.RunAsync(job, actor));
    }

    private async Task<Guid> JobAt(Person person, Agency agency) =>
        await ground.Sql<Guid>($"select id from employments where person_id = '{person.Id}' and agency_id = '{agency.Id}' order by starts_on desc limit 1");
}
