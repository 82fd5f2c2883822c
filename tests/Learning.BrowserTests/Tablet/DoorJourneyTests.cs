using System.Text.RegularExpressions;

using Learning.Attendance;
using Learning.Bookings;
using Learning.Bookings.Workshops;
using Learning.Catalogue;
using Learning.Conferences;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Learning.BrowserTests.Tablet;

/// <summary>The door of a conference: 250 tickets before the cameras of two tablets, one of which has no network for ten minutes; then a workshop's room.</summary>
public sealed class DoorJourneyTests(Ground ground) : IClassFixture<Ground>
{
    private const int Delegates = 250;
    private const int InRoom = 30;

    [Fact] // B14, A2, A3
    public async Task Two_tablets_scan_250_tickets_one_of_them_without_a_network_and_each_counts_once_in_the_right_register()
    {
        await using var room = await TrainingRoom.OpenAsync(ground, 0);
        var unit = await ground.Given.Unit();
        var (conference, workshop, tickets) = await ConferenceAsync(unit);
        var folder = Directory.CreateTempSubdirectory("learning-door-");
        using var playwright = await Playwright.CreateAsync();
        try
        {
            // A hundred come past both; one has a ticket of elsewhere; one has a picture of something else.
            var first = await DeskAsync(playwright, folder, "first", room, unit, [.. tickets.Take(150), Tickets.CodeOf(Guid.CreateVersion7()), "https://elsewhere.example/"]);
            var other = await DeskAsync(playwright, folder, "other", room, unit, tickets.Skip(50));
            await first.GotoAsync($"/register/{conference.Ref}/door");
            await other.GotoAsync($"/register/{conference.Ref}/door");
            await TrainingRoom.CountAsync(first, $"0 of {Delegates} in");
            await KeptAsync(first);
            await KeptAsync(other);

            // One of them has nothing but itself, from the opening of the page on.
            await other.Context.SetOfflineAsync(true);
            await other.ReloadAsync();
            await TrainingRoom.CountAsync(other, $"0 of {Delegates} in");
            await TrainingRoom.NotesAsync(other, "No network here. Carry on.");
            await ScanAsync(first);
            await ScanAsync(other);
            await TrainingRoom.CountAsync(first, $"150 of {Delegates} in");
            await TrainingRoom.CountAsync(other, $"200 of {Delegates} in");
            Assert.Equal(150, await InAsync(conference));
            await first.LooksRightAsync();
            // The film runs on: who comes by again is told so, with when.
            await Assertions.Expect(other.Locator("[data-door-said]")).ToContainTextAsync(new Regex("Checked in already, \\d", RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = Windows.Patience });
            await other.IsAccessibleAsync();

            // Ten minutes go by, for the tablets and the server alike: what was scanned stays kept, with the minute it was scanned in.
            await first.Clock.FastForwardAsync("10:00");
            await other.Clock.FastForwardAsync("10:00");
            room.Pass(TimeSpan.FromMinutes(10));
            await TrainingRoom.CountAsync(other, $"200 of {Delegates} in");
            Assert.Equal(150, await InAsync(conference));
            await other.Context.SetOfflineAsync(false);
            await TrainingRoom.BackAsync(other);
            await TrainingRoom.CountAsync(first, $"{Delegates} of {Delegates} in");
            await TrainingRoom.CountAsync(other, $"{Delegates} of {Delegates} in");
            await TrainingRoom.UntilAsync(async () => await TrainingRoom.KeptAsync(other) == 0);
            Assert.Equal(Delegates, await InAsync(conference));
            Assert.True(await ground.Sql<bool>($"select max(recorded_at - marked_at) > interval '10 minutes' and max(marked_at) < max(recorded_at) - interval '10 minutes' from marks where session_id = '{conference.Id}'"));
            Assert.Equal(0L, await ground.Sql<long>($"select count(*) from marks where session_id = '{conference.Id}' and (mark <> 'attended' or walk_in or flag is not null)"));

            // Then at the door of a room: whoever is not on its list is told where theirs is, and is not marked.
            await first.GotoAsync($"/register/{workshop.Ref}/door");
            await ScanAsync(first);
            await TrainingRoom.CountAsync(first, $"{InRoom} of {InRoom} in");
            await Assertions.Expect(first.Locator("[data-door-said]")).ToContainTextAsync("Not on this list. They have no workshop then.", new() { Timeout = Windows.Patience });
            await TrainingRoom.UntilAsync(async () => await InAsync(workshop) == InRoom);
            Assert.Equal(Delegates, await InAsync(conference));
            Assert.Equal((long)InRoom, await ground.Sql<long>($"select count(*) from marks where session_id = '{workshop.Id}'"));

            // Without their ticket: by name.
            await first.GetByLabel("Ticket code, or name").FillAsync("delegate 007");
            await first.GetByRole(AriaRole.Button, new() { Name = "Ada Delegate 007" }).ClickAsync();
            await first.LooksRightAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private Task<long> InAsync(Session session) => ground.Sql<long>($"select count(distinct person_id) from marks where session_id = '{session.Id}' and mark = 'attended'");

    // A browser of its own each: the film is given at its start.
    private static async Task<IPage> DeskAsync(IPlaywright playwright, DirectoryInfo folder, string name, TrainingRoom room, Person person, IEnumerable<string> tickets)
    {
        var film = Path.Combine(folder.FullName, $"{name}.y4m");
        Feed.Write(film, tickets);
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium.File, Args = [.. Chromium.Arguments, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", $"--use-file-for-fake-video-capture={film}"],
        });
        var context = await browser.NewContextAsync(new() { BaseURL = room.Site.Address.ToString(), ViewportSize = new() { Width = 820, Height = 1180 }, Locale = "en-GB", Permissions = ["camera"] });
        context.SetDefaultTimeout(Windows.Patience);
        await context.Clock.InstallAsync();
        var page = await context.NewPageAsync();
        await room.EnterAsync(page, person);
        return page;
    }

    private static async Task ScanAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Scan with the camera" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Hold each ticket before the camera.")).ToBeVisibleAsync();
    }

    // Until the tablet keeps the page, the sheet and the tickets.
    private static async Task KeptAsync(IPage page)
    {
        await TrainingRoom.ReadyAsync(page);
        await TrainingRoom.UntilAsync(() => page.EvaluateAsync<bool>("""
            () => new Promise(done => { const open = indexedDB.open('register'); open.onsuccess = () => {
                const all = open.result.transaction('doors').objectStore('doors').count();
                all.onsuccess = () => { open.result.close(); done(all.result > 0); }; }; })
            """));
    }

    // Of 250 delegates the first thirty have the workshop. The trainer of the room is of the business unit: at a workshop's door only it sees who belongs elsewhere.
    private async Task<(Session Conference, Session Workshop, List<string> Tickets)> ConferenceAsync(Person unit)
    {
        var actor = await ground.Given.Actor(unit);
        var conference = await ground.Given.Session(await ground.Given.Course(CourseKind.Conference, title: "Neglect Conference"), 260, "2024-05-15 10:00 to 16:00");
        await ground.With((PlanRounds plan) => plan.AddAsync(conference.Ref, null, "10:45", "11:45", actor));
        await using var db = ground.Db();
        var round = await db.ConferenceRounds.SingleAsync(one => one.ConferenceId == conference.Id);
        await ground.With((PlanWorkshop plan) => plan.RunAsync(conference.Ref, new(round.Id, "Dental neglect", "Room A", "40"), actor));
        var workshop = await db.Sessions.SingleAsync(one => one.RoundId == round.Id);
        await ground.Sql($"""
            create temp table door_people as select gen_random_uuid() as id, n from generate_series(1, {Delegates}) n;
            insert into persons (id, given_name, family_name, created_at) select id, 'Ada', 'Delegate ' || to_char(n, 'FM000'), now() from door_people;
            insert into bookings (id, session_id, person_id, state, booked_at, state_at) select gen_random_uuid(), '{conference.Id}', id, 'confirmed', now(), now() from door_people order by n;
            insert into bookings (id, session_id, person_id, state, booked_at, state_at) select gen_random_uuid(), '{workshop.Id}', id, 'confirmed', now(), now() from door_people where n <= {InRoom} order by n;
            drop table door_people
            """);
        var tickets = await db.Bookings.AsNoTracking().Where(booking => booking.SessionId == conference.Id).OrderBy(booking => booking.Person!.FamilyName).Select(booking => booking.Ticket).ToListAsync();
        return (conference, workshop, tickets.ConvertAll(Tickets.CodeOf));
    }
}
