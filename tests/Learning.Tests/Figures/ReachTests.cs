using Learning.Attendance;
using Learning.Figures;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Figures;

/// <summary>C3: who comes to an awareness event without an account is reach, never trained; who says later that it was they, can take it back.</summary>
public sealed class ReachTests(Ground ground) : IClassFixture<Ground>
{
    private readonly Told told = new(ground);

    [Fact] // C3, F2, F4: each is reach, by agency; nobody is trained, attended, or an agency that was reached by training
    public async Task Check_ins_without_an_account_are_reach_and_nothing_else()
    {
        ground.Clock.Set("2024-06-03 12:00");
        var (course, session, agency) = await EventAsync();
        Assert.Null(await RecordAsync(session.Ref, Guid.CreateVersion7(), 8, agency.Code));
        Assert.Null(await RecordAsync(session.Ref, Guid.CreateVersion7(), 3, null));
        var reach = await told.Figure($"measure: reach, courses: [{course}], by: [agency]");
        Assert.Equal((11.0, "check-ins"), (reach.Value, reach.Unit));
        Assert.Equal([(agency.Code, "X"), ("not known", "X"), ("*", "11")], reach.Rows.Select(row => (row.Key["agency"], row.Printed)).OrderBy(row => row.Item1 == "*").ThenByDescending(row => row.Item1 != "not known")); // F6
        foreach (var measure in new[] { "people", "attendances", "agencies", "completions" })
        {
            Assert.Equal(0, await told.Value($"measure: {measure}, courses: [{course}]"));
        }
    }

    [Fact] // A3's kind: a batch that is sent twice counts once
    public async Task A_batch_counts_once()
    {
        ground.Clock.Set("2024-06-03 12:00");
        var (course, session, _) = await EventAsync();
        var batch = Guid.CreateVersion7();
        Assert.Null(await RecordAsync(session.Ref, batch, 5, null));
        Assert.Null(await RecordAsync(session.Ref, batch, 5, null));
        Assert.Equal(5, await told.Value($"measure: reach, courses: [{course}]"));
    }

    [Fact] // C3, P3, T4: claimed by an account, once a person, reversibly, and as at an instant as it was then
    public async Task A_check_in_is_claimed_and_taken_back()
    {
        ground.Clock.Set("2024-06-03 12:00");
        var (course, session, _) = await EventAsync();
        Assert.Null(await RecordAsync(session.Ref, Guid.CreateVersion7(), 4, null));
        var ids = new List<Guid>();
        for (var i = 0; i < 2; i++)
        {
            ids.Add(await ground.Sql<Guid>($"select id from check_ins where session_id = '{session.Id}' order by id offset {i} limit 1"));
        }

        var (one, other) = (await ground.Given.Actor(await told.Given.Person()), await ground.Given.Actor(await told.Given.Person()));
        ground.Clock.Set("2024-07-01 12:00");
        Assert.Equal(ClaimOutcome.Done, await SayAsync(ids[0], one));
        Assert.Equal(ClaimOutcome.Done, await SayAsync(ids[0], one));
        Assert.Equal(ClaimOutcome.Taken, await SayAsync(ids[0], other));
        Assert.Equal(ClaimOutcome.NotFound, await BackAsync(ids[0], other));
        Assert.Equal(ClaimOutcome.NotFound, await SayAsync(Guid.CreateVersion7(), one));
        Assert.Equal(ClaimOutcome.NotFound, await SayAsync(ids[1], Actor.Nobody));
        Assert.Equal(ClaimOutcome.Done, await SayAsync(ids[1], one));
        var keys = $"measure: reach, courses: [{course}]";
        Assert.Equal((4.0, 3.0), (await told.Value(keys, "2024-06-30"), await told.Value(keys, "2024-07-02")));
        Assert.Equal(0, await told.Value($"measure: people, courses: [{course}]"));
        ground.Clock.Set("2024-08-01 12:00");
        Assert.Equal(ClaimOutcome.Done, await BackAsync(ids[1], one));
        Assert.Equal((3.0, 4.0), (await told.Value(keys, "2024-07-02"), await told.Value(keys, "2024-08-02")));
    }

    [Fact] // C1, C3: "trained" is not said of reach
    public void Reach_is_not_called_trained()
    {
        var figure = ReadReport.Text("t.yaml", "report: t\nperiod: {from: 2024-04-01, to: 2025-04-01}\nfigures: [{id: it, measure: reach}]\n").Figures[0];
        Assert.Equal("Counts check-ins, says people", ClaimRule.Check("over 100 people were trained", figure, 200).Words);
        Assert.Equal("Reach is not training, and the sentence says trained", ClaimRule.Check("200 were trained", figure, 200).Words);
        Assert.Equal("Agrees", ClaimRule.Check("we reached 200", figure, 200).Words);
    }

    [Theory] // Bad input: a sentence each, and nothing written
    [InlineData(0, null, "Write how many came, from 1 to 2000")]
    [InlineData(2001, null, "Write how many came, from 1 to 2000")]
    [InlineData(5, "NOWHERE", "Choose an agency of the list, or none")]
    public async Task What_cannot_be_written_down_is_refused(int people, string? agency, string sentence)
    {
        ground.Clock.Set("2024-06-03 12:00");
        var (_, session, _) = await EventAsync();
        Assert.Equal(sentence, (await RecordAsync(session.Ref, Guid.CreateVersion7(), people, agency))!.Value.Sentence);
        Assert.Equal("There is no such register, or it is not open.", (await ground.With((RecordReach reach) => reach.RunAsync(session.Ref, Guid.CreateVersion7(), 5, null, Actor.Nobody)))!.Value.Sentence);
        ground.Clock.Set("2024-06-03 08:00");
        Assert.Equal("This session has not begun", (await RecordAsync(session.Ref, Guid.CreateVersion7(), 5, null))!.Value.Sentence);
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from check_ins where session_id = '{session.Id}'"));
    }

    [Fact] // S1: by the pages
    public async Task A_trainer_writes_them_down_and_somebody_says_it_was_they()
    {
        ground.Clock.Set("2024-06-03 12:00");
        var (_, session, _) = await EventAsync();
        var trainer = await told.Given.Person();
        await told.Given.Trainer(session, trainer);
        var site = await ground.SiteAsync();
        var page = await (await (await site.SignedInAsync(trainer.Id)).Get($"/register/{session.Ref}/reach")).Submit("Write them down", ("Input.People", "6"));
        Assert.Contains("6 people have been written down for this session so far.", page.Text, StringComparison.Ordinal);
        var id = await ground.Sql<Guid>($"select id from check_ins where session_id = '{session.Id}' limit 1");
        var visitor = await site.SignedInAsync((await told.Given.Person()).Id);
        page = await (await visitor.Get($"/reach/{id}")).Submit("That was me");
        Assert.Contains("You said that this was you", page.Text, StringComparison.Ordinal);
        Assert.Contains("Was this you?", (await page.Submit("That was not me")).Text, StringComparison.Ordinal);
    }

    private async Task<(string Course, Learning.Catalogue.Session Session, Agency Agency)> EventAsync()
    {
        var course = await told.Given.Course();
        return (course.Code, await told.Given.Session(course, 50), await told.Given.Agency());
    }

    private Task<(string Field, string Sentence)?> RecordAsync(string session, Guid batch, int people, string? agency) =>
        ground.With((RecordReach reach) => reach.RunAsync(session, batch, people, agency, Actor.Machine));

    private Task<ClaimOutcome> SayAsync(Guid id, Actor actor) => ground.With((ClaimCheckIn claim) => claim.RunAsync(id, actor));

    private Task<ClaimOutcome> BackAsync(Guid id, Actor actor) => ground.With((ClaimCheckIn claim) => claim.TakeBackAsync(id, actor));
}
