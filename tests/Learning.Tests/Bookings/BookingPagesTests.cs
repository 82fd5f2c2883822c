using System.Net;

using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Bookings;

/// <summary>Booking, waiting, answering and giving up as somebody with a browser without JavaScript does it.</summary>
public class BookingPagesTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Given Given => ground.Given;

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task From_the_start_page_to_booked_is_three_presses()
    {
        var session = await Given.Session(await Given.Course(title: "Three presses"), 5, "2024-05-16 09:30 to 16:00");
        var visitor = await As(await Given.Person());

        var booked = await (await (await (await visitor.Get("/")).Follow("Three presses")).Follow("Book a place")).Submit("Book a place");

        Assert.Equal("You are booked", Heading(booked));
        Assert.Matches("^/my/bookings/[0-9a-f-]{36}$", booked.Path);
        Assert.Equal("confirmed", await State(session));
        Assert.Contains("Booked Wednesday 15 May 2024, 9am, by you", booked.Text);
    }

    [Fact] // B6
    public async Task A_full_session_says_so_before_and_the_number_in_line_after()
    {
        var session = await Given.Session(capacity: 1);
        await Given.Booking(session, await Given.Person());
        await Given.Booking(session, await Given.Person(), BookingState.Waiting);
        var visitor = await As(await Given.Person());

        var form = await visitor.Get($"/sessions/{session.Ref}/book");
        Assert.Equal("Join the waiting list", Heading(form));
        Assert.Contains("You would be number 2", form.Text);

        var waiting = await form.Submit("Book a place on the waiting list");
        Assert.Equal("You are number 2 on the waiting list", Heading(waiting));
        Assert.Contains("number 2", (await visitor.Get("/my")).Text, StringComparison.OrdinalIgnoreCase);

        var left = await (await waiting.Follow("Leave the waiting list")).Submit("Leave the waiting list");
        Assert.Equal("You gave this booking up", Heading(left));
    }

    [Fact] // B6: nobody is passed
    public async Task Where_people_wait_a_place_that_stands_free_is_theirs_and_the_page_says_so_to_a_newcomer()
    {
        var session = await Given.Session(capacity: 2);
        await Given.Booking(session, await Given.Person());
        await Given.Booking(session, await Given.Person(), BookingState.Waiting);

        var form = await (await As(await Given.Person())).Get($"/sessions/{session.Ref}/book");

        Assert.Equal("Join the waiting list", Heading(form));
        Assert.Contains("You would be number 2", form.Text);
    }

    [Theory] // B6
    [InlineData(20, 19, 0, false)]
    [InlineData(20, 19, 1, true)]
    [InlineData(20, 20, 0, true)]
    [InlineData(20, 20, 1, true)]
    public async Task A_newcomer_waits_where_every_place_is_held_or_anybody_waits(int capacity, int taken, int waiting, bool waits)
    {
        var session = await Given.Session(capacity: capacity);
        await ground.Sql($"update sessions set taken = {taken} where id = '{session.Id}'");
        await using var db = ground.Db();
        Assert.Equal(waits, BookingRules.Waits(db.Sessions.Single(row => row.Id == session.Id), waiting));
    }

    [Fact] // B6
    public async Task Giving_up_asks_first_and_the_next_in_line_answers_the_offer_on_my_learning()
    {
        var session = await Given.Session(capacity: 1);
        var (holder, first, second) = (await Given.Person(), await Given.Person(), await Given.Person());
        await Given.Booking(session, holder);
        await Given.Booking(session, first, BookingState.Waiting);
        await Given.Booking(session, second, BookingState.Waiting);

        var ask = await (await (await As(holder)).Get("/my")).Follow("I can’t come");
        Assert.Equal("Give up your place?", Heading(ask));
        Assert.Equal("confirmed waiting waiting", await States(session));
        await ask.Submit("Give up my place");
        Assert.Equal("cancelled offered waiting", await States(session));

        var said = await (await (await As(first)).Get("/my")).Submit("No, thank you");
        Assert.Equal("You said no to this place", Heading(said));

        var mine = await (await As(second)).Get("/my");
        Assert.Contains("It is kept for you until Thursday 16 May 2024, 9am", mine.Text);
        Assert.Equal("You are booked", Heading(await mine.Submit("Accept the place")));
        Assert.Equal("cancelled declined confirmed", await States(session));
    }

    [Fact] // B6
    public async Task A_yes_that_comes_too_late_is_told_so_and_pressing_twice_is_once()
    {
        var session = await Given.Session(null, 1, "2024-05-16 15:00 to 16:00");
        var (holder, first) = (await Given.Person(), await Given.Person());
        await Given.Booking(session, holder);
        await Given.Booking(session, first, BookingState.Waiting);
        var giveUp = await (await (await As(holder)).Get("/my")).Follow("I can’t come");
        await giveUp.Submit("Give up my place", ("Input.For", "ill"));
        Assert.Equal("You gave this booking up", Heading(await giveUp.Submit("Give up my place", ("Input.For", "ill"))));

        var offer = await (await As(first)).Get("/my/bookings");
        ground.Clock.Set("2024-05-15 13:00");
        var late = await offer.Submit("Accept the place");
        Assert.Contains("This offer has ended", late.Document.QuerySelector(".govuk-error-summary")!.TextContent);
        Assert.Equal("cancelled offered", await States(session));
        await ground.With((LapseOffers job) => job.RunAsync());
        Assert.Equal("You did not get a place", Heading(await (await As(first)).Get(late.Path)));
    }

    [Fact] // B7
    public async Task An_overlap_warns_by_name_and_needs_a_tick_and_what_was_typed_stays()
    {
        var person = await Given.Person();
        await Given.Booking(await Given.Session(await Given.Course(title: "The other one")), person);
        var session = await Given.Session();
        var form = await (await As(person)).Get($"/sessions/{session.Ref}/book");
        Assert.Contains("At the same time you are booked on The other one", form.Text);

        var again = await form.Submit("Book a place", ("Input.Needs", "A <quiet> room"));
        Assert.Equal(1, again.Document.QuerySelectorAll("#Input_OverlapKnown-error").Length);
        Assert.Equal("A <quiet> room", again.Document.QuerySelector("[name='Input.Needs']")!.TextContent.Trim());
        Assert.Equal("You are booked", Heading(await again.Submit("Book a place", ("Input.OverlapKnown", "true"))));
        Assert.Equal("A <quiet> room", await ground.Sql<string>($"select needs from bookings where session_id = '{session.Id}'"));
    }

    [Fact]
    public async Task Needs_that_are_too_long_get_a_sentence_beside_the_field_and_are_kept()
    {
        var session = await Given.Session();
        var form = await (await As(await Given.Person())).Get($"/sessions/{session.Ref}/book");
        var again = await form.Submit("Book a place", ("Input.Needs", new string('x', 1001)));
        Assert.Contains("1000 characters or fewer", again.Document.QuerySelector("#Input_Needs-error")!.TextContent);
        Assert.Equal(1001, again.Document.QuerySelector("[name='Input.Needs']")!.TextContent.Trim().Length);
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}'"));
    }

    [Fact]
    public async Task Where_booking_has_closed_there_is_no_button_and_a_form_sent_late_is_told_why()
    {
        var session = await Given.Session(null, 5, "2024-05-15 12:00 to 16:00");
        var visitor = await As(await Given.Person());
        var form = await visitor.Get($"/sessions/{session.Ref}/book");
        ground.Clock.Set("2024-05-15 11:00");
        Assert.Contains("Booking has closed for this session", (await form.Submit("Book a place")).Text);
        var closed = await visitor.Get($"/sessions/{session.Ref}/book");
        Assert.Contains("Booking has closed for this session", closed.Text);
        Assert.DoesNotContain(closed.Document.QuerySelectorAll("main button"), _ => true);
    }

    [Fact] // S2
    public async Task Somebody_else_s_booking_is_not_there_and_a_visitor_signs_in_first()
    {
        var (session, holder) = (await Given.Session(), await Given.Person());
        var id = (await Given.Booking(session, holder)).Id;
        var other = await As(await Given.Person());
        foreach (var path in new[] { $"/my/bookings/{id}", $"/my/bookings/{id}/cancel" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.Get(path)).Status);
            Assert.StartsWith("/account/sign-in", (await (await ground.SiteAsync()).Visitor().Get(path)).Path);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await other.Get("/sessions/no-such-session/book")).Status);
        Assert.StartsWith("/account/sign-in", (await (await ground.SiteAsync()).Visitor().Get($"/sessions/{session.Ref}/book")).Path);
        Assert.Contains("You have not booked anything yet", (await other.Get("/my/bookings")).Text);
    }

    [Fact]
    public async Task The_link_to_join_is_told_to_who_holds_a_place_only()
    {
        var session = await Given.Session(null, 1, "2024-05-16 12:30 to 13:15");
        await ground.Sql($"update sessions set mode = 'virtual', venue = null, join_link = 'https://meet.example/abc' where id = '{session.Id}'");
        var (holder, waiter) = (await Given.Person(), await Given.Person());
        await Given.Booking(session, holder);
        await Given.Booking(session, waiter, BookingState.Waiting);

        Assert.Equal("https://meet.example/abc", (await (await As(holder)).Get("/my")).Document.QuerySelector(".app-next__foot a")!.GetAttribute("href"));
        foreach (var path in new[] { "/my", "/my/bookings", $"/sessions/{session.Ref}", $"/sessions/{session.Ref}/book" })
        {
            Assert.DoesNotContain("meet.example", (await (await As(waiter)).Get(path)).Document.DocumentElement.OuterHtml);
        }
    }

    [Fact]
    public async Task The_pages_send_as_many_statements_for_three_bookings_as_for_one()
    {
        var (person, count) = (await Given.Person(), new StatementCount());
        await using var site = await count.SiteAsync(ground);
        var visitor = await site.SignedInAsync(person.Id);
        await Given.Booking(await Given.Session(), person);
        await Both();

        var one = await count.Of(Both);
        await Given.Booking(await Given.Session(null, 5, "2024-06-10 09:30 to 16:00", "2024-06-17 09:30 to 16:00"), person, BookingState.Waiting);
        await Given.Booking(await Given.Session(null, 5, "2024-06-11 09:30 to 16:00"), person, BookingState.Offered);
        await Given.Booking(await Given.Session(null, 5, "2024-02-11 09:30 to 16:00"), person);
        Assert.Equal(one, await count.Of(Both));
        Assert.InRange(one, 2, 15);

        async Task Both()
        {
            await visitor.Get("/my");
            await visitor.Get("/my/bookings");
        }
    }

    private async Task<Visitor> As(Person person) => await (await ground.SiteAsync()).SignedInAsync(person.Id);

    private static string Heading(Page page) => page.Document.QuerySelector("h1")?.TextContent.Trim() ?? $"no heading: {page.Status} {page.Text}";

    private Task<string> State(Session session) => States(session);

    private Task<string> States(Session session) =>
        ground.Sql<string>($"select string_agg(state, ' ' order by booked_at, number) from bookings where session_id = '{session.Id}'");
}
