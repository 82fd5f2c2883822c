using Learning.Attendance;
using Learning.Attendance.CheckingIn;
using Learning.Attendance.Matching;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Attendance.CheckingIn;

/// <summary>A5: what becomes of those who said by a code that they are there, when heads are counted and when nobody does.</summary>
public sealed class HeadCountTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // A5: the marks and what was decided of the check-ins are one transaction
    public async Task Where_the_decision_cannot_be_kept_there_is_no_mark_either()
    {
        var hall = await Hall.Open(ground, 1);
        var id = await Said(hall, "ada@wall.example");
        await ground.OwnerSql($"""
            create function refuse_this() returns trigger language plpgsql as 'begin raise exception ''refused''; end';
            create trigger refused before update on self_check_ins for each row when (new.id = '{id}') execute function refuse_this()
            """);
        await Assert.ThrowsAsync<DbUpdateException>(() => Confirm(hall, "1", id));
        Assert.Equal(0L, await Marks(hall));
        await ground.OwnerSql("drop trigger refused on self_check_ins; drop function refuse_this()");
        Assert.Equal(new HeadCountOutcome.Confirmed(1), await Confirm(hall, "1", id));
        Assert.Equal(1L, await Marks(hall));
    }

    [Fact] // A5, S2: whoever gave an address that is nobody's, and was never counted, waits with the business unit once the session is over
    public async Task Whoever_was_never_counted_waits_once_the_session_is_over()
    {
        var hall = await Hall.Open(ground, 1);
        var id = await Said(hall, "wren@elsewhere.example", "Wren Vickers");
        ground.Clock.Set("2024-05-15 11:00");
        Assert.Empty(await Waiting(hall));
        ground.Clock.Set("2024-05-15 16:31");
        var waiting = Assert.Single(await Waiting(hall));
        Assert.Equal((UnmatchedSource.CheckIn, id, "Wren Vickers", $"/register/{hall.Session.Ref}/here"), (waiting.Source, waiting.Id, waiting.Name, waiting.Address));
        var unit = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);
        var heads = await (await unit.Get("/manage/matches")).Follow("Wren Vickers");
        heads = await heads.Submit("Confirm the head-count", ("Input.Counted", "1"));
        Assert.Contains("1 person is in the register by your count", heads.Text);
        Assert.Empty(await Waiting(hall));
    }

    private async Task<Guid> Said(Hall hall, string email, string? name = null)
    {
        ground.Clock.Set("2024-05-15 10:00");
        var trainer = await ground.Given.Actor(hall.Trainer);
        await ground.With((OpenCheckIn open) => open.RunAsync(hall.Session.Ref, 1, CountsAs.Register, trainer));
        await using var db = ground.Db();
        var shown = CheckInRules.Shown(await db.CheckInCodes.AsNoTracking().SingleAsync(code => code.SessionId == hall.Session.Id), ground.Zone.Now);
        Assert.IsType<HereOutcome.Done>(await ground.With((CheckSelfIn check) => check.RunAsync(new(shown, null, email, name), Learning.People.Actor.Nobody, "192.0.2.1")));
        return await db.SelfCheckIns.Where(one => one.SessionId == hall.Session.Id).Select(one => one.Id).SingleAsync();
    }

    private async Task<IReadOnlyList<UnmatchedPerson>> Waiting(Hall hall)
    {
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        return [.. (await ground.With((UnmatchedPeople people) => people.AskAsync(unit))).Where(one => one.Ref == hall.Session.Ref)];
    }

    private Task<HeadCountOutcome> Confirm(Hall hall, string counted, params Guid[] ticked) =>
        ground.With(async (ConfirmHeadCount confirm) => await confirm.RunAsync(hall.Session.Ref, 1, counted, ticked, await ground.Given.Actor(hall.Trainer)));

    private Task<long> Marks(Hall hall) => ground.Sql<long>($"select count(*) from marks where session_id = '{hall.Session.Id}'");
}
