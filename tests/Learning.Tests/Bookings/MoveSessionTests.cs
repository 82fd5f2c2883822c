using Learning.Bookings;
using Learning.Bookings.Desk;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Bookings;

/// <summary>B13: a moved session keeps its bookings, sends newer calendar entries, and lets people leave without being late.</summary>
public class MoveSessionTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Actor unit = null!;

    public async Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        unit = await ground.Given.Actor(await ground.Given.Unit());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // B13, T1, T4
    public async Task Bookings_stay_the_sequence_rises_and_a_newer_entry_of_the_same_booking_goes_out()
    {
        var session = await ground.Given.Session(capacity: 1, parts: ["2024-06-03 09:30 to 16:00", "2024-06-04 09:30 to 16:00"]);
        var (held, waits, trainer) = (await ground.Given.Person(), await ground.Given.Person(), await ground.Given.Person());
        var booking = await ground.Given.Booking(session, held);
        await ground.Given.Booking(session, waits, BookingState.Waiting);
        await ground.Given.Trainer(session, trainer);

        Assert.IsType<DeskOutcome.Done>(await MoveAsync(session, At("2024-11-05", mode: "hybrid", link: "https://meet.example/7")));

        Assert.Equal("confirmed waiting", await StatesAsync(session));
        Assert.Equal("1 2024-11-05 09:30:00 2024-11-05 hybrid 1", await ground.Sql<string>($"""
            select sequence || ' ' || (starts_at at time zone 'UTC')::text || ' ' || counted_on || ' ' || mode || ' ' || (select count(*) from session_parts p where p.session_id = s.id) from sessions s where id = '{session.Id}'
            """));
        Assert.Equal(ground.Zone.Now, await ground.Sql<DateTime>($"select moved_at from sessions where id = '{session.Id}'"));
        Assert.Equal("2024-06-04, 2024-11-05", await ground.Sql<string>($"select string_agg(counted_on::text, ', ' order by id) from session_history where session_id = '{session.Id}'"));
        var letter = await LetterAsync(held, "session-moved");
        Assert.Equal("REQUEST", letter.Calendar!.Method);
        Assert.Contains("SEQUENCE:1", letter.Calendar.Text);
        Assert.Contains($"{booking.Id}", letter.Calendar.Text.Replace("\r\n ", ""), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("does not count as late", letter.Text);
        Assert.Contains("https://meet.example/7", letter.Text);
        var other = await LetterAsync(waits, "session-moved");
        Assert.Null(other.Calendar);
        Assert.DoesNotContain("https://meet.example/7", other.Text);
        Assert.Contains("which you give", (await LetterAsync(trainer, "session-moved-trainer")).Text);

        // Moved again before the first letter has gone, only the second goes.
        Assert.IsType<DeskOutcome.Done>(await MoveAsync(session, At("2024-11-06")));
        await using var db = ground.Db();
        var letters = db.Messages.Where(one => one.PersonId == held.Id && one.Kind == "session-moved").OrderBy(one => one.Occurrence).ToList();
        Assert.IsType<Draft.Dropped>(await ground.With((WriteLetter write) => write.RunAsync(db, letters[0], default)));
        Assert.IsType<Draft.Ready>(await ground.With((WriteLetter write) => write.RunAsync(db, letters[1], default)));
    }

    [Fact] // B6, B13
    public async Task An_offer_keeps_its_promise_or_ends_with_a_sooner_start_and_kept_places_end_with_the_booking()
    {
        var session = await ground.Given.Session(capacity: 5);
        var booking = await ground.Given.Booking(session, await ground.Given.Person(), BookingState.Offered);
        await ground.Given.Save(new HeldPlaces { Id = Guid.CreateVersion7(), SessionId = session.Id, Sector = "Local authority", Places = 1, Until = ground.Zone.Now.AddDays(10), MadeAt = ground.Zone.Now });
        var promised = ground.Zone.Now.AddDays(1);

        await MoveAsync(session, At("2024-06-20"));
        Assert.Equal(promised, await ground.Sql<DateTime>($"select offer_ends_at from bookings where id = '{booking.Id}'"));
        await MoveAsync(session, At("2024-05-15", "15:00", "16:00"));
        Assert.Equal("2024-05-15 14:00:00 2024-05-15 14:00:00", await ground.Sql<string>($"""
            select (b.offer_ends_at at time zone 'UTC')::text || ' ' || (h.until at time zone 'UTC')::text from bookings b join held_places h on h.session_id = b.session_id where b.id = '{booking.Id}'
            """));
    }

    [Fact] // B6
    public async Task Where_booking_had_closed_and_is_open_again_what_is_free_goes_to_whoever_waits()
    {
        var session = await ground.Given.Session(capacity: 1, parts: "2024-05-15 09:45 to 12:00");
        await ground.Given.Booking(session, await ground.Given.Person(), BookingState.Waiting);

        Assert.IsType<DeskOutcome.Done>(await MoveAsync(session, At("2024-06-20")));

        Assert.Equal("offered", await StatesAsync(session));
    }

    [Fact]
    public async Task Where_booking_has_closed_the_room_still_changes_and_booking_stays_closed()
    {
        var session = await ground.Given.Session(capacity: 1, parts: "2024-05-20 09:30 to 12:00");
        await ground.Sql($"update sessions set booking_closes_at = '2024-05-13 16:00Z' where id = '{session.Id}'");
        await ground.Given.Booking(session, await ground.Given.Person(), BookingState.Waiting);
        var room = At("2024-05-20", "09:30", "12:00") with { Venue = "Leigh Library", Closes = "2024-05-13" };

        Assert.IsType<DeskOutcome.Done>(await MoveAsync(session, room));

        Assert.Equal("Leigh Library 2024-05-13 16:00:00", await ground.Sql<string>($"select venue || ' ' || (booking_closes_at at time zone 'UTC')::text from sessions where id = '{session.Id}'"));
        Assert.Equal("waiting", await StatesAsync(session));
        Assert.Contains("still to come", Sentence(await MoveAsync(session, room with { Closes = "2024-05-14" })));
    }

    [Fact] // B14
    public async Task The_workshops_of_a_conference_move_by_as_much_and_none_leaves_it()
    {
        var conference = await ground.Given.Session(await ground.Given.Course(CourseKind.Conference));
        var workshop = await ground.Given.Session(await ground.Given.Course(), 5, "2024-06-03 11:00 to 12:00");
        await ground.Sql($"update sessions set parent_id = '{conference.Id}' where id = '{workshop.Id}'");
        var person = await ground.Given.Person();
        await ground.Given.Booking(workshop, person);

        Assert.IsType<DeskOutcome.Done>(await MoveAsync(conference, At("2024-11-04", "10:00", "16:00")));

        Assert.Equal("2024-11-04 11:30:00 1", await ground.Sql<string>($"select p.starts_local || ' ' || s.sequence from session_parts p join sessions s on s.id = p.session_id where s.id = '{workshop.Id}'"));
        Assert.NotNull((await LetterAsync(person, "session-moved")).Calendar);
        Assert.Contains("outside its conference", Sentence(await MoveAsync(workshop, At("2024-11-05", "11:00", "12:00"))));
        Assert.IsType<DeskOutcome.Done>(await MoveAsync(workshop, At("2024-11-04", "14:00", "15:00")));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_a_sentence_and_changes_nothing()
    {
        var (session, begun, cancelled) = (await ground.Given.Session(), await ground.Given.Session(parts: "2024-05-15 08:00 to 12:00"), await ground.Given.Session());
        await ground.With((CancelSession cancel) => cancel.RunAsync(cancelled.Ref, "Why", null, unit));
        await using var db = ground.Db();
        var seen = db.Sessions.Single(one => one.Id == session.Id).ChangedAt;

        Assert.Contains("still to come", Sentence(await MoveAsync(session, At("2024-05-01"))));
        Assert.Contains("after the start", Sentence(await MoveAsync(session, At("2024-06-20", "12:00", "11:00"))));
        Assert.Contains("has begun", Sentence(await MoveAsync(begun, At("2024-06-20"))));
        Assert.Contains("has been cancelled", Sentence(await MoveAsync(cancelled, At("2024-06-20"))));
        await MoveAsync(session, At("2024-06-20"));
        Assert.Contains("Nothing is different", Sentence(await MoveAsync(session, At("2024-06-20"))));
        Assert.Contains("Somebody changed this session", Sentence(await ground.With((MoveSession move) => move.RunAsync(session.Ref, At("2024-06-21"), seen, unit))));
        var stranger = await ground.Given.Actor(await ground.Given.Person());
        Assert.IsType<DeskOutcome.NotFound>(await ground.With((MoveSession move) => move.RunAsync(session.Ref, At("2024-06-21"), null, stranger)));
        Assert.Equal(1, await ground.Sql<int>($"select sequence from sessions where id = '{session.Id}'"));
    }

    [Fact] // B7, B13
    public async Task The_page_shows_who_would_be_booked_twice_at_that_time_before_anybody_is_moved()
    {
        var (session, elsewhere) = (await ground.Given.Session(), await ground.Given.Session(parts: "2024-06-20 11:00 to 12:00"));
        var (busy, free) = (await ground.Given.Person(given: "Busy"), await ground.Given.Person(given: "Free"));
        await ground.Given.Booking(session, busy);
        await ground.Given.Booking(session, free);
        await ground.Given.Booking(elsewhere, busy);
        var visitor = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);
        var form = await visitor.Get($"/manage/sessions/{session.Ref}/move");

        Assert.Contains("still to come", (await form.Submit("See what would happen", ("Input.Parts[0].Day", "2024-05-01"))).Text);
        var looked = await form.Submit("See what would happen", ("Input.Parts[0].Day", "2024-06-20"), ("Input.Venue", "Leigh Community Centre"));
        Assert.Contains("1 person is booked elsewhere at that time: Busy", looked.Text);
        Assert.Contains("2 people keep their place", looked.Text);
        Assert.DoesNotContain("Free Person", looked.Document.QuerySelector("#preview")!.TextContent);
        Assert.Equal("2024-06-03", await ground.Sql<string>($"select counted_on::text from sessions where id = '{session.Id}'"));

        // What is changed after looking is looked at again.
        var again = await looked.Submit("Move it", ("Input.Parts[0].Day", "2024-06-21"));
        Assert.DoesNotContain("booked elsewhere", again.Text);
        Assert.Equal(0, await ground.Sql<int>($"select sequence from sessions where id = '{session.Id}'"));
        var moved = await again.Submit("Move it");
        Assert.Contains("The session is moved", moved.Text);
        Assert.Equal("2024-06-21 Leigh Community Centre", await ground.Sql<string>($"select counted_on || ' ' || venue from sessions where id = '{session.Id}'"));
        Assert.Contains("Somebody changed this session", (await again.Submit("Move it")).Text);
    }

    private static TypedTimes At(string day, string starts = "09:30", string ends = "16:00", string mode = "in person", string? link = null) => new([new(day, starts, ends)], mode, "Estuary Hall", link, null);

    private Task<DeskOutcome> MoveAsync(Session session, TypedTimes typed) => ground.With((MoveSession move) => move.RunAsync(session.Ref, typed, null, unit));

    private async Task<Letter> LetterAsync(Person person, string kind)
    {
        await using var db = ground.Db();
        var message = db.Messages.Single(one => one.PersonId == person.Id && one.Kind == kind);
        return Assert.IsType<Draft.Ready>(await ground.With((WriteLetter write) => write.RunAsync(db, message, default))).Letter;
    }

    private Task<string> StatesAsync(Session session) => ground.Sql<string>($"select string_agg(state, ' ' order by number) from bookings where session_id = '{session.Id}'");

    private static string Sentence(DeskOutcome outcome) => Assert.Single(Assert.IsType<DeskOutcome.Refused>(outcome).Mistakes).Sentence;
}
