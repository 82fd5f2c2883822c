using System.Net;

using Learning.Bookings;
using Learning.Catalogue;
using Learning.Tests.Support;

namespace Learning.Tests.Catalogue;

public class SessionPageTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Fact]
    public async Task A_visitor_sees_the_places_and_the_one_button()
    {
        var session = await Given.Session(await Given.Course(title: "Graded care"), 20, "2024-06-03 09:30 to 16:00", "2024-06-10 09:30 to 16:00");
        for (var i = 0; i < 13; i++) await Given.Booking(session, await Given.Person());

        var page = await GetAsync(session);

        Assert.Contains("7 of 20 places left", page.Text);
        Assert.Contains("Monday 3 June 2024, 9:30am to 4pm", page.Text);
        Assert.Contains("Monday 10 June 2024, 9:30am to 4pm", page.Text);
        Assert.Equal("13 of 20 places taken", page.Document.QuerySelector(".app-seats")!.GetAttribute("aria-label"));
        var button = Assert.Single(page.Document.QuerySelectorAll("main a.govuk-button"));
        Assert.Equal(("Book a place", $"/sessions/{session.Ref}/book"), (button.TextContent, button.GetAttribute("href")));
    }

    [Fact]
    public async Task A_full_session_says_how_many_wait_and_which_number_one_would_be()
    {
        var session = await Given.Session(capacity: 1);
        await Given.Booking(session, await Given.Person());
        await Given.Booking(session, await Given.Person(), BookingState.Waiting);

        var page = await GetAsync(session);

        Assert.Contains("Full, 1 person waiting", page.Text);
        Assert.Contains("You would be number 2", page.Text);
        Assert.Contains("Join the waiting list", page.Text);
    }

    [Theory]
    [InlineData(BookingState.Confirmed, "You have a place")]
    [InlineData(BookingState.Waiting, "You are number 2 in line")]
    [InlineData(BookingState.Offered, "A place is offered to you")]
    [InlineData(BookingState.Cancelled, "1 of 2 places left")]
    public async Task Who_has_a_booking_reads_it_there(BookingState state, string words)
    {
        var session = await Given.Session(capacity: 2);
        var reader = await Given.Person(await Given.Agency());
        await Given.Booking(session, await Given.Person());
        await Given.Booking(session, await Given.Person(), BookingState.Waiting);
        ground.Clock.Advance(TimeSpan.FromSeconds(1));
        await Given.Booking(session, reader, state);

        var page = await (await (await ground.SiteAsync()).SignedInAsync(reader.Id)).Get($"/sessions/{session.Ref}");

        Assert.Contains(words, page.Text);
    }

    [Fact]
    public async Task Who_has_a_place_gives_it_up_from_there()
    {
        var (session, reader) = (await Given.Session(), await Given.Person(await Given.Agency()));
        var booking = await Given.Booking(session, reader);

        var page = await (await (await ground.SiteAsync()).SignedInAsync(reader.Id)).Get($"/sessions/{session.Ref}");

        Assert.Equal($"/my/bookings/{booking.Id}/cancel", (await page.Follow("I can’t come")).Path);
    }

    [Fact]
    public async Task Neither_the_link_to_join_nor_a_trainers_name_is_shown_to_a_visitor() // S2
    {
        var session = await Given.Session();
        await ground.Sql($"update sessions set mode = 'virtual', venue = null, join_link = 'https://meet.example/secret' where id = '{session.Id}'");
        await Given.Trainer(session, await Given.Person(given: "Joe", family: "Mwangi"));

        var visitor = await GetAsync(session);
        Assert.DoesNotContain("meet.example", visitor.Document.DocumentElement.OuterHtml);
        Assert.DoesNotContain("Mwangi", visitor.Text);

        var reader = await Given.Person(await Given.Agency());
        var page = await (await (await ground.SiteAsync()).SignedInAsync(reader.Id)).Get($"/sessions/{session.Ref}");
        Assert.DoesNotContain("meet.example", page.Document.DocumentElement.OuterHtml);
        Assert.Contains("Joe Mwangi", page.Text);
    }

    [Fact]
    public async Task After_the_close_of_booking_there_is_no_button_to_book()
    {
        var course = await Given.Course();
        var session = await Given.Session(course, 20, "2024-05-15 09:30 to 16:00"); // booking closed at 8:30am, it is 9am

        var page = await GetAsync(session);

        Assert.Contains("Booking has closed", page.Text);
        Assert.DoesNotContain("Book a place", page.Text);
    }

    [Fact]
    public async Task A_cancelled_session_says_so()
    {
        var session = await Given.Session();
        await ground.Sql($"update sessions set status = 'cancelled', cancelled_at = now() where id = '{session.Id}'");

        var page = await GetAsync(session);

        Assert.Contains("This session has been cancelled", page.Text);
        Assert.DoesNotContain("Book a place", page.Text);
    }

    [Fact]
    public async Task A_conference_shows_its_workshops_by_round_and_a_workshop_leads_to_its_conference() // B14
    {
        var conference = await Given.Session(await Given.Course(CourseKind.Conference, title: "Neglect Conference"), 260, "2024-06-05 09:00 to 16:00");
        foreach (var (start, title) in new[] { ("10:45", "Under-ones"), ("10:45", "Older children"), ("14:00", "Young carers") })
        {
            var workshop = await Given.Session(await Given.Course(CourseKind.Conference), 20, $"2024-06-05 {start} to 15:00");
            await ground.Sql($"update sessions set parent_id = '{conference.Id}' where id = '{workshop.Id}'; update session_parts set title = '{title}' where session_id = '{workshop.Id}'");
        }

        var page = await GetAsync(conference);

        Assert.Equal(["Round 1", "Round 2"], page.Document.QuerySelectorAll(".app-round h3").Select(round => round.TextContent));
        Assert.Equal(["Older children", "Under-ones", "Young carers"], page.Document.QuerySelectorAll(".app-round h4").Select(title => title.TextContent.Trim()));
        var one = await page.Follow("Young carers");
        Assert.Equal("Young carers", one.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal($"/sessions/{conference.Ref}", (await one.Follow("See the conference")).Path);
    }

    [Theory]
    [InlineData("/sessions/nothing-here", "There is no such session")]
    [InlineData("/courses/nothing-here", "There is no such course")]
    [InlineData("/nothing-here", "This page is not here")]
    public async Task What_does_not_exist_answers_404_with_a_way_on(string path, string words)
    {
        var page = await (await ground.SiteAsync()).Visitor().Get(path);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal(words, page.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal(HttpStatusCode.OK, (await page.Follow("Find training")).Status);
    }

    [Fact]
    public async Task The_case_of_an_address_does_not_matter()
    {
        var session = await Given.Session(await Given.Course(code: "MiXeD"));

        Assert.Equal(HttpStatusCode.OK, (await (await ground.SiteAsync()).Visitor().Get("/courses/mixed")).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await ground.SiteAsync()).Visitor().Get($"/sessions/{session.Ref.ToLowerInvariant()}")).Status);
    }

    private async Task<Page> GetAsync(Session session) => await (await ground.SiteAsync()).Visitor().Get($"/sessions/{session.Ref}");
}
