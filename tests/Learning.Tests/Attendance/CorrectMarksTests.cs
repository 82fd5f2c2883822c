using Learning.Attendance;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Attendance;

/// <summary>A3, A6: what a signed register says is corrected by the business unit, with a reason, and what stood before stays on record.</summary>
public class CorrectMarksTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Given Given => ground.Given;

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 16:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // A2, A6, T4
    public async Task A_correction_stands_over_a_newer_mark_and_the_register_is_signed_at_every_instant_before_and_after()
    {
        var hall = await Hall.Open(ground);
        await hall.Signed();
        var unit = await Given.Unit();
        ground.Clock.Set("2024-07-01 10:00");

        Assert.IsType<CorrectionOutcome.Done>(await Correct(hall, 0, unit, "She had gone to another room", new Correction(hall.Part, MarkKind.Dna)));

        var sheet = await hall.Sheet(unit);
        Assert.True(sheet.State.Signed);
        Assert.Equal((MarkKind.Dna, false), (sheet.People.Single(row => row.PersonId == hall.People[0].Id).Marks[hall.Part].Mark.Kind, sheet.People.Any(row => row.Marks[hall.Part].Disputed)));
        Assert.Equal("signed reopened signed", await ground.Sql<string>($"select string_agg(event, ' ' order by id) from register_events where session_id = '{hall.Session.Id}'"));
        Assert.Equal("She had gone to another room", await ground.Sql<string>($"select reason from register_events where session_id = '{hall.Session.Id}' and event = 'reopened'"));
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from marks where session_id = '{hall.Session.Id}' and person_id = '{hall.People[0].Id}'"));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'corrected a signed register' and subject_id = '{hall.Session.Id}' and actor_id = '{unit.Id}'"));

        // A tablet whose clock is fast does not win over it (A2).
        await hall.Sent("fast tablet", hall.Mark(hall.People[0].Id, at: ground.Zone.Now.AddHours(1)));
        Assert.Equal(MarkKind.Attended, (await hall.Sheet(unit)).People.Single(row => row.PersonId == hall.People[0].Id).Marks[hall.Part].Mark.Kind);
    }

    [Fact] // A6
    public async Task It_is_refused_with_a_sentence_where_there_is_nothing_to_correct()
    {
        var hall = await Hall.Open(ground, parts: ["2024-05-15 10:00 to 12:00", "2024-05-15 13:00 to 15:00"]);
        var unit = await Given.Unit();
        var dna = new Correction(hall.Part, MarkKind.Dna);
        Assert.Contains("is not signed", Why(await Correct(hall, 0, unit, "A mistake", dna)));
        await hall.Signed();

        Assert.Contains("Write why", Why(await Correct(hall, 0, unit, " ", dna)));
        Assert.Contains("characters or fewer", Why(await Correct(hall, 0, unit, new string('x', 501), dna)));
        Assert.Contains("already", Why(await Correct(hall, 0, unit, "A mistake", new Correction(hall.Part, MarkKind.Attended))));
        Assert.Contains("how many minutes", Why(await Correct(hall, 0, unit, "A mistake", new Correction(hall.Part, MarkKind.Part))));
        Assert.Contains("More minutes", Why(await Correct(hall, 0, unit, "A mistake", new Correction(hall.Part, MarkKind.Part, 121))));
        Assert.Contains("“in part” alone", Why(await Correct(hall, 0, unit, "A mistake", new Correction(hall.Part, MarkKind.Dna, 20))));
        Assert.Contains("Choose attended", Why(await Correct(hall, 0, unit, "A mistake", new Correction(hall.Part, MarkKind.Vacant))));
        Assert.Contains("no such part", Why(await Correct(hall, 0, unit, "A mistake", new Correction(Guid.CreateVersion7(), MarkKind.Dna))));
        Assert.IsType<CorrectionOutcome.NotFound>(await ground.With(async (CorrectMarks correct) =>
            await correct.RunAsync(hall.Session.Ref, (await Given.Person()).Id, [dna], "A mistake", await Given.Actor(unit))));
        Assert.IsType<CorrectionOutcome.NotFound>(await Correct(hall, 0, hall.Trainer, "A mistake", dna));
        Assert.Equal((6L, "signed"), (await ground.Sql<long>($"select count(*) from marks where session_id = '{hall.Session.Id}'"),
            await ground.Sql<string>($"select string_agg(event, ' ' order by id) from register_events where session_id = '{hall.Session.Id}'")));
    }

    [Fact] // A3
    public async Task What_comes_long_after_signing_changes_nothing_until_it_is_taken_in()
    {
        var hall = await Hall.Open(ground);
        await hall.Signed();
        var unit = await Given.Unit();
        ground.Clock.Advance(TimeSpan.FromDays(15));
        var (first, second) = (hall.Mark(hall.People[0].Id, MarkKind.Dna, at: ground.Zone.Now.AddDays(-15).AddMinutes(5)), hall.Mark(hall.People[1].Id, MarkKind.Part, 100));
        await hall.Sent("lost tablet", first, second);
        await hall.Sent("lost tablet", first, second);

        Assert.All((await hall.Sheet(unit)).People, row => Assert.Equal(MarkKind.Attended, row.Marks[hall.Part].Mark.Kind));
        Assert.Equal(2, (await hall.Sheet(unit)).ToLookAt.Count);
        Assert.Equal(2, (await Registers(unit)).ToLookAt.Single(row => row.Ref == hall.Session.Ref).Flagged);

        Assert.Contains("Write why", Why(await Decide(hall, first.Id, true, "", unit)));
        Assert.IsType<CorrectionOutcome.NotFound>(await Decide(hall, first.Id, true, "The tablet was lost", hall.Trainer));
        Assert.IsType<CorrectionOutcome.Done>(await Decide(hall, first.Id, true, "The tablet was lost", unit));
        Assert.IsType<CorrectionOutcome.Done>(await Decide(hall, first.Id, false, null, unit));
        Assert.Equal(MarkKind.Dna, (await hall.Sheet(unit)).People.Single(row => row.PersonId == hall.People[0].Id).Marks[hall.Part].Mark.Kind);

        // Signing again by that does not hide what nobody has decided.
        Assert.Single((await hall.Sheet(unit)).ToLookAt);
        Assert.IsType<CorrectionOutcome.Done>(await Decide(hall, second.Id, false, null, unit));
        Assert.Empty((await hall.Sheet(unit)).ToLookAt);
        Assert.DoesNotContain((await Registers(unit)).ToLookAt, row => row.Ref == hall.Session.Ref);
        Assert.Equal(MarkKind.Attended, (await hall.Sheet(unit)).People.Single(row => row.PersonId == hall.People[1].Id).Marks[hall.Part].Mark.Kind);
        Assert.Equal("true false", await ground.Sql<string>($"select string_agg(taken_in::text, ' ' order by decided_at, taken_in desc) from mark_stray_decisions where stray_id in ('{first.Id}', '{second.Id}')"));
    }

    private Task<CorrectionOutcome> Correct(Hall hall, int who, Person by, string reason, params Correction[] corrections) => ground.With(async (CorrectMarks correct) =>
        await correct.RunAsync(hall.Session.Ref, hall.People[who].Id, corrections, reason, await Given.Actor(by)));

    private Task<CorrectionOutcome> Decide(Hall hall, Guid late, bool takeIn, string? reason, Person by) => ground.With(async (CorrectMarks correct) =>
        await correct.DecideAsync(hall.Session.Ref, late, takeIn, reason, await Given.Actor(by)));

    private Task<RegisterLists> Registers(Person by) => ground.With(async (MyRegisters registers) => await registers.AskAsync(await Given.Actor(by)));

    private static string Why(CorrectionOutcome outcome) => Assert.IsType<CorrectionOutcome.Refused>(outcome).Sentence;
}
