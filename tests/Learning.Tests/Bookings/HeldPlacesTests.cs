using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

using Npgsql;

namespace Learning.Tests.Bookings;

/// <summary>B5: places that are kept for an agency or a sector, and become everyone's.</summary>
public class HeldPlacesTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Actor unit = null!;
    private Agency police = null!, council = null!, patrol = null!;

    public async Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00"); // a Wednesday; sessions are on Monday 3 June
        unit = await ground.Given.Actor(await ground.Given.Unit());
        (police, council) = (await ground.Given.Agency(sector: "Police"), await ground.Given.Agency());
        patrol = await ground.Given.Agency(sector: "Police", parent: police.Id);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // B5, B2
    public async Task Others_join_the_waiting_list_while_people_of_the_agency_and_its_departments_find_a_place()
    {
        var session = await ground.Given.Session(capacity: 3);
        await HoldAsync(session, police, 2);

        Assert.IsType<BookingOutcome.Confirmed>(await BookAsync(session, council));
        Assert.IsType<BookingOutcome.Waiting>(await BookAsync(session, council));
        Assert.IsType<BookingOutcome.Confirmed>(await BookAsync(session, police));
        Assert.IsType<BookingOutcome.Confirmed>(await BookAsync(session, patrol));
        Assert.Equal(2, Assert.IsType<BookingOutcome.Waiting>(await BookAsync(session, police)).Position);

        Assert.Equal("3 taken, 0 kept", await PlacesAsync(session));
        Assert.Equal(2, await ground.Sql<int>($"select used from held_places where session_id = '{session.Id}'"));
    }

    [Fact] // B5
    public async Task Places_kept_for_a_sector_are_for_every_agency_of_it()
    {
        var session = await ground.Given.Session(capacity: 1);
        Assert.IsType<DeskOutcome.Done>(await ground.With((HoldPlaces hold) => hold.RunAsync(session.Ref, null, "Police", 1, Until(10), unit)));

        Assert.IsType<BookingOutcome.Waiting>(await BookAsync(session, council));
        Assert.IsType<BookingOutcome.Confirmed>(await BookAsync(session, patrol));
    }

    [Fact] // B5, B6
    public async Task A_kept_place_that_frees_goes_to_the_first_of_the_agency_who_waits_not_to_whoever_waits_longest()
    {
        var session = await ground.Given.Session(capacity: 1);
        await HoldAsync(session, police, 1);
        var (holder, booked) = await BookedAsync(session, police);
        var (_, first) = await BookedAsync(session, council);
        var (_, second) = await BookedAsync(session, police);

        await ground.With((CancelBooking cancel) => cancel.RunAsync(booked, holder));

        Assert.Equal("cancelled waiting offered", await ground.Sql<string>($"select string_agg(state, ' ' order by number) from bookings where session_id = '{session.Id}'"));
        Assert.Equal("a place kept for your agency or sector was free", await ground.Sql<string>($"select state_reason from bookings where id = '{second}'"));
        Assert.Equal("waiting", await ground.Sql<string>($"select state from bookings where id = '{first}'"));
        Assert.Equal("1 taken, 0 kept", await PlacesAsync(session));
    }

    [Fact] // B5, B6
    public async Task On_their_day_places_that_nobody_has_go_to_those_who_wait_and_the_lead_is_told()
    {
        var session = await ground.Given.Session(capacity: 2);
        var lead = await ground.Given.Person(police);
        await ground.Given.Role(lead, Role.AgencyLead, police);
        await HoldAsync(session, police, 2, days: 5);
        await BookedAsync(session, patrol);
        var (_, waiting) = await BookedAsync(session, council);
        var before = await ground.Sql<long>("select count(*) from booking_changes");

        ground.Clock.Set("2024-05-20 08:59");
        await ground.With((LapseOffers job) => job.RunAsync());
        Assert.Equal(before, await ground.Sql<long>("select count(*) from booking_changes"));
        ground.Clock.Set("2024-05-20 09:00");
        await ground.With((LapseOffers job) => job.RunAsync());
        await ground.With((LapseOffers job) => job.RunAsync());

        Assert.Equal("offered", await ground.Sql<string>($"select state from bookings where id = '{waiting}'"));
        Assert.Equal("2 taken, 0 kept", await PlacesAsync(session));
        Assert.Equal("places-kept places-released", await ground.Sql<string>($"select string_agg(kind, ' ' order by queued_at) from messages where person_id = '{lead.Id}'"));
    }

    [Fact] // B5, B6
    public async Task Released_before_their_time_by_the_organiser_they_are_offered_at_once()
    {
        var session = await ground.Given.Session(capacity: 2);
        await HoldAsync(session, police, 2);
        await BookedAsync(session, council);
        var held = await ground.Sql<Guid>($"select id from held_places where session_id = '{session.Id}'");

        var stranger = await ground.Given.Actor(await ground.Given.Person(council));
        Assert.IsType<DeskOutcome.NotFound>(await ground.With((ReleaseHeld release) => release.RunAsync(session.Ref, held, stranger)));
        Assert.IsType<DeskOutcome.Done>(await ground.With((ReleaseHeld release) => release.RunAsync(session.Ref, held, unit)));
        Assert.IsType<DeskOutcome.Done>(await ground.With((ReleaseHeld release) => release.RunAsync(session.Ref, held, unit)));

        Assert.Equal("offered", await ground.Sql<string>($"select state from bookings where session_id = '{session.Id}'"));
        Assert.Equal("1 taken, 0 kept", await PlacesAsync(session));
    }

    [Fact] // B5, T4
    public async Task What_was_kept_when_and_who_had_it_stays_on_record_in_the_order_in_which_it_came()
    {
        var session = await ground.Given.Session(capacity: 4);
        await HoldAsync(session, police, 1);
        await BookedAsync(session, police);
        ground.Clock.Advance(TimeSpan.FromHours(1));
        await HoldAsync(session, police, 2);
        var held = await ground.Sql<Guid>($"select id from held_places where session_id = '{session.Id}'");
        ground.Clock.Advance(TimeSpan.FromHours(1));
        await ground.With((ReleaseHeld release) => release.RunAsync(session.Ref, held, unit));

        Assert.Equal("room 4, kept 1 at 09:00, confirmed with one of them, kept 3 at 10:00, released 3 at 11:00", await ground.Sql<string>($"""
            select string_agg(what, ', ' order by step) from (
                select 'room ' || capacity as what, step from session_history where session_id = '{session.Id}'
                union all select case when released then 'released ' else 'kept ' end || places || ' at ' || to_char(recorded_at at time zone 'Europe/London', 'HH24:MI'), step from held_place_changes where held_id = '{held}'
                union all select state || case when held_id = '{held}' then ' with one of them' else '' end, step from booking_changes where session_id = '{session.Id}') r
            """));
        await Assert.ThrowsAsync<PostgresException>(() => ground.OwnerSql($"update held_place_changes set places = 9 where held_id = '{held}'"));
    }

    [Theory] // B5
    [InlineData(0, 10, "Enter how many places")]
    [InlineData(4, 10, "3 places are free")]
    [InlineData(1, -1, "still to come")]
    [InlineData(1, 30, "before booking closes")]
    public async Task What_cannot_be_kept_is_refused_with_a_sentence(int places, int days, string sentence)
    {
        var session = await ground.Given.Session(capacity: 3);

        var refused = Assert.IsType<DeskOutcome.Refused>(await ground.With((HoldPlaces hold) => hold.RunAsync(session.Ref, police.Id, null, places, Until(days), unit)));

        Assert.Contains(sentence, Assert.Single(refused.Mistakes).Sentence);
        Assert.Equal("0 taken, 0 kept", await PlacesAsync(session));
    }

    [Fact] // B2, I
    public async Task The_database_itself_lets_no_kept_place_leak()
    {
        var session = await ground.Given.Session(capacity: 2);
        await HoldAsync(session, police, 1);
        await ground.Given.Booking(session, await ground.Given.Person(council));

        var refused = await Assert.ThrowsAnyAsync<Exception>(async () => await ground.Given.Booking(session, await ground.Given.Person(council)));
        Assert.Equal("sessions_never_oversold", Assert.IsType<PostgresException>(refused.GetBaseException()).ConstraintName);
        refused = await Assert.ThrowsAnyAsync<Exception>(() => ground.Sql($"update held_places set places = 2 where session_id = '{session.Id}'"));
        Assert.Equal("sessions_never_oversold", Assert.IsType<PostgresException>(refused.GetBaseException()).ConstraintName);
    }

    private Task<DeskOutcome> HoldAsync(Session session, Agency agency, int places, int days = 10) => ground.With((HoldPlaces hold) => hold.RunAsync(session.Ref, agency.Id, null, places, Until(days), unit));

    private DateTimeOffset Until(int days) => ground.Zone.Now.AddDays(days);

    private async Task<BookingOutcome> BookAsync(Session session, Agency agency)
    {
        var actor = await ground.Given.Actor(await ground.Given.Person(agency));
        return await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref), actor));
    }

    private async Task<(Actor Actor, Guid Booking)> BookedAsync(Session session, Agency agency)
    {
        var actor = await ground.Given.Actor(await ground.Given.Person(agency));
        return (actor, await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref), actor)) switch
        {
            BookingOutcome.Confirmed confirmed => confirmed.Id,
            BookingOutcome.Waiting waiting => waiting.Id,
            var other => throw new InvalidOperationException($"{other}"),
        });
    }

    private Task<string> PlacesAsync(Session session) => ground.Sql<string>($"select taken || ' taken, ' || kept || ' kept' from sessions where id = '{session.Id}'");
}
