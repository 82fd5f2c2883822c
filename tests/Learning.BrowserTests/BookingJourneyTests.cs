using Learning.Attendance;
using Learning.Bookings;
using Learning.Catalogue;
using Learning.ELearning;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Learning.BrowserTests;

/// <summary>The waiting list as two people meet it, without JavaScript; every state of the booking pages on the way is scanned once and fits every width.</summary>
public class BookingJourneyTests(Ground ground, Chromium chromium) : IClassFixture<Ground>, IClassFixture<Chromium>
{
    private Given Given => ground.Given;

    [Fact] // B6, B7
    public async Task Somebody_waits_somebody_gives_up_and_the_offer_is_taken()
    {
        var agency = await Given.Agency("Children’s Services");
        var (amara, joe) = (await Given.Person(given: "Amara", family: "Osei"), await Given.Person(agency, given: "Joe", family: "Mwangi"));
        await Given.Save(new Employment
        {
            Id = Guid.CreateVersion7(), PersonId = amara.Id, AgencyId = agency.Id, JobTitle = "Social worker", Workforce = Workforce.Children, StartsOn = new DateOnly(2020, 1, 1),
        });
        var course = await Given.Course(title: "Graded Care Profile 2 (GCP2)");
        var session = await Given.Session(course, 1, "2024-05-23 09:30 to 16:00", "2024-05-30 09:30 to 16:00");
        await Given.Booking(session, joe);
        await BusyAsync(amara, agency);

        var (waits, gives) = (await As(amara, 360), await As(joe, 820));
        await waits.GotoAsync($"/sessions/{session.Ref}/book");
        await waits.LooksRightAsync();
        await waits.PressAsync("Book a place on the waiting list");
        await waits.LooksRightAsync();
        await waits.GetByLabel("I know, and I want this one too").CheckAsync();
        await waits.PressAsync("Book a place on the waiting list");
        Assert.Equal("You are number 1 on the waiting list", await waits.HeadingAsync());
        await waits.LooksRightAsync();

        await gives.GotoAsync("/my");
        await gives.LooksRightAsync();
        await gives.GetByRole(AriaRole.Link, new() { Name = "I can’t come" }).ClickAsync();
        await gives.LooksRightAsync();
        await gives.PressAsync("Give up my place");
        Assert.Equal("You gave this booking up", await gives.HeadingAsync());
        await gives.LooksRightAsync();

        await waits.GotoAsync("/my");
        await waits.LooksRightAsync();
        await waits.GotoAsync("/my/bookings");
        await waits.LooksRightAsync();
        await waits.GetByRole(AriaRole.Link, new() { Name = "Graded Care Profile 2 (GCP2)" }).First.ClickAsync();
        await waits.LooksRightAsync();
        await waits.PressAsync("Accept the place");
        Assert.Equal("You are booked", await waits.HeadingAsync());
        await waits.LooksRightAsync();
        await waits.GotoAsync("/my/record");
        await waits.LooksRightAsync();

        foreach (var empty in new[] { "/my", "/my/bookings", "/my/record" })
        {
            var page = await As(await Given.Person(), 360);
            await page.GotoAsync(empty);
            await page.LooksRightAsync();
        }
    }

    /// <summary>Somebody with another session at the same time, one online soon, one they attended, e-learning begun and e-learning completed.</summary>
    private async Task BusyAsync(Person person, Agency agency)
    {
        await Given.Booking(await Given.Session(await Given.Course(title: "Improving Outcomes for Children"), 20, "2024-05-30 13:00 to 16:30"), person);
        var online = await Given.Session(await Given.Course(CourseKind.Webinar, title: "Lunch and learn: self-neglect"), 100, "2024-05-16 12:30 to 13:15");
        await ground.Sql($"update sessions set mode = 'virtual', venue = null, join_link = 'https://meet.example/lunch' where id = '{online.Id}'");
        await Given.Booking(online, person);
        await Given.Session(await Given.Course(CourseKind.Conference, agency, title: "Neglect Conference, with a title that is long enough to need a second line on every telephone"), 210, "2024-11-01 09:00 to 16:00");

        var past = await Given.Session(await Given.Course(title: "Safeguarding supervision"), 20, "2024-04-10 09:30 to 12:30");
        await Given.Booking(past, person);
        await using var db = ground.Db();
        var part = await db.SessionParts.SingleAsync(row => row.SessionId == past.Id);
        var learnt = await Given.Course(CourseKind.ELearning, title: "Information Sharing");
        await Given.Save(
            new Mark { Id = Guid.CreateVersion7(), PartId = part.Id, SessionId = past.Id, PersonId = person.Id, Kind = MarkKind.Attended, MarkedAt = past.EndsAt, RecordedAt = past.EndsAt },
            new Completion { Id = Guid.CreateVersion7(), CourseId = learnt.Id, PersonId = person.Id, CompletedOn = new DateOnly(2024, 5, 2), RecordedAt = ground.Zone.Now });
        var begun = await Given.Course(CourseKind.ELearning, code: "SIEB", title: "Safeguarding Is Everybody’s Business");
        var actor = await Given.Actor(person);
        await ground.With((StartCourse start) => start.DoAsync(actor, begun.Code));
    }

    private async Task<IPage> As(Person person, int width) => await chromium.SignedInAsync(await ground.SiteAsync(), person, width);
}
