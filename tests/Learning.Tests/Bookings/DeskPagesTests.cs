using System.Net;

using Learning.Bookings;
using Learning.Bookings.Desk;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Bookings;

/// <summary>The desk of a session as whoever organises it uses it, in a browser without JavaScript (S1, B4, B5, B6, B8).</summary>
public class DeskPagesTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Given Given => ground.Given;

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // S1
    public async Task Only_who_organises_a_session_opens_its_desk()
    {
        var owner = await Given.Agency();
        var course = await Given.Course(owner: owner);
        var (session, foreign) = (await Given.Session(course), await Given.Session());
        var secret = await Given.Person(family: "Secretname");
        var booking = await Given.Booking(session, secret);
        await Given.Booking(foreign, secret);
        var (named, lead) = (await Given.Person(owner), await Given.Person(owner));
        await Given.Save(new CourseOrganiser { CourseId = course.Id, PersonId = named.Id });
        await Given.Role(lead, Role.AgencyLead, owner);
        var (organiser, stranger) = (await As(named), await As(lead));

        foreach (var path in new[] { $"/manage/sessions/{session.Ref}", $"/manage/sessions/{session.Ref}/places", $"/manage/sessions/{session.Ref}/let-in", $"/manage/bookings/{booking.Id}", $"/manage/sessions/{session.Ref}/delegates.csv" })
        {
            Assert.Equal(HttpStatusCode.OK, (await organiser.Get(path)).Status);
            var refused = await stranger.Get(path);
            Assert.Equal(HttpStatusCode.NotFound, refused.Status);
            Assert.DoesNotContain("Secretname", refused.Text);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await organiser.Get($"/manage/sessions/{foreign.Ref}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await organiser.Get($"/manage/sessions/{foreign.Ref}/delegates.csv")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get("/manage/sessions")).Status);
        var list = await organiser.Get("/manage/sessions");
        Assert.Contains(session.Ref, list.Text);
        Assert.DoesNotContain(foreign.Ref, list.Text);
        Assert.Contains("Organise", list.Document.QuerySelector("header nav")!.TextContent);
    }

    [Fact] // B6, P2
    public async Task The_desk_lists_who_is_booked_and_who_waits_in_their_order_with_agency_and_needs()
    {
        var (harbour, police) = (await Given.Agency("Harbour Trust"), await Given.Agency("Estuary Police"));
        var session = await Given.Session(capacity: 2);
        await BookAsync(session, await Given.Person(police, given: "Zoe", family: "Abbot"), "Step-free access");
        await BookAsync(session, await Given.Person(harbour, given: "Ann", family: "Zimmer"));
        var (third, fourth) = (await BookAsync(session, await Given.Person(harbour, family: "Third")), await BookAsync(session, await Given.Person(police, family: "Fourth")));
        var visitor = await As(await Given.Unit());

        var desk = await visitor.Get($"/manage/sessions/{session.Ref}");
        Assert.Equal(["Zoe Abbot", "Ann Zimmer"], Names(desk, "#delegates-table"));
        Assert.Equal(["Sam Third", "Sam Fourth"], Names(desk, "#waiting-table"));
        Assert.Contains("Zoe Abbot Estuary Police Booked Has needs", desk.Text);
        Assert.DoesNotContain("Step-free", desk.Text);
        Assert.Equal(["Ann Zimmer", "Zoe Abbot"], [.. Names(await visitor.Get($"/manage/sessions/{session.Ref}?sort=agency"), "#delegates-table").OrderDescending().Reverse()]);
        Assert.Equal(["Zoe Abbot"], Names(await visitor.Get($"/manage/sessions/{session.Ref}?q=estuary+zoe"), "#delegates-table"));
        Assert.Contains("Nobody matches", (await visitor.Get($"/manage/sessions/{session.Ref}?q=nobody")).Text);

        var put = await (await visitor.Get($"/manage/bookings/{fourth}")).Submit("Put first", ("PutFirst.Reason", " "));
        Assert.Contains("Write why", put.Text);
        var first = await put.Submit("Put first", ("PutFirst.Reason", "Starts on Monday"));
        Assert.Contains("They are first", first.Text);
        Assert.Equal(["Sam Fourth", "Sam Third"], Names(first, "#waiting-table"));
        var withdrawn = await (await visitor.Get($"/manage/bookings/{third}")).Submit("Withdraw", ("TakeBack.Reason", "Booked twice"));
        Assert.Equal(["Sam Fourth"], Names(withdrawn, "#waiting-table"));
        Assert.Contains("Booked twice", (await visitor.Get($"/manage/bookings/{third}")).Text);
    }

    [Theory] // B6
    [InlineData("Withdraw", "TakeBack.Reason", "This booking has already ended")]
    [InlineData("Put first", "PutFirst.Reason", "They do not wait any more")]
    public async Task A_press_at_a_booking_that_ended_while_its_page_was_open_is_told_so(string button, string field, string sentence)
    {
        var (session, person) = (await Given.Session(capacity: 1), await Given.Person());
        var holder = await BookAsync(session, await Given.Person());
        var id = await BookAsync(session, person);
        var page = await (await As(await Given.Unit())).Get($"/manage/bookings/{id}");
        var self = await Given.Actor(person);
        await ground.With((CancelBooking cancel) => cancel.RunAsync(id, self));

        var told = await page.Submit(button, (field, "A reason"));

        Assert.Contains(sentence, told.Document.QuerySelector(".govuk-error-summary")!.TextContent);
        Assert.Contains("Given up", told.Text);
        Assert.Equal("confirmed cancelled", await ground.Sql<string>($"select string_agg(state, ' ' order by number) from bookings where id in ('{id}', '{holder}')"));
    }

    [Fact] // B5
    public async Task Whoever_releases_what_a_colleague_has_just_released_is_told_that_it_is_done()
    {
        var (session, unit) = (await Given.Session(capacity: 3), await Given.Actor(await Given.Unit()));
        await ground.With((HoldPlaces hold) => hold.RunAsync(session.Ref, null, "Local authority", 2, session.BookingClosesAt, unit));
        var page = await (await As(await Given.Unit())).Get($"/manage/sessions/{session.Ref}/places");
        var held = await ground.Sql<Guid>($"select id from held_places where session_id = '{session.Id}'");
        await ground.With((ReleaseHeld release) => release.RunAsync(session.Ref, held, unit));

        Assert.Contains("The places are everyone’s now", (await page.Submit("Release now: Local authority")).Text);
    }

    [Fact] // B4
    public async Task Fewer_places_ask_who_gives_way_and_keep_what_was_typed()
    {
        var session = await Given.Session(capacity: 2);
        var (one, _) = (await BookAsync(session, await Given.Person()), await BookAsync(session, await Given.Person()));
        var places = await (await As(await Given.Unit())).Get($"/manage/sessions/{session.Ref}/places");

        var asked = await places.Submit("Change the places", ("Room.Capacity", "1"));
        Assert.Contains("1 person, not 0", asked.Text);
        Assert.Equal("1", asked.Document.QuerySelector("#Room_Capacity")!.GetAttribute("value"));
        Assert.Contains("at most 5,000", (await places.Submit("Change the places", ("Room.Capacity", "100,000"))).Text);
        Assert.Contains("Enter how many", (await places.Submit("Change the places", ("Room.Capacity", "a few"))).Text);
        var done = await asked.Submit("Change the places", ("Room.Moved", one.ToString()), ("Room.Reason", "A smaller room"));
        Assert.Contains("The number of places is changed", done.Text);
        Assert.Equal("waiting confirmed", await ground.Sql<string>($"select string_agg(state, ' ' order by number) from bookings where session_id = '{session.Id}'"));
    }

    [Fact] // B5
    public async Task Places_are_kept_for_a_sector_and_released_with_a_press()
    {
        await Given.Agency(sector: "Early years");
        var session = await Given.Session(capacity: 5);
        var places = await (await As(await Given.Unit())).Get($"/manage/sessions/{session.Ref}/places");

        var wrong = await places.Submit("Keep them", ("Keep.HeldFor", "sector Early years"), ("Keep.Places", "9"), ("Keep.Until", "2024-05-20"));
        Assert.Contains("5 places are free", wrong.Text);
        Assert.Contains("Enter until when", (await places.Submit("Keep them", ("Keep.HeldFor", "sector Early years"), ("Keep.Places", "2"), ("Keep.Until", "soon"))).Text);
        Assert.Contains("Choose an agency", (await places.Submit("Keep them", ("Keep.HeldFor", "sector Nothing"), ("Keep.Places", "2"), ("Keep.Until", "2024-05-20"))).Text);
        var kept = await wrong.Submit("Keep them", ("Keep.Places", "2"));
        Assert.Contains("2 places for Early years", kept.Text);
        Assert.Contains("Kept until Monday 20 May 2024, 5pm", kept.Text);
        Assert.Equal(2, await ground.Sql<int>($"select kept from sessions where id = '{session.Id}'"));
        var released = await kept.Submit("Release now: Early years");
        Assert.Contains("everyone’s now", released.Text);
        Assert.Equal(0, await ground.Sql<int>($"select kept from sessions where id = '{session.Id}'"));
    }

    [Fact] // B8
    public async Task Somebody_is_let_in_by_their_address()
    {
        var session = await Given.Session();
        var person = await Given.Person(email: "wanted@agency.example");
        var page = await (await As(await Given.Unit())).Get($"/manage/sessions/{session.Ref}/let-in");

        Assert.Contains("whose record you may see", (await page.Submit("Let them in", ("Input.Email", "nobody@agency.example"), ("Input.Reason", "Why"))).Text);
        Assert.Contains("Write why", (await page.Submit("Let them in", ("Input.Email", "wanted@agency.example"))).Text);
        Assert.Contains("They may book", (await page.Submit("Let them in", ("Input.Email", " Wanted@Agency.example"), ("Input.Reason", "Works with families"))).Text);
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from booking_waivers where person_id = '{person.Id}'"));
    }

    [Fact] // S3
    public async Task The_list_is_taken_away_as_CSV_on_the_trail_and_no_spreadsheet_takes_a_name_for_a_formula()
    {
        var session = await Given.Session();
        await BookAsync(session, await Given.Person(await Given.Agency("=cmd()"), given: "=HYPERLINK(1)", family: "Person"), "Quiet room");
        var visitor = await As(await Given.Unit());

        var csv = await visitor.Http.GetStringAsync($"/manage/sessions/{session.Ref}/delegates.csv");

        Assert.Contains("'=HYPERLINK(1) Person", csv);
        Assert.Contains("'=cmd()", csv);
        Assert.DoesNotContain("Quiet room", csv);
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'exported a delegate list as CSV' and subject_id = '{session.Id}'"));
    }

    [Fact]
    public async Task The_list_of_sessions_begins_with_what_is_to_come_and_is_narrowed_and_searched()
    {
        var course = await Given.Course(title: "Marsh course");
        var past = await Given.Session(course, 10, "2024-04-15 09:30 to 12:00");
        var later = await Given.Session(course, 10, "2024-07-15 09:30 to 12:00");
        var soon = await Given.Session(course, 1, "2024-05-20 09:30 to 12:00");
        var lastYear = await Given.Session(course, 10, "2024-03-31 09:30 to 12:00");
        await BookAsync(soon, await Given.Person());
        await BookAsync(soon, await Given.Person());
        await ground.Sql($"update sessions set minimum = 4 where id = '{later.Id}'");
        var visitor = await As(await Given.Unit());

        Assert.Equal([soon.Ref, later.Ref, past.Ref, lastYear.Ref], await Refs("q=marsh"));
        Assert.Equal([soon.Ref, later.Ref, past.Ref], await Refs("q=marsh&year=2024"));
        Assert.Equal([lastYear.Ref], await Refs("q=marsh&year=2023"));
        Assert.Equal([soon.Ref], await Refs("q=marsh&show=waiting"));
        Assert.Equal([past.Ref, lastYear.Ref], await Refs("q=marsh&show=unsigned"));
        Assert.Equal([later.Ref], await Refs("q=marsh&show=minimum"));
        Assert.Equal([later.Ref], await Refs($"q={later.Ref}+marsh&course={course.Code}&page=1&year=x"));
        Assert.Contains("No session matches", (await visitor.Get("/manage/sessions?q=no+such+thing")).Text);

        async Task<List<string>> Refs(string query) =>
            [.. (await visitor.Get($"/manage/sessions?{query}")).Document.QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")!.Split('/')[^1])];
    }

    [Fact] // house rule 6
    public async Task Three_of_everything_take_as_many_statements_as_one()
    {
        var counter = new StatementCount();
        await using var site = await counter.SiteAsync(ground);
        var visitor = await site.SignedInAsync((await Given.Unit()).Id);
        var session = await Given.Session(capacity: 1);
        await AddAsync();
        string[] pages = ["/manage/sessions", $"/manage/sessions/{session.Ref}", $"/manage/sessions/{session.Ref}/places", $"/manage/sessions/{session.Ref}/delegates.csv"];
        await CountAsync(); // What is prepared once is prepared now.

        var one = await CountAsync();
        await AddAsync();
        await AddAsync();

        Assert.Equal(one, await CountAsync());
        Assert.All(one, count => Assert.InRange(count, 1, 12));

        async Task<int[]> CountAsync()
        {
            var counts = new List<int>();
            foreach (var page in pages) counts.Add(await counter.Of(async () => Assert.Equal(200, (int)(await visitor.Get(page)).Status)));
            return [.. counts];
        }

        async Task AddAsync()
        {
            await Given.Trainer(session, await Given.Person());
            await Given.Booking(session, await Given.Person(), BookingState.Waiting);
            await Given.Booking(await Given.Session(), await Given.Person());
        }
    }

    private static List<string> Names(Page page, string table) => [.. page.Document.QuerySelectorAll($"table:has(> caption{table}) tbody th").Select(cell => cell.TextContent.Trim())];

    private async Task<Guid> BookAsync(Session session, Person person, string? needs = null)
    {
        var actor = await Given.Actor(person);
        return await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref, Needs: needs), actor)) switch
        {
            BookingOutcome.Confirmed one => one.Id,
            BookingOutcome.Waiting one => one.Id,
            var other => throw new InvalidOperationException($"{other}"),
        };
    }

    private async Task<Visitor> As(Person person) => await (await ground.SiteAsync()).SignedInAsync(person.Id);
}
