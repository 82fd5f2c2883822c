using System.Net;

using Learning.Attendance;
using Learning.Conferences;
using Learning.People;
using Learning.Tests.Bookings.Workshops;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Conferences;

/// <summary>Tickets at the door of a conference and of its workshops, in a browser without a script (B14, A2).</summary>
public sealed class DoorTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // B14, A2, A3
    public async Task A_ticket_is_let_in_once_its_workshops_are_shown_and_each_room_has_its_own_register()
    {
        ground.Clock.Set("2024-05-15 09:00");
        var conference = await GivenConference.In(ground, 260, 2, 3, 3);
        var amara = await conference.Delegate("1A 2B", await ground.Given.Person(await ground.Given.Agency("Harbour Trust"), given: "Amara", family: "Osei"));
        var joe = await conference.Delegate("1B 2A", await ground.Given.Person(given: "Joe", family: "Mwangi"));
        await conference.GiveOut();
        ground.Clock.Set("2024-06-05 08:50");
        var ticket = Tickets.CodeOf(await ground.Sql<Guid>($"select ticket from bookings where id = '{amara.Booking}'"));
        var unit = await As(await ground.Given.Unit());

        var door = await unit.Get($"/register/{conference.Ref}/door");
        Assert.Contains("0 of 2 in", door.Text);
        door = await door.Submit("Find or check in", ("Input.Ticket", $" {ticket.ToLowerInvariant()} "));
        Assert.Equal(["Checked in, 8:50am", "Amara Osei", "Harbour Trust", "10:45am to 11:45am Workshop 1A, Room 0", "midday to 1pm Workshop 2B, Room 1"], Said(door));
        Assert.Contains("1 of 2 in", door.Text);
        ground.Clock.Advance(TimeSpan.FromMinutes(7));
        door = await door.Submit("Find or check in", ("Input.Ticket", ticket));
        Assert.StartsWith("Checked in already, 8:50am, by ", Said(door)[0]);
        door = await door.Submit("Find or check in", ("Input.Ticket", Guid.CreateVersion7().ToString()));
        Assert.Contains("This is not a ticket of this conference, or its place was given up", door.Text);
        door = await door.Submit("Find or check in", ("Input.Ticket", ""));
        Assert.Contains("Scan a ticket, or type its code or a name", door.Text);
        door = await door.Submit("Find or check in", ("Input.Ticket", "nobody <b>"));
        Assert.Contains("Nobody with a ticket is called “nobody <b>”", door.Text);
        door = await door.Submit("Find or check in", ("Input.Ticket", "mwa"));
        door = await door.Submit("Joe Mwangi");
        Assert.Equal(["Checked in, 8:57am", "Joe Mwangi"], Said(door).Take(2));

        // Amara's workshop is the other.
        var room = await unit.Get($"/register/{conference.At("1B").Ref}/door");
        room = await room.Submit("Find or check in", ("Input.Ticket", ticket));
        Assert.Contains("Amara Osei is not on this list. Their workshop then is Workshop 1A, Room 0.", room.Text);
        room = await (await unit.Get($"/register/{conference.At("1A").Ref}/door")).Submit("Find or check in", ("Input.Ticket", ticket));
        Assert.Contains("1 of 1 in", room.Text);
        await using var db = ground.Db();
        var marks = await db.Marks.AsNoTracking().Where(mark => mark.SessionId == conference.Session.Id || mark.SessionId == conference.At("1A").Id || mark.SessionId == conference.At("1B").Id).ToListAsync();
        Assert.Equal(3, marks.Count);
        Assert.Equal([conference.Session.Id, conference.At("1A").Id], marks.Where(mark => mark.PersonId == amara.Person.Id).OrderBy(mark => mark.Number).Select(mark => mark.SessionId));
        Assert.All(marks, mark => Assert.Equal((MarkKind.Attended, false, (string?)null), (mark.Kind, mark.WalkIn, mark.Flag)));
    }

    [Fact] // S2
    public async Task A_workshops_trainer_sees_who_is_in_it_and_nobody_else()
    {
        ground.Clock.Set("2024-05-15 09:00");
        var conference = await GivenConference.In(ground, 260, 1, 3, 3);
        await conference.Delegate("1A", await ground.Given.Person(given: "Tolu", family: "Adeyemi"));
        await conference.Delegate("1B", await ground.Given.Person(given: "Zofia", family: "Clarke"));
        await conference.GiveOut();
        ground.Clock.Set("2024-06-05 10:40");
        var trainer = await ground.Given.Person(given: "Helen");
        await ground.Given.Trainer(conference.At("1A"), trainer);
        var visitor = await As(trainer);
        var page = await visitor.Get($"/register/{conference.At("1A").Ref}/door");
        Assert.Contains("Tolu", page.Document.Body!.InnerHtml);
        Assert.DoesNotContain("Zofia", page.Document.Body!.InnerHtml);
        var answer = await (await visitor.Http.GetAsync($"/api/v1/registers/{conference.At("1A").Ref}/door")).Content.ReadAsStringAsync();
        Assert.Contains("Tolu Adeyemi", answer);
        Assert.DoesNotContain("Zofia", answer);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/register/{conference.Ref}/door")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Http.GetAsync($"/api/v1/registers/{conference.Ref}/door")).StatusCode);
        // What is no conference has no door.
        Assert.Equal(HttpStatusCode.NotFound, (await (await As(await ground.Given.Unit())).Get($"/register/{(await ground.Given.Session()).Ref}/door")).Status);
    }

    private static List<string> Said(Page door) => [.. door.Document.QuerySelectorAll(".app-door__said p, .app-door__said li").Select(line => line.TextContent.Trim())];

    private async Task<Visitor> As(Person person) => await (await ground.SiteAsync()).SignedInAsync(person.Id);
}
