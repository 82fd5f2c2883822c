using Learning.Attendance;
using Learning.Attendance.Seats;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.Playwright;

namespace Learning.BrowserTests.Tablet;

/// <summary>A forum's meeting on a tablet without a network: who holds each seat, a deputy, a seat that nobody holds; and the desk's pages about seats.</summary>
public class ForumTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    [Fact] // A1, A6
    public async Task A_forum_s_register_with_empty_seats_is_taken_and_signed_without_a_network()
    {
        await using var room = await TrainingRoom.OpenAsync(ground, 0);
        var (police, health) = (await ground.Given.Agency("Essex Police"), await ground.Given.Agency("Hospital trust"));
        var (ann, ben) = (await ground.Given.Person(police, given: "Ann", family: "Adeyemi"), await ground.Given.Person(health, given: "Ben", family: "Clarke"));
        await MakeForumAsync(room, ("Essex Police", police, ann), ("Designated nurse", health, ben), ("Lay member", null, null), ("Ambulance trust", null, null));
        var page = await room.TabletAsync(chromium);
        await TrainingRoom.CountAsync(page, "0 of 2 marked");
        await page.IsAccessibleAsync();
        await Assertions.Expect(TrainingRoom.Group(page, "Ben Clarke").GetByText("Designated nurse, Hospital trust")).ToBeVisibleAsync();

        // Opened anew from what the tablet keeps, with nothing but itself.
        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        await TrainingRoom.CountAsync(page, "0 of 2 marked");
        foreach (var seat in new[] { "Lay member", "Ambulance trust" })
        {
            await Assertions.Expect(TrainingRoom.Group(page, seat).GetByRole(AriaRole.Radio, new() { Name = "Not appointed" })).ToBeCheckedAsync();
        }

        await TrainingRoom.MarkAsync(page, "Ann Adeyemi", "Attended");
        await TrainingRoom.PressAsync(page, "Sign the register");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Ben Clarke is not marked");
        await TrainingRoom.MarkAsync(page, "Ben Clarke", "Substitute");
        await TrainingRoom.Group(page, "Ben Clarke").GetByLabel("Who came instead: name").FillAsync("Dee Pike");
        await TrainingRoom.Group(page, "Ben Clarke").GetByLabel("and e-mail, if new here").FillAsync("dee@health.example");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByText("Dee Pike came instead. Ben did not.")).ToBeVisibleAsync();
        await TrainingRoom.MarkAsync(page, "Lay member", "Vacant");
        await Assertions.Expect(page.GetByText("1 attended, 1 substitute, 1 vacant, 1 not appointed")).ToBeVisibleAsync();
        await page.LooksRightAsync();
        await TrainingRoom.PressAsync(page, "Sign the register");
        await TrainingRoom.NotesAsync(page, "You signed at");

        await page.Context.SetOfflineAsync(false);
        await TrainingRoom.BackAsync(page);
        await Assertions.Expect(page.GetByText("Empty seats: Lay member (vacant), Ambulance trust (not appointed).")).ToBeVisibleAsync(new() { Timeout = Windows.Patience });
        Assert.True(await room.IsSignedAsync());
        Assert.Equal(
            [(MarkKind.Attended, null), (MarkKind.Substitute, null), (MarkKind.Vacant, "Lay member"), (MarkKind.NotAppointed, "Ambulance trust")],
            (await room.MarksAsync()).Select(mark => (mark.Kind, mark.Seat)));
        await page.LooksRightAsync();
    }

    [Fact] // A1, A2
    public async Task An_empty_seat_that_was_pressed_by_a_slip_is_pressed_back_and_each_tablet_sees_what_stands()
    {
        await using var room = await TrainingRoom.OpenAsync(ground, 1);
        await MakeForumAsync(room, ("Lay member", null, null));
        var page = await room.TabletAsync(chromium);
        var another = await room.TabletAsync(chromium, person: await ground.Given.Unit());
        await TrainingRoom.MarkAsync(page, "Lay member", "Vacant");
        await Assertions.Expect(TrainingRoom.Group(another, "Lay member").GetByRole(AriaRole.Radio, new() { Name = "Vacant" })).ToBeCheckedAsync();
        await TrainingRoom.SaysAsync(page, TrainingRoom.AllSent);
        await TrainingRoom.MarkAsync(page, "Lay member", "Not appointed");
        await Assertions.Expect(TrainingRoom.Group(another, "Lay member").GetByRole(AriaRole.Radio, new() { Name = "Not appointed" })).ToBeCheckedAsync();
        Assert.Equal([MarkKind.Vacant, MarkKind.NotAppointed], (await room.MarksAsync()).Select(mark => mark.Kind));
    }

    [Fact] // A1
    public async Task The_business_unit_keeps_seats_and_reads_a_year_of_meetings()
    {
        await using var room = await TrainingRoom.OpenAsync(ground, 0, "2024-05-14 10:00 to 12:00");
        var unit = await ground.Given.Unit();
        var council = await ground.Given.Agency("Southend-on-Sea City Council");
        var seats = new (string, Agency?, Person?)[]
        {
            ("Independent chair", null, await ground.Given.Person(given: "Ida", family: "Okonkwo")), ("Director of Children’s Services", council, await ground.Given.Person(council, given: "Dev", family: "Rao")),
            ("Lay member", null, null), ("Lay member 2", null, await ground.Given.Person(given: "Lee", family: "Fitzgerald-Hughes")),
        };
        await MakeForumAsync(room, seats);
        var page = await chromium.SignedInAsync(room.Site, unit);
        await page.GotoAsync($"/manage/courses/{await ground.Sql<string>($"select code from courses where id = '{room.Session.CourseId}'")}/seats");
        await page.LooksRightAsync();
        await page.FollowAsync("Lay member");
        await page.ReachAsync("seats/[0-9a-f-]+$");
        await page.GetByLabel("Who is it?").FillAsync("Rao");
        await page.PressAsync("Find");
        await page.ReachAsync("who=Rao");
        await page.Locator("[name='Appoint.From']").FillAsync("2023-01-01");
        await page.PressAsync("Appoint");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The seat is there from 1 January 2024");
        await page.LooksRightAsync();
        await page.Locator("[name='Appoint.From']").FillAsync("2024-05-15");
        await page.PressAsync("Appoint");
        await page.ReachAsync("done=yes");
        await page.LooksRightAsync();

        await ground.With(async (RecordMarks record) => await record.RunAsync(room.Session.Ref, new MarkBatch("paper", ground.Zone.Now,
            [.. seats.Where(seat => seat.Item3 is not null).Select((seat, i) => new MarkEntry(Guid.CreateVersion7(), PartOf(room), seat.Item3!.Id, i == 1 ? MarkKind.Apologies : MarkKind.Attended, null, null, ground.Zone.Now, null))]), await ground.Given.Actor(unit)));
        await ground.With(async (SignRegister sign) => Assert.IsType<SignOutcome.Signed>(await sign.RunAsync(room.Session.Ref, await ground.Given.Actor(unit))));
        await page.FollowAsync("Seats");
        await page.FollowAsync("Attendance by seat and meeting");
        await page.ReachAsync("seats/attendance");
        await Assertions.Expect(page.GetByText("1 meeting, 4 seats: 2 attended, 1 apology, 0 no apology, 0 vacant, 1 not appointed.")).ToBeVisibleAsync();
        await page.LooksRightAsync();
    }

    private Guid PartOf(TrainingRoom room) => ground.Sql<Guid>($"select id from session_parts where session_id = '{room.Session.Id}'").GetAwaiter().GetResult();

    // The room's course as a forum, with seats since January and whoever holds them.
    private async Task MakeForumAsync(TrainingRoom room, params (string Name, Agency? Agency, Person? Holder)[] seats)
    {
        await ground.Sql($"update courses set kind = 'forum', title = 'Safeguarding Partnership Board' where id = '{room.Session.CourseId}'");
        foreach (var (name, agency, holder) in seats)
        {
            var seat = new ForumSeat { Id = Guid.CreateVersion7(), CourseId = room.Session.CourseId, Name = name, AgencyId = agency?.Id, StartsOn = new(2024, 1, 1) };
            await ground.Given.Save(seat);
            if (holder is not null) await ground.Given.Save(new SeatTerm { Id = Guid.CreateVersion7(), SeatId = seat.Id, PersonId = holder.Id, StartsOn = seat.StartsOn, RecordedAt = ground.Zone.Now });
        }
    }
}
