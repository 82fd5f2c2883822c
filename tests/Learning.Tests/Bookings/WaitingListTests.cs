using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Bookings;

/// <summary>B6: who gives up, who is offered, until when, and how the list ends.</summary>
public class WaitingListTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Given Given => ground.Given;

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00"); // a Wednesday
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // B1, B6, M1
    public async Task A_place_given_up_is_offered_to_the_first_in_line_at_once_and_both_are_written_to()
    {
        var (session, people, ids) = await Full(places: 1, waiting: 2);

        Assert.Equal(new ChangeOutcome.Done(BookingState.Cancelled), await Cancel(ids[0], people[0]));

        Assert.Equal("cancelled offered waiting", await States(session));
        Assert.Equal(1, await Taken(session));
        Assert.Equal(ground.Zone.InstantOf(new DateTime(2024, 5, 16, 9, 1, 0)), (await ground.Sql<DateTime>($"select offer_ends_at from bookings where id = '{ids[1]}'")));
        Assert.Equal("booking-cancelled place-offered", await Messages(session));
        Assert.Equal("waiting offered", await ground.Sql<string>($"select string_agg(state, ' ' order by id) from booking_changes where booking_id = '{ids[1]}'"));
    }

    [Fact] // B6
    public async Task An_offer_accepted_is_a_place_and_pressing_twice_is_once()
    {
        var (session, people, ids) = await Full(places: 1, waiting: 1);
        await Cancel(ids[0], people[0]);

        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(new ChangeOutcome.Done(BookingState.Confirmed), await Accept(ids[1], people[1]));
        Assert.Equal(new ChangeOutcome.Done(BookingState.Confirmed), await Accept(ids[1], people[1]));
        Assert.Equal(new ChangeOutcome.Refused(BookingReason.OfferEnded), await Decline(ids[1], people[1]));

        Assert.Equal("cancelled confirmed", await States(session));
        Assert.Equal("booking-cancelled place-offered booking-confirmed", await Messages(session));
    }

    [Fact] // B6
    public async Task Pressing_book_with_an_offer_in_hand_accepts_it()
    {
        var (session, people, ids) = await Full(places: 1, waiting: 1);
        await Cancel(ids[0], people[0]);
        Assert.Equal(new BookingOutcome.Confirmed(ids[1]), await Book(session, people[1]));
    }

    [Fact] // B6
    public async Task An_offer_declined_or_given_up_goes_to_the_next()
    {
        var (session, people, ids) = await Full(places: 1, waiting: 3);
        await Cancel(ids[0], people[0]);
        Assert.Equal(new ChangeOutcome.Done(BookingState.Declined), await Decline(ids[1], people[1]));
        Assert.Equal(new ChangeOutcome.Done(BookingState.Declined), await Decline(ids[1], people[1]));
        Assert.Equal("cancelled declined offered waiting", await States(session));
        Assert.Equal(new ChangeOutcome.Done(BookingState.Declined), await Cancel(ids[2], people[2]));
        Assert.Equal("cancelled declined declined offered", await States(session));
    }

    [Fact] // B6
    public async Task At_its_end_an_offer_lapses_and_the_next_is_offered_and_the_late_yes_is_refused()
    {
        var (session, people, ids) = await Full(places: 1, waiting: 2);
        await Cancel(ids[0], people[0]);

        ground.Clock.Set("2024-05-16 09:00:59");
        await Job();
        Assert.Equal("cancelled offered waiting", await States(session));

        ground.Clock.Set("2024-05-16 09:01");
        Assert.Equal(new ChangeOutcome.Refused(BookingReason.OfferEnded), await Accept(ids[1], people[1]));
        Assert.Equal(new BookingOutcome.Refused(BookingReason.OfferEnded), await Book(session, people[1]));
        await Job();
        Assert.Equal("cancelled lapsed offered", await States(session));
        Assert.Equal("booking-cancelled place-offered offer-lapsed place-offered", await Messages(session));
        Assert.Equal("the offer ended without an answer", await ground.Sql<string>($"select state_reason from bookings where id = '{ids[1]}'"));

        var changes = await ground.Sql<long>("select count(*) from booking_changes");
        await Job();
        Assert.Equal(changes, await ground.Sql<long>("select count(*) from booking_changes"));

        // Who let it lapse joins again, at the end.
        Assert.Equal(1, Assert.IsType<BookingOutcome.Waiting>(await Book(session, people[1])).Position);
    }

    [Fact] // B6
    public async Task A_place_that_came_free_in_any_other_way_is_offered_within_the_minute()
    {
        var (session, _, _) = await Full(places: 1, waiting: 3);
        await ground.Sql($"update sessions set capacity = 3 where id = '{session.Id}'");
        await Job();
        Assert.Equal("confirmed offered offered waiting", await States(session));
    }

    [Fact] // B6
    public async Task At_the_close_of_booking_the_list_ends_everyone_on_it_is_told_and_a_promise_stands_to_its_end()
    {
        var (session, people, ids) = await Full(places: 2, waiting: 3);
        ground.Clock.Set("2024-06-03 07:00"); // 90 minutes before the close, 150 before the start
        await Cancel(ids[0], people[0]);
        ground.Clock.Set("2024-06-03 08:30");
        await Job();
        Assert.Equal("cancelled confirmed offered lapsed lapsed", await States(session));
        Assert.Equal("booking-cancelled place-offered waiting-list-ended waiting-list-ended", await Messages(session));

        // What frees now stays free: there is no list any more.
        Assert.Equal(new ChangeOutcome.Done(BookingState.Cancelled), await Cancel(ids[1], people[1]));
        Assert.Equal(new ChangeOutcome.Done(BookingState.Confirmed), await Accept(ids[2], people[2]));
        Assert.Equal("cancelled cancelled confirmed lapsed lapsed", await States(session));
    }

    [Fact] // H4
    public async Task A_list_of_the_past_that_came_by_import_stays_as_it_was()
    {
        var (session, person) = (await Given.Session(null, 1, "2023-06-05 09:30 to 16:00"), await Given.Person());
        await Given.Save(Waiting(session, person));
        await Job();
        Assert.Equal("waiting", await States(session));
    }

    [Fact] // B6
    public async Task Giving_up_a_wait_frees_nothing_and_the_rest_move_up()
    {
        var (session, people, ids) = await Full(places: 1, waiting: 3);
        Assert.Equal(new ChangeOutcome.Done(BookingState.Cancelled), await Cancel(ids[1], people[1]));
        Assert.Equal("confirmed cancelled waiting waiting", await States(session));
        Assert.Equal(new BookingOutcome.Waiting(ids[3], 2), await Book(session, people[3]));
    }

    [Fact] // B1
    public async Task What_is_over_cannot_be_given_up_and_from_the_start_on_the_register_says_who_came()
    {
        var (session, people, ids) = await Full(places: 1, waiting: 1);
        await Cancel(ids[0], people[0]);
        await Decline(ids[1], people[1]);
        Assert.Equal(new ChangeOutcome.Refused(BookingReason.BookingEnded), await Cancel(ids[1], people[1]));
        Assert.Equal(new ChangeOutcome.Done(BookingState.Cancelled), await Cancel(ids[0], people[0]));

        var again = Assert.IsType<BookingOutcome.Confirmed>(await Book(session, people[0]));
        ground.Clock.Set("2024-06-03 09:30");
        Assert.Equal(new ChangeOutcome.Refused(BookingReason.SessionStarted), await Cancel(again.Id, people[0]));
        Assert.Equal(1, await Taken(session));
    }

    [Fact] // S2
    public async Task Only_the_holder_their_lead_and_the_unit_can_change_a_booking_for_others_it_does_not_exist()
    {
        var (ours, theirs) = (await Given.Agency(), await Given.Agency());
        var (holder, lead, otherLead, colleague) = (await Given.Person(ours), await Given.Person(ours), await Given.Person(theirs), await Given.Person(ours));
        await Given.Role(lead, Role.AgencyLead, ours);
        await Given.Role(otherLead, Role.AgencyLead, theirs);
        var session = await Given.Session();
        var id = Assert.IsType<BookingOutcome.Confirmed>(await Book(session, holder)).Id;

        foreach (var nobody in new[] { otherLead, colleague })
        {
            Assert.IsType<ChangeOutcome.NotFound>(await Cancel(id, nobody));
            Assert.IsType<ChangeOutcome.NotFound>(await Accept(id, nobody));
            Assert.IsType<ChangeOutcome.NotFound>(await Decline(id, nobody));
        }

        Assert.IsType<ChangeOutcome.NotFound>(await Cancel(Guid.CreateVersion7(), holder));
        Assert.Equal("confirmed", await States(session));
        Assert.IsType<ChangeOutcome.Done>(await Cancel(id, lead));
        Assert.Equal(lead.Id, await ground.Sql<Guid>($"select state_by from bookings where id = '{id}'"));
    }

    private async Task<(Session Session, List<Person> People, List<Guid> Ids)> Full(int places, int waiting)
    {
        var session = await Given.Session(capacity: places);
        var (people, ids) = (new List<Person>(), new List<Guid>());
        for (var i = 0; i < places + waiting; i++)
        {
            people.Add(await Given.Person());
            ids.Add(await Book(session, people[i]) switch
            {
                BookingOutcome.Confirmed confirmed when i < places => confirmed.Id,
                BookingOutcome.Waiting wait when wait.Position == i - places + 1 => wait.Id,
                var other => throw new InvalidOperationException(other.ToString()),
            });
        }

        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        return (session, people, ids);
    }

    private Booking Waiting(Session session, Person person)
    {
        var booking = new Booking { Id = Guid.CreateVersion7(), SessionId = session.Id, PersonId = person.Id, BookedAt = session.StartsAt.AddDays(-9) };
        booking.Become(BookingState.Waiting, booking.BookedAt, null);
        return booking;
    }

    private async Task<BookingOutcome> Book(Session session, Person by)
    {
        var actor = await Given.Actor(by);
        return await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref), actor));
    }

    private async Task<ChangeOutcome> Cancel(Guid id, Person by)
    {
        var actor = await Given.Actor(by);
        return await ground.With((CancelBooking cancel) => cancel.RunAsync(id, actor));
    }

    private async Task<ChangeOutcome> Accept(Guid id, Person by)
    {
        var actor = await Given.Actor(by);
        return await ground.With((AcceptOffer accept) => accept.RunAsync(id, actor));
    }

    private async Task<ChangeOutcome> Decline(Guid id, Person by)
    {
        var actor = await Given.Actor(by);
        return await ground.With((DeclineOffer decline) => decline.RunAsync(id, actor));
    }

    private Task<(int Lapsed, int Offered)> Job() => ground.With((LapseOffers lapse) => lapse.RunAsync());

    private Task<string> States(Session session) =>
        ground.Sql<string>($"select string_agg(state, ' ' order by booked_at, number) from bookings where session_id = '{session.Id}'");

    private Task<int> Taken(Session session) => ground.Sql<int>($"select taken from sessions where id = '{session.Id}'");

    /// <summary>The kinds of messages about a session since it was full, in the order of writing.</summary>
    private Task<string> Messages(Session session) => ground.Sql<string>($"""
        select string_agg(kind, ' ' order by queued_at, kind) from messages
        where session_id = '{session.Id}' and queued_at > '2024-05-15 09:00 Europe/London'
        """);
}
