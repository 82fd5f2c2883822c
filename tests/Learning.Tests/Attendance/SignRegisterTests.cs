using Learning.Attendance;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Attendance;

public class SignRegisterTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Given Given => ground.Given;

    [Fact] // A6
    public async Task A_register_is_signed_when_everybody_with_a_place_has_a_mark_in_every_part_and_not_before()
    {
        var hall = await Hall.Open(ground, people: 2, null, "2024-05-14 10:00 to 15:00", "2024-05-15 10:00 to 15:00");
        await Given.Booking(hall.Session, await Given.Person(), Learning.Bookings.BookingState.Waiting);
        await hall.Sent("tablet", hall.Mark(hall.People[0].Id), hall.Mark(hall.People[1].Id), hall.Mark(hall.People[0].Id, part: hall.Parts[1].Id));

        var missing = Assert.Single(Assert.IsType<SignOutcome.Missing>(await hall.Sign()).People);
        Assert.Equal((2, hall.People[1].Id, hall.People[1].Name), (missing.PartNumber, missing.PersonId, missing.Name));
        Assert.False((await hall.Sheet()).State.Signed);

        await hall.Sent("tablet", hall.Mark(hall.People[1].Id, MarkKind.Dna, part: hall.Parts[1].Id));
        var signed = Assert.IsType<SignOutcome.Signed>(await hall.Sign());
        ground.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(signed, await hall.Sign());
        Assert.Equal("signed", await ground.Sql<string>($"select string_agg(event, ',') from register_events where session_id = '{hall.Session.Id}'"));
        Assert.Equal(hall.Trainer.Name, (await hall.Sheet()).State.SignedBy);
    }

    [Fact] // A3
    public async Task A_mark_that_comes_after_signing_is_flagged_and_reopens_the_register_within_14_days()
    {
        var hall = await Hall.Open(ground);
        await hall.Signed();
        ground.Clock.Advance(TimeSpan.FromDays(14));

        var late = hall.Mark(hall.People[0].Id, MarkKind.Dna, at: ground.Zone.Now.AddDays(-14).AddMinutes(-5));
        var answer = await hall.Sent("late tablet", late);

        Assert.True(answer.Reopened);
        Assert.Contains("after the register was signed", Assert.Single(answer.Flagged).Why);
        var sheet = await hall.Sheet();
        Assert.Equal((false, "Marks came after it was signed."), (sheet.State.Signed, sheet.State.ReopenedReason));

        // Sent again, it is nothing new; and signed again, the register is signed.
        Assert.IsType<SignOutcome.Signed>(await hall.Sign());
        Assert.False((await hall.Sent("late tablet", late)).Reopened);
        Assert.True((await hall.Sheet(await Given.Unit())).State.Signed);
    }

    [Fact] // A3, S2
    public async Task Later_than_that_a_mark_is_taken_from_the_trainer_s_tablet_and_flagged_and_the_business_unit_decides()
    {
        var hall = await Hall.Open(ground);
        await hall.Signed();
        ground.Clock.Advance(TimeSpan.FromDays(14) + TimeSpan.FromDays(1));
        Assert.Equal(RegisterAccess.Over, (await hall.Ask()).Access);

        var answer = await hall.Sent("very late tablet", hall.Mark(hall.People[0].Id, MarkKind.Dna, at: ground.Zone.Now.AddDays(-15).AddMinutes(-5)));

        Assert.False(answer.Reopened);
        Assert.Contains("The business unit decides", Assert.Single(answer.Flagged).Why);
        Assert.True((await hall.Sheet(await Given.Unit())).State.Signed);
    }

    [Fact] // A3
    public async Task What_came_late_or_could_not_be_placed_is_to_be_looked_at_until_the_register_is_signed_again()
    {
        var hall = await Hall.Open(ground, people: 1);
        await hall.Signed();
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        await hall.Sent("tablet", hall.Mark(hall.People[0].Id, MarkKind.Part, 400), hall.Mark(Guid.CreateVersion7()));

        var flagged = (await hall.Sheet()).ToLookAt;
        Assert.Equal(
            [(hall.People[0].Name, 1, "AfterSigning TooManyMinutes"), (null, 1, "UnknownPerson")],
            flagged.Select(mark => (mark.Name, mark.PartNumber!.Value, string.Join(' ', mark.Flags.Where(flag => flag != MarkFlag.Conflict)))));
        var page = await (await (await ground.SiteAsync()).SignedInAsync(hall.Trainer.Id)).Get($"/register/{hall.Session.Ref}");
        Assert.Contains("2 marks to look at", page.Text);
        Assert.Contains($"{hall.People[0].Name}: In part (400 minutes), recorded Wednesday 15 May 2024, 4:01pm. It came after the register was signed", page.Text);

        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<SignOutcome.Signed>(await hall.Sign());
        Assert.Empty((await hall.Sheet()).ToLookAt);
    }

    [Fact] // A1
    public async Task A_forum_s_empty_seats_are_named()
    {
        var hall = await Hall.Open(ground, people: 1);
        await Given.Save(new Mark
        {
            Id = Guid.CreateVersion7(), PartId = hall.Part, SessionId = hall.Session.Id, Seat = "Voluntary sector", Kind = MarkKind.Vacant, MarkedAt = ground.Zone.Now, RecordedAt = ground.Zone.Now,
        });
        await hall.Sent("tablet", hall.Mark(hall.People[0].Id));
        Assert.Equal("Voluntary sector (vacant)", Assert.Single((await hall.Sheet()).Seats).Words(hall.Part));
        Assert.IsType<SignOutcome.Signed>(await hall.Sign());
        Assert.Contains("Empty seats: Voluntary sector (vacant).", (await (await (await ground.SiteAsync()).SignedInAsync(hall.Trainer.Id)).Get($"/register/{hall.Session.Ref}")).Text);
    }

    [Fact] // A6, A2
    public async Task The_business_unit_reopens_with_a_reason_and_from_then_on_the_order_of_recording_decides()
    {
        var hall = await Hall.Open(ground);
        await hall.Signed();
        var unit = await Given.Unit();
        Task<ReopenOutcome> Reopen(Learning.People.Person by, string? reason) =>
            ground.With(async (ReopenRegister reopen) => await reopen.RunAsync(hall.Session.Ref, reason, await Given.Actor(by)));

        Assert.IsType<ReopenOutcome.NotFound>(await Reopen(hall.Trainer, "I want to"));
        Assert.IsType<ReopenOutcome.Refused>(await Reopen(unit, "  "));
        Assert.IsType<ReopenOutcome.Refused>(await Reopen(unit, new string('x', 501)));
        Assert.IsType<ReopenOutcome.Reopened>(await Reopen(unit, "Two people were swapped"));
        Assert.IsType<ReopenOutcome.Refused>(await Reopen(unit, "Again"));
        Assert.Equal("Two people were swapped", (await hall.Sheet()).State.ReopenedReason);

        // Both are earlier by the device's clock than what was signed; the one recorded last stands.
        await hall.Sent("desk", hall.Mark(hall.People[0].Id, MarkKind.Dna, at: ground.Zone.Now.AddHours(-1)));
        await hall.Sent("desk", hall.Mark(hall.People[0].Id, MarkKind.Apologies, at: ground.Zone.Now.AddHours(-2)));
        Assert.Equal(MarkKind.Apologies, (await hall.Standing(hall.People[0])).Mark.Kind);
    }

    [Fact]
    public async Task A_cancelled_session_has_nothing_to_sign()
    {
        var hall = await Hall.Open(ground, people: 0);
        await ground.Sql($"update sessions set status = 'cancelled', cancelled_at = now(), changed_at = now() where id = '{hall.Session.Id}'");
        Assert.Contains("cancelled", Assert.IsType<SignOutcome.Refused>(await hall.Sign()).Reason);
    }

    [Fact]
    public async Task A_mark_and_a_signature_at_the_same_time_leave_no_unflagged_mark_after_the_signature()
    {
        for (var round = 0; round < 10; round++)
        {
            var hall = await Hall.Open(ground, people: 1);
            await hall.Sent("tablet", hall.Mark(hall.People[0].Id));
            await Task.WhenAll(hall.Sign(), hall.Sent("tablet", hall.Mark(hall.People[0].Id, MarkKind.Dna)));
            var signedLast = (await hall.Sheet()).State.Signed;
            var flagged = await ground.Sql<long>($"select count(*) from marks where session_id = '{hall.Session.Id}' and flag is not null");
            Assert.Equal(signedLast ? 0 : 1, flagged);
        }
    }

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 16:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
