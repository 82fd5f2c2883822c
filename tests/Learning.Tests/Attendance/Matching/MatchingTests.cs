using Learning.Attendance;
using Learning.Attendance.Matching;
using Learning.Tests.Support;

namespace Learning.Tests.Attendance.Matching;

/// <summary>The queue of those of whom nobody has said who they are: every source in one list (rules A3, A4).</summary>
public class MatchingTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    [Fact] // A3, A4, S2
    public async Task Marks_without_a_place_and_people_of_an_address_alone_wait_in_one_list_with_their_action()
    {
        var hall = await Hall.Open(ground, people: 1);
        var unit = await ground.Given.Unit();
        var (lost, nowhere) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await hall.Sent(
            "tablet", hall.Mark(Guid.CreateVersion7(), MarkKind.Part, 90, id: lost), hall.Mark(hall.People[0].Id, part: Guid.CreateVersion7(), id: nowhere), hall.Mark(hall.People[0].Id, MarkKind.Substitute, substitute: new Somebody(null, "alone@agency.example")));

        var waiting = await Waiting(unit);
        Assert.Equal(new[] { lost, nowhere }.Order(), waiting.Where(one => one.Source == UnmatchedSource.Mark).Select(one => one.Id).Order());
        Assert.Equal(3, waiting.Count);
        Assert.Equal(("alone@agency.example", true), (waiting.Single(one => one.Source == UnmatchedSource.Address).Email, waiting.Single(one => one.Source == UnmatchedSource.Address).Address.StartsWith("/manage/people/", StringComparison.Ordinal)));
        Assert.Empty(await Waiting(hall.Trainer));

        // Of an unknown person it becomes somebody's; where the part is unknown it can only be left out.
        Assert.IsType<MatchOutcome.NotFound>(await Decide(async stray => await stray.JoinAsync(lost, hall.People[0].Id, await ground.Given.Actor(hall.Trainer))));
        Assert.IsType<MatchOutcome.Refused>(await Decide(async stray => await stray.JoinAsync(nowhere, hall.People[0].Id, await ground.Given.Actor(unit))));
        var came = await ground.Given.Person(given: "Wren");
        Assert.IsType<MatchOutcome.Done>(await Decide(async stray => await stray.JoinAsync(lost, came.Id, await ground.Given.Actor(unit))));
        Assert.Equal((MarkKind.Part, 90), ((await hall.Standing(came)).Mark.Kind, (await hall.Standing(came)).Mark.Minutes!.Value));
        Assert.IsType<MatchOutcome.NotFound>(await Decide(async stray => await stray.JoinAsync(lost, came.Id, await ground.Given.Actor(unit))));
        Assert.IsType<MatchOutcome.Refused>(await Decide(async stray => await stray.LeaveOutAsync(nowhere, " ", await ground.Given.Actor(unit))));
        Assert.IsType<MatchOutcome.Done>(await Decide(async stray => await stray.LeaveOutAsync(nowhere, "That part was taken out of the plan.", await ground.Given.Actor(unit))));
        Assert.Equal([UnmatchedSource.Address], (await Waiting(unit)).Select(one => one.Source));

        // A name, or a merge, ends the wait of whoever gave an address alone.
        await ground.Sql("update persons set family_name = 'Named' where id in (select person_id from person_emails where email = 'alone@agency.example')");
        Assert.Empty(await Waiting(unit));
    }

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 16:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private Task<IReadOnlyList<UnmatchedPerson>> Waiting(Learning.People.Person actor) => ground.With(async (UnmatchedPeople unmatched) => await unmatched.AskAsync(await ground.Given.Actor(actor)));

    private Task<MatchOutcome> Decide(Func<DecideStray, Task<MatchOutcome>> decide) => ground.With(decide);
}
