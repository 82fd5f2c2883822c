using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Bookings;

public class BookPlaceTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Fact] // B1, P2, M1: which agency it is, the day of the session will say
    public async Task A_place_is_booked_on_record_and_with_a_message_in_the_same_transaction()
    {
        var person = await Given.Person(await Given.Agency());
        var session = await Given.Session();

        var booked = Assert.IsType<BookingOutcome.Confirmed>(await Book(session, person, needs: "  Hearing loop "));

        await using var db = ground.Db();
        var booking = await db.Bookings.SingleAsync(row => row.Id == booked.Id);
        Assert.Equal((BookingState.Confirmed, null, person.Id, "Hearing loop"), (booking.State, booking.AgencyId, booking.BookedBy!.Value, booking.Needs));
        Assert.Equal(1, (await db.Sessions.SingleAsync(row => row.Id == session.Id)).Taken);
        Assert.Equal("confirmed", await ground.Sql<string>($"select string_agg(state, ',') from booking_changes where booking_id = '{booked.Id}'"));
        var message = await db.Messages.SingleAsync(row => row.SubjectId == booked.Id);
        Assert.Equal(("booking-confirmed", person.Id, session.Id), (message.Kind, message.PersonId!.Value, message.SessionId!.Value));
        Assert.Equal(person.Id, (await db.AuditEntries.SingleAsync(row => row.SubjectId == booked.Id)).ActorId);
    }

    [Fact] // B6
    public async Task When_every_place_is_held_people_wait_in_the_order_of_joining_also_within_one_instant()
    {
        var session = await Given.Session(capacity: 1);
        await Book(session, await Given.Person());
        var positions = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            positions.Add(Assert.IsType<BookingOutcome.Waiting>(await Book(session, await Given.Person())).Position);
        }

        Assert.Equal([1, 2, 3], positions);
        Assert.Equal("1 2 3", await ground.Sql<string>(
            $"select string_agg(data ->> 'position', ' ' order by data ->> 'position') from messages where session_id = '{session.Id}' and kind = 'booking-waiting'"));
    }

    [Fact] // B6
    public async Task A_clock_that_is_behind_puts_nobody_before_those_who_wait()
    {
        var session = await Given.Session(capacity: 0);
        var first = await Given.Person();
        await Book(session, first);
        ground.Clock.Advance(TimeSpan.FromSeconds(-30));
        var second = await Book(session, await Given.Person());
        ground.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(2, Assert.IsType<BookingOutcome.Waiting>(second).Position);
        Assert.Equal(1, Assert.IsType<BookingOutcome.Waiting>(await Book(session, first)).Position);
    }

    [Fact] // B3
    public async Task Pressing_twice_is_one_booking_confirmed_or_waiting()
    {
        var session = await Given.Session(capacity: 1);
        var (holder, waiter) = (await Given.Person(), await Given.Person());
        Assert.Equal(await Book(session, holder), await Book(session, holder));
        Assert.Equal(await Book(session, waiter), await Book(session, waiter));
        Assert.Equal(2, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}'"));
        Assert.Equal(2, await ground.Sql<long>($"select count(*) from messages where session_id = '{session.Id}'"));
    }

    [Fact] // B6
    public async Task A_newcomer_never_passes_people_who_wait_not_even_where_a_place_stands_free()
    {
        var session = await Given.Session(capacity: 1);
        await Book(session, await Given.Person());
        var waiter = Assert.IsType<BookingOutcome.Waiting>(await Book(session, await Given.Person()));
        await ground.Sql($"update sessions set capacity = 2 where id = '{session.Id}'");

        var newcomer = Assert.IsType<BookingOutcome.Waiting>(await Book(session, await Given.Person()));

        Assert.Equal(1, newcomer.Position);
        Assert.Equal("offered", await ground.Sql<string>($"select state from bookings where id = '{waiter.Id}'"));
    }

    [Fact] // B6
    public async Task Where_more_places_came_free_than_people_wait_the_newcomer_has_one_of_the_rest()
    {
        var session = await Given.Session(capacity: 1);
        await Book(session, await Given.Person());
        await Book(session, await Given.Person());
        await ground.Sql($"update sessions set capacity = 3 where id = '{session.Id}'");

        Assert.IsType<BookingOutcome.Confirmed>(await Book(session, await Given.Person()));
        Assert.Equal(3, await ground.Sql<int>($"select taken from sessions where id = '{session.Id}'"));
    }

    [Theory]
    [InlineData("2024-06-03 08:29:59", null)]
    [InlineData("2024-06-03 08:30", BookingReason.BookingClosed)]
    [InlineData("2024-06-03 09:30", BookingReason.SessionStarted)]
    public async Task Booking_ends_when_it_closes_and_at_the_start(string at, BookingReason? reason)
    {
        var (session, person) = (await Given.Session(), await Given.Person());
        ground.Clock.Set(at);
        var outcome = await Book(session, person);
        ground.Clock.Set("2024-05-15 09:00");
        Assert.Equal(reason, (outcome as BookingOutcome.Refused)?.Reason);
        Assert.Equal(reason is null ? 1 : 0, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}'"));
    }

    [Fact]
    public async Task A_cancelled_session_and_a_withdrawn_course_take_no_bookings()
    {
        var cancelled = await Given.Session();
        await ground.Sql($"update sessions set status = 'cancelled', cancelled_at = now() where id = '{cancelled.Id}'");
        var withdrawn = await Given.Course();
        await ground.Sql($"update courses set withdrawn_on = '2024-05-15' where id = '{withdrawn.Id}'");
        var person = await Given.Person();

        Assert.Equal(new BookingOutcome.Refused(BookingReason.SessionCancelled), await Book(cancelled, person));
        Assert.Equal(new BookingOutcome.Refused(BookingReason.CourseNotOffered), await Book(await Given.Session(withdrawn), person));
    }

    [Fact] // B7
    public async Task Overlapping_sessions_need_a_tick_part_by_part_and_are_not_forbidden()
    {
        var person = await Given.Person();
        var twoDays = await Given.Session(null, 20, "2024-06-03 09:30 to 16:00", "2024-06-05 09:30 to 16:00");
        await Book(twoDays, person);

        var between = await Given.Session(null, 20, "2024-06-04 09:30 to 16:00");
        var after = await Given.Session(null, 20, "2024-06-05 16:00 to 17:00");
        var overlaps = await Given.Session(null, 20, "2024-06-05 15:00 to 17:30");
        Assert.IsType<BookingOutcome.Confirmed>(await Book(between, person));
        Assert.IsType<BookingOutcome.Confirmed>(await Book(after, person));
        Assert.Equal(new BookingOutcome.Refused(BookingReason.Overlaps), await Book(overlaps, person));
        Assert.IsType<BookingOutcome.Confirmed>(await Book(overlaps, person, overlapKnown: true));
    }

    [Theory] // B7: one may end when the other begins, whichever was booked first
    [InlineData("2024-06-03 09:30 to 12:00", "2024-06-03 12:00 to 13:00", false)]
    [InlineData("2024-06-03 12:00 to 13:00", "2024-06-03 09:30 to 12:00", false)]
    [InlineData("2024-06-03 09:30 to 12:00", "2024-06-03 11:59 to 13:00", true)]
    [InlineData("2024-06-03 11:59 to 13:00", "2024-06-03 09:30 to 12:00", true)]
    public async Task A_session_that_ends_at_the_minute_when_another_begins_does_not_overlap_it(string held, string wanted, bool overlaps)
    {
        var person = await Given.Person();
        await Book(await Given.Session(null, 20, held), person);
        var outcome = await Book(await Given.Session(null, 20, wanted), person);
        Assert.Equal(overlaps, outcome is BookingOutcome.Refused { Reason: BookingReason.Overlaps });
        Assert.Equal(!overlaps, outcome is BookingOutcome.Confirmed);
    }

    [Fact] // B7
    public async Task A_workshop_is_booked_with_its_conference_and_does_not_overlap_it()
    {
        var (person, conference) = (await Given.Person(), await Given.Session());
        var workshop = await Given.Session();
        await ground.Sql($"update sessions set parent_id = '{conference.Id}' where id = '{workshop.Id}'");
        await Given.Booking(workshop, person);
        Assert.Equal(new BookingOutcome.Refused(BookingReason.PartOfConference), await Book(workshop, await Given.Person()));
        Assert.IsType<BookingOutcome.Confirmed>(await Book(conference, person));
    }

    [Fact] // S2
    public async Task A_lead_books_for_own_people_the_unit_for_all_and_nobody_else_learns_who_exists()
    {
        var (ours, theirs) = (await Given.Agency(), await Given.Agency());
        var (lead, ownPerson, stranger) = (await Given.Person(ours), await Given.Person(ours, "own@ours.example"), await Given.Person(theirs, "else@theirs.example"));
        await Given.Role(lead, Role.AgencyLead, ours);
        var session = await Given.Session();

        var own = Assert.IsType<BookingOutcome.Confirmed>(await Book(session, lead, " OWN@ours.example "));
        await using (var db = ground.Db())
        {
            var booking = await db.Bookings.SingleAsync(row => row.Id == own.Id);
            Assert.Equal((ownPerson.Id, lead.Id), (booking.PersonId, booking.BookedBy!.Value));
        }

        Assert.IsType<BookingOutcome.NotFound>(await Book(session, lead, "else@theirs.example"));
        Assert.IsType<BookingOutcome.NotFound>(await Book(session, lead, "nobody@theirs.example"));
        Assert.IsType<BookingOutcome.NotAllowed>(await Book(session, stranger, "own@ours.example"));
        Assert.IsType<BookingOutcome.NotAllowed>(await Book(session, stranger, "nobody@ours.example"));
        Assert.IsType<BookingOutcome.Confirmed>(await Book(session, stranger, "else@theirs.example"));
        Assert.IsType<BookingOutcome.Confirmed>(await Book(await Given.Session(null, 20, "2024-06-10 09:30 to 16:00"), await Given.Unit(), "else@theirs.example"));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_nothing_is_written()
    {
        var (session, person) = (await Given.Session(), await Given.Person());
        Assert.IsType<BookingOutcome.NotFound>(await Run(new PlaceWanted("no-such-session"), person));
        Assert.IsType<BookingOutcome.NotFound>(await Run(new PlaceWanted("no\0session"), person));
        Assert.IsType<BookingOutcome.NotAllowed>(await Run(new PlaceWanted(session.Ref, "a\0b@agency.example"), person));
        Assert.Equal(new BookingOutcome.Refused(BookingReason.NeedsTooLong), await Book(session, person, needs: new string('x', 1001)));
        Assert.IsType<BookingOutcome.NotAllowed>(await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref), Actor.Nobody)));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}'"));
        Assert.IsType<BookingOutcome.Confirmed>(await Run(new PlaceWanted(session.Ref.ToLowerInvariant(), Needs: "a\0b"), person));
    }

    private Task<BookingOutcome> Book(Session session, Person by, string? email = null, string? needs = null, bool overlapKnown = false) =>
        Run(new PlaceWanted(session.Ref, email, needs, overlapKnown), by);

    private async Task<BookingOutcome> Run(PlaceWanted wanted, Person by)
    {
        var actor = await Given.Actor(by);
        return await ground.With((BookPlace book) => book.RunAsync(wanted, actor));
    }
}
