using Learning.Membership;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Membership;

/// <summary>P2, S2: an agency's lead says that somebody has left, or does something else by now; days before keep what they said.</summary>
public sealed class JobTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Fact] // P2: up to, not including, the day after the last one there
    public async Task Somebody_has_left_on_a_day_is_told_and_seen_no_more_from_the_day_after()
    {
        var moving = await Moving.Between(ground);
        Assert.IsType<JobOutcome.Done>(await End(await Job(moving.Mover), "2024-05-14", moving.OldLead));

        Assert.Equal("Council 2020-01-01 2024-05-15 children", await moving.Work());
        Assert.False(await moving.Sees(moving.OldLead, moving.Mover));
        Assert.Equal("employment-ended", await Moving.MailsOf(ground, moving.Mover));
        Assert.IsType<JobOutcome.NotFound>(await End(await Job(moving.Mover), "2024-05-13", moving.OldLead));
    }

    [Fact]
    public async Task A_last_day_can_be_put_off_until_it_has_passed_and_saying_it_twice_is_once()
    {
        var moving = await Moving.Between(ground);
        var job = await Job(moving.Mover);
        foreach (var day in new[] { "2024-06-30", "2024-06-30", "2024-07-31", "2024-06-15" })
        {
            Assert.IsType<JobOutcome.Done>(await End(job, day, moving.OldLead));
        }

        Assert.Equal("Council 2020-01-01 2024-06-16 children", await moving.Work());
        Assert.Equal("employment-ended employment-ended employment-ended", await Moving.MailsOf(ground, moving.Mover));
    }

    [Fact]
    public async Task Whoever_was_to_begin_and_does_not_come_covers_no_day()
    {
        var moving = await Moving.Between(ground);
        await moving.Confirmed();
        Assert.IsType<JobOutcome.Done>(await End(await Job(moving.Mover), null, moving.Lead));
        Assert.Equal("Council 2020-01-01 2024-06-01 children, Police 2024-06-01 2024-06-01 adults", await moving.Work());
        await using var db = ground.Db();
        Assert.Equal(["Council"], (await MyWork.OfAsync(db, moving.Mover.Id, ground.Zone)).Jobs.Select(line => line.Agency));
    }

    [Theory]
    [InlineData("2019-12-31", "They began on 1 January 2020")]
    [InlineData("2025-06-01", "in the next 12 months")]
    [InlineData(null, "Enter their last day")]
    public async Task A_last_day_that_cannot_be_is_a_mistake(string? day, string sentence)
    {
        var moving = await Moving.Between(ground);
        var refused = Assert.IsType<JobOutcome.Refused>(await End(await Job(moving.Mover), day, moving.OldLead));
        Assert.Contains(sentence, Assert.Single(refused.Mistakes).Sentence, StringComparison.Ordinal);
        Assert.Equal("Council 2020-01-01 - children", await moving.Work());
    }

    [Fact] // S1, S2
    public async Task Another_agency_s_lead_the_person_and_a_stranger_change_nothing()
    {
        var moving = await Moving.Between(ground);
        var (job, own) = (await Job(moving.Mover), await Job(moving.OldLead));
        foreach (var stranger in new[] { moving.Lead, moving.Mover, await Given.Person(moving.Old) })
        {
            Assert.IsType<JobOutcome.NotFound>(await End(job, "2024-05-14", stranger));
            Assert.IsType<JobOutcome.NotFound>(await Change(job, "Chief", "adults", null, "2024-05-01", stranger));
        }

        Assert.IsType<JobOutcome.NotFound>(await End(own, "2024-05-14", moving.OldLead));
        Assert.IsType<JobOutcome.NotFound>(await End(Guid.CreateVersion7(), "2024-05-14", moving.OldLead));
        Assert.IsType<JobOutcome.Done>(await End(job, "2024-05-14", await Given.Unit()));
    }

    [Fact] // P2, F1: figures use workforce and level by date
    public async Task Another_workforce_or_level_is_an_employment_from_its_day_and_a_title_is_put_right()
    {
        var moving = await Moving.Between(ground);
        var job = await Job(moving.Mover);
        Assert.IsType<JobOutcome.Done>(await Change(job, "Team manager", "children", null, null, moving.OldLead));
        Assert.Equal("Council 2020-01-01 - children", await moving.Work());
        Assert.Equal("Team manager", await ground.Sql<string>($"select job_title from employments where id = '{job}'"));

        Assert.Contains("Enter the day", Assert.Single(Assert.IsType<JobOutcome.Refused>(await Change(job, "Team manager", "adults", null, null, moving.OldLead)).Mistakes).Sentence);
        Assert.Contains("They began on", Assert.Single(Assert.IsType<JobOutcome.Refused>(await Change(job, "Team manager", "adults", null, "2019-05-01", moving.OldLead)).Mistakes).Sentence);
        Assert.IsType<JobOutcome.Done>(await Change(job, "Team manager", "adults", "4", "2024-05-01", moving.OldLead));
        Assert.Equal("Council 2020-01-01 2024-05-01 children, Council 2024-05-01 - adults", await moving.Work());

        // The part that has ended is nobody's to change any more; leaving ends what is left.
        Assert.IsType<JobOutcome.NotFound>(await Change(job, "Chief", "adults", null, "2024-04-01", moving.OldLead));
        await moving.Confirmed();
        Assert.Equal("Council 2020-01-01 2024-05-01 children, Council 2024-05-01 2024-06-01 adults, Police 2024-06-01 - adults", await moving.Work());
    }

    [Fact]
    public async Task Ending_and_moving_at_once_leave_one_history_without_a_contradiction()
    {
        for (var round = 0; round < 5; round++)
        {
            var moving = await Moving.Between(ground);
            var (move, job) = (await moving.Proposed(), await Job(moving.Mover));
            await Task.WhenAll(moving.Confirm(move), End(job, "2024-05-20", moving.OldLead), Change(job, null, "joint", null, "2024-05-10", moving.OldLead));
            var work = await moving.Work();
            Assert.Contains("Police 2024-06-01 - adults", work);
            Assert.DoesNotContain("Council 2024-05-10 -", work);
        }
    }

    private async Task<JobOutcome> End(Guid job, string? lastDay, Person by)
    {
        var actor = await Given.Actor(by);
        return await ground.With((EndEmployment end) => end.RunAsync(job, lastDay is null ? null : DateOnly.Parse(lastDay), actor));
    }

    private async Task<JobOutcome> Change(Guid job, string? title, string? workforce, string? level, string? from, Person by)
    {
        var actor = await Given.Actor(by);
        return await ground.With((ChangeJob change) => change.RunAsync(job, title, workforce, level, from is null ? null : DateOnly.Parse(from), actor));
    }

    private Task<Guid> Job(Person person) => ground.Sql<Guid>($"select id from employments where person_id = '{person.Id}' order by starts_on desc, number desc limit 1");
}
