using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Bookings;

/// <summary>B2 and B3 are kept by the database itself, and by the verb under any concurrency.</summary>
public class NeverOversoldTests(Ground ground) : IClassFixture<Ground>
{
    private Given Given => ground.Given;

    [Theory] // B2
    [InlineData("insert into bookings (id, session_id, person_id, state, booked_at, state_at) select gen_random_uuid(), '{0}', '{1}', 'confirmed', now(), now()")]
    [InlineData("insert into bookings (id, session_id, person_id, state, booked_at, state_at, offer_ends_at) select gen_random_uuid(), '{0}', '{1}', 'offered', now(), now(), now()")]
    [InlineData("update bookings set state = 'confirmed' where session_id = '{0}' and state = 'waiting'")]
    [InlineData("update bookings set state = 'offered', offer_ends_at = now() where session_id = '{0}' and state = 'waiting'")]
    [InlineData("update sessions set capacity = 1 where id = '{0}'")]
    public async Task The_database_refuses_a_place_too_many_by_whatever_statement(string sql)
    {
        var session = await Given.Session(capacity: 2);
        await Given.Booking(session, await Given.Person());
        await Given.Booking(session, await Given.Person(), BookingState.Offered);
        await Given.Booking(session, await Given.Person(), BookingState.Waiting);

        var person = await Given.Person();
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ground.Sql(string.Format(sql, session.Id, person.Id)));
        Assert.Equal("sessions_never_oversold", refused.ConstraintName);
        Assert.Equal("confirmed offered waiting", await ground.Sql<string>(
            $"select string_agg(state, ' ' order by number) from bookings where session_id = '{session.Id}'"));
    }

    [Theory] // B3
    [InlineData("requested", "waiting")]
    [InlineData("waiting", "waiting")]
    [InlineData("confirmed", "waiting")]
    [InlineData("waiting", "confirmed")]
    public async Task The_database_refuses_a_second_live_booking_of_a_person(string first, string second)
    {
        var (session, person) = (await Given.Session(), await Given.Person());
        string Insert(string state) =>
            $"insert into bookings (id, session_id, person_id, state, booked_at, state_at) values (gen_random_uuid(), '{session.Id}', '{person.Id}', '{state}', now(), now())";
        await ground.Sql(Insert("cancelled"));
        await ground.Sql(Insert(first));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ground.Sql(Insert(second)));
        Assert.Equal("bookings_one_live", refused.ConstraintName);
    }

    [Fact] // B2, B6
    public async Task Of_twenty_at_once_for_three_places_three_are_confirmed_and_seventeen_wait_in_order()
    {
        var session = await Given.Session(capacity: 3);
        var outcomes = await Everybody(session, 20);

        Assert.Equal(3, outcomes.OfType<BookingOutcome.Confirmed>().Count());
        Assert.Equal(Enumerable.Range(1, 17), outcomes.OfType<BookingOutcome.Waiting>().Select(waiting => waiting.Position).Order());
        foreach (var waiting in outcomes.OfType<BookingOutcome.Waiting>())
        {
            // The number that they were told is the number that they have.
            Assert.Equal(waiting.Position, await ground.Sql<long>($"""
                select count(*) from bookings a, bookings b
                where b.id = '{waiting.Id}' and a.session_id = b.session_id and a.state = 'waiting' and (a.booked_at, a.number) <= (b.booked_at, b.number)
                """));
        }
    }

    [Fact] // B3
    public async Task One_person_who_presses_ten_times_at_once_has_one_booking_and_one_message()
    {
        var (session, person) = (await Given.Session(), await Given.Person());
        var actor = await Given.Actor(person);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Book(session, actor))));
        Assert.Single(outcomes.Distinct());
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from messages where session_id = '{session.Id}'"));
    }

    [Fact] // B2, B6
    public async Task Places_given_up_and_answered_all_at_once_are_never_more_than_there_are()
    {
        var session = await Given.Session(capacity: 5);
        var people = new List<Actor>();
        var ids = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            people.Add(await Given.Actor(await Given.Person()));
            ids.Add(await Book(session, people[i]) switch { BookingOutcome.Confirmed one => one.Id, BookingOutcome.Waiting one => one.Id, _ => Guid.Empty });
        }

        // Everybody gives up, accepts or declines, whether or not there is anything to answer, and the job runs in between.
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => (i % 4) switch
        {
            0 => ground.With((CancelBooking cancel) => (Task)cancel.RunAsync(ids[i % 20], people[i % 20])),
            1 => ground.With((AcceptOffer accept) => (Task)accept.RunAsync(ids[i % 20], people[i % 20])),
            2 => ground.With((DeclineOffer decline) => (Task)decline.RunAsync(ids[i % 20], people[i % 20])),
            _ => ground.With((LapseOffers job) => (Task)job.RunAsync()),
        })));
        await ground.With((LapseOffers job) => job.RunAsync());

        Assert.Equal(0, await ground.Sql<long>(Broken(session)));
    }

    [Fact] // B2
    public async Task While_the_organiser_changes_the_capacity_nobody_gets_a_place_that_is_not_there()
    {
        var session = await Given.Session(capacity: 10);
        var booking = Everybody(session, 24);
        foreach (var capacity in new[] { 4, 12, 6, 2, 9, 7, 14, 8 })
        {
            await ground.Sql($"update sessions set capacity = greatest(taken, {capacity}) where id = '{session.Id}'");
        }

        Assert.DoesNotContain(await booking, outcome => outcome is BookingOutcome.Refused);
        await ground.With((LapseOffers job) => job.RunAsync());
        Assert.Equal(0, await ground.Sql<long>(Broken(session)));
        Assert.Equal(24, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}'"));
    }

    /// <summary>Counts what must not be: a wrong count, a place too many, somebody who waits for a free place.</summary>
    private static string Broken(Session session) => $"""
        select count(*) from sessions s
        cross join lateral (select count(*) filter (where state in ('confirmed', 'offered')) as held, count(*) filter (where state = 'waiting') as waiting
            from bookings where session_id = s.id) b
        where s.id = '{session.Id}' and (s.taken <> b.held or b.held > s.capacity or (b.waiting > 0 and b.held < s.capacity))
        """;

    private async Task<BookingOutcome[]> Everybody(Session session, int people)
    {
        var actors = new List<Actor>();
        for (var i = 0; i < people; i++)
        {
            actors.Add(await Given.Actor(await Given.Person()));
        }

        return await Task.WhenAll(actors.Select(actor => Task.Run(() => Book(session, actor))));
    }

    private Task<BookingOutcome> Book(Session session, Actor actor) => ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref), actor));
}
