using Learning.Bookings;
using Learning.Bookings.Desk;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Bookings;

/// <summary>B13, F2: a cancelled session withdraws every booking with a message and offers the next; its places are lost on the day they were planned for.</summary>
public class CancelSessionTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Actor unit = null!;

    public async Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        unit = await ground.Given.Actor(await ground.Given.Unit());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // B13
    public async Task Everybody_is_withdrawn_and_told_once_why_with_the_next_session_and_the_calendar_entry_taken_back()
    {
        var course = await ground.Given.Course();
        var session = await ground.Given.Session(course, 2);
        var next = await ground.Given.Session(course, 5, "2024-07-01 09:30 to 12:00");
        await ground.Given.Session(course, 5, "2024-08-01 09:30 to 12:00");
        await ground.Given.Session(course, 5, "2024-05-20 09:30 to 12:00");
        var (held, offered, waits, left) = (await ground.Given.Person(), await ground.Given.Person(), await ground.Given.Person(), await ground.Given.Person());
        await ground.Given.Booking(session, held);
        await ground.Given.Booking(session, offered, BookingState.Offered);
        await ground.Given.Booking(session, waits, BookingState.Waiting);
        await ground.Given.Booking(session, left, BookingState.Cancelled);
        var trainer = await ground.Given.Person();
        await ground.Given.Trainer(session, trainer);

        Assert.Contains("Write why", Sentence(await CancelAsync(session, " ")));
        Assert.Equal("confirmed offered waiting cancelled", await StatesAsync(session));
        Assert.IsType<DeskOutcome.Done>(await CancelAsync(session, "The trainer is ill"));
        Assert.IsType<DeskOutcome.Done>(await CancelAsync(session, "Again"));

        Assert.Equal("withdrawn withdrawn withdrawn cancelled", await StatesAsync(session));
        Assert.Equal("cancelled The trainer is ill 0", await ground.Sql<string>($"select status || ' ' || cancelled_because || ' ' || taken from sessions where id = '{session.Id}'"));
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}' and late"));
        Assert.Equal(3L, await ground.Sql<long>($"select count(*) from messages where kind = 'session-cancelled' and session_id = '{session.Id}'"));
        var letter = await LetterAsync(held, "session-cancelled");
        Assert.Contains("The trainer is ill", letter.Text);
        Assert.Contains(next.Ref, letter.Text);
        Assert.Equal("CANCEL", letter.Calendar!.Method);
        Assert.Null((await LetterAsync(waits, "session-cancelled")).Calendar);
        Assert.Contains("you were to give", (await LetterAsync(trainer, "session-cancelled-trainer")).Text);
        Assert.Equal("withdrawn The trainer is ill", await ground.Sql<string>($"select c.state || ' ' || c.reason from booking_changes c join bookings b on b.id = c.booking_id where b.person_id = '{waits.Id}' order by c.id desc limit 1"));
    }

    [Fact] // F2, T4
    public async Task Its_places_are_lost_on_the_day_they_were_planned_for_and_as_at_before_they_were_not()
    {
        var session = await ground.Given.Session(capacity: 17);

        await CancelAsync(session, "Too few people");

        Assert.Equal("planned 17, cancelled 17 2024-06-03", await ground.Sql<string>($"""
            select string_agg(status || ' ' || capacity || case when status = 'cancelled' then ' ' || counted_on else '' end, ', ' order by id) from session_history where session_id = '{session.Id}'
            """));
        Assert.Equal(ground.Zone.Now, await ground.Sql<DateTime>($"select recorded_at from session_history where session_id = '{session.Id}' and status = 'cancelled'"));
    }

    [Fact] // B13, B14
    public async Task The_workshops_of_a_conference_go_with_it_and_nobody_hears_twice()
    {
        var conference = await ground.Given.Session(await ground.Given.Course(CourseKind.Conference), 10);
        var workshop = await WorkshopAsync(conference);
        var (both, workshopOnly) = (await ground.Given.Person(), await ground.Given.Person());
        await ground.Given.Booking(conference, both);
        await ground.Given.Booking(workshop, both);
        await ground.Given.Booking(workshop, workshopOnly);

        await CancelAsync(conference, "The hall has flooded");

        Assert.Equal("cancelled", await ground.Sql<string>($"select status from sessions where id = '{workshop.Id}'"));
        Assert.Equal("withdrawn withdrawn", await StatesAsync(workshop));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from messages where kind = 'session-cancelled' and person_id = '{both.Id}'"));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from messages where kind = 'session-cancelled' and person_id = '{workshopOnly.Id}'"));
    }

    [Fact]
    public async Task What_has_begun_what_was_changed_meanwhile_and_what_is_not_ones_own_is_refused()
    {
        var (begun, session) = (await ground.Given.Session(parts: "2024-05-15 08:00 to 12:00"), await ground.Given.Session());
        Assert.Contains("has begun", Sentence(await CancelAsync(begun, "Why")));
        await using var db = ground.Db();
        var seen = db.Sessions.Single(one => one.Id == session.Id).ChangedAt;
        await ground.With((ChangeCapacity change) => change.RunAsync(session.Ref, 5, [], null, unit));
        Assert.Contains("Somebody changed this session", Sentence(await ground.With((CancelSession cancel) => cancel.RunAsync(session.Ref, "Why", seen, unit))));
        var stranger = await ground.Given.Actor(await ground.Given.Person());
        Assert.IsType<DeskOutcome.NotFound>(await ground.With((CancelSession cancel) => cancel.RunAsync(session.Ref, "Why", null, stranger)));
        Assert.IsType<DeskOutcome.NotFound>(await ground.With((CancelSession cancel) => cancel.RunAsync("NONE\0", "Why", null, unit)));
        Assert.Equal("planned", await ground.Sql<string>($"select status from sessions where id = '{session.Id}'"));
    }

    [Fact] // B13: what the lock is for
    public async Task Without_the_lock_somebody_books_a_session_that_is_just_being_cancelled_and_with_it_nobody_does()
    {
        var (without, with) = (await ground.Given.Session(), await ground.Given.Session(capacity: 30));
        var person = await ground.Given.Person();
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        await using (var booking = await source.OpenConnectionAsync())
        {
            await using var transaction = await booking.BeginTransactionAsync();
            await using var read = new NpgsqlCommand($"select status from sessions where id = '{without.Id}'", booking, transaction);
            Assert.Equal("planned", await read.ExecuteScalarAsync());
            await ground.Sql($"update bookings set state = 'withdrawn' where session_id = '{without.Id}'; update sessions set status = 'cancelled', cancelled_at = now() where id = '{without.Id}'");
            await using var insert = new NpgsqlCommand(
                $"insert into bookings (id, session_id, person_id, state, booked_at, state_at) values (gen_random_uuid(), '{without.Id}', '{person.Id}', 'confirmed', now(), now())", booking, transaction);
            await insert.ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }

        Assert.Equal("confirmed", await StatesAsync(without));

        var actors = new List<Actor>();
        for (var i = 0; i < 16; i++) actors.Add(await ground.Given.Actor(await ground.Given.Person()));
        var all = actors.ConvertAll(actor => Task.Run<object>(async () => await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(with.Ref), actor))));
        all.Insert(8, Task.Run<object>(async () => await CancelAsync(with, "It is called off")));
        var outcomes = await Task.WhenAll(all);

        Assert.All(outcomes, outcome => Assert.True(outcome is DeskOutcome.Done or BookingOutcome.Confirmed or BookingOutcome.Refused { Reason: BookingReason.SessionCancelled }, $"{outcome}"));
        var booked = outcomes.OfType<BookingOutcome.Confirmed>().Count();
        Assert.Equal(booked, await ground.Sql<long>($"select count(*) from bookings where session_id = '{with.Id}' and state = 'withdrawn'"));
        Assert.Equal(booked, await ground.Sql<long>($"select count(*) from bookings where session_id = '{with.Id}'"));
        Assert.Equal(booked, await ground.Sql<long>($"select count(*) from messages where session_id = '{with.Id}' and kind = 'session-cancelled'"));
    }

    [Fact] // B13: what the lock is for, the other way round
    public async Task Cancelling_waits_for_whoever_is_just_booking_and_withdraws_them_too()
    {
        var (session, person) = (await ground.Given.Session(), await ground.Given.Person());
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        await using var booking = await source.OpenConnectionAsync();
        await using var transaction = await booking.BeginTransactionAsync();
        await using var held = new NpgsqlCommand($"select id from sessions where id = '{session.Id}' for update", booking, transaction);
        await held.ExecuteScalarAsync();

        var cancelling = Task.Run(() => CancelAsync(session, "It is called off"));
        while (!cancelling.IsCompleted && await ground.Sql<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 0)
        {
        }

        await using var insert = new NpgsqlCommand(
            $"insert into bookings (id, session_id, person_id, state, booked_at, state_at) values (gen_random_uuid(), '{session.Id}', '{person.Id}', 'confirmed', now(), now())", booking, transaction);
        await insert.ExecuteNonQueryAsync();
        await transaction.CommitAsync();

        Assert.IsType<DeskOutcome.Done>(await cancelling);
        Assert.Equal("withdrawn", await StatesAsync(session));
    }

    [Fact] // B13
    public async Task The_page_says_what_happens_before_it_does_and_a_stale_form_is_refused()
    {
        var session = await ground.Given.Session(capacity: 1);
        await ground.Given.Booking(session, await ground.Given.Person());
        await ground.Given.Booking(session, await ground.Given.Person(), BookingState.Waiting);
        await ground.Given.Booking(session, await ground.Given.Person(), BookingState.Requested);
        var visitor = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);

        var page = await visitor.Get($"/manage/sessions/{session.Ref}/cancel");
        Assert.Contains("1 person loses their place", page.Text);
        Assert.Contains("2 people who wait", page.Text);
        Assert.Contains("Its 1 place counts as lost", page.Text);
        Assert.Contains("No other session", page.Text);
        Assert.Contains("Write why", (await page.Submit("Cancel the session")).Text);

        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        await ground.With((ChangeCapacity change) => change.RunAsync(session.Ref, 2, [], null, unit));
        var stale = await page.Submit("Cancel the session", ("Input.Reason", "Too few"));
        Assert.Contains("Somebody changed this session", stale.Text);
        Assert.Contains("Its 2 places count as lost", stale.Text);
        var done = await stale.Submit("Cancel the session");
        Assert.Contains("The session is cancelled", done.Text);
        Assert.Contains("Too few", done.Text);
    }

    private async Task<Session> WorkshopAsync(Session conference)
    {
        var workshop = await ground.Given.Session(await ground.Given.Course(), 5, "2024-06-03 11:00 to 12:00");
        await ground.Sql($"update sessions set parent_id = '{conference.Id}' where id = '{workshop.Id}'");
        return workshop;
    }

    private async Task<Letter> LetterAsync(Person person, string kind)
    {
        await using var db = ground.Db();
        var message = db.Messages.Single(one => one.PersonId == person.Id && one.Kind == kind);
        return Assert.IsType<Draft.Ready>(await ground.With((WriteLetter write) => write.RunAsync(db, message, default))).Letter;
    }

    private Task<DeskOutcome> CancelAsync(Session session, string? reason) => ground.With((CancelSession cancel) => cancel.RunAsync(session.Ref, reason, null, unit));

    private Task<string> StatesAsync(Session session) => ground.Sql<string>($"select string_agg(state, ' ' order by number) from bookings where session_id = '{session.Id}'");

    private static string Sentence(DeskOutcome outcome) => Assert.Single(Assert.IsType<DeskOutcome.Refused>(outcome).Mistakes).Sentence;
}
