using Learning.Bookings;
using Learning.Bookings.Desk;
using Learning.Bookings.Workshops;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Bookings.Workshops;

/// <summary>A conference's workshops from the wishes to the day: given out, told, changed, given up and cancelled.</summary>
public class WorkshopsTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // B14
    public async Task Places_are_worked_out_looked_at_and_then_told_to_everybody_once_with_the_reason()
    {
        var conference = await GivenConference.In(ground, 260, 2, 1, 5);
        var (amara, joe, ann) = (await conference.Delegate("1A 1B 2A"), await conference.Delegate("1A 1B 2B"), await conference.Delegate());

        Assert.IsType<DeskOutcome.Done>(await conference.Make());
        Assert.Equal("", await amara.HasAsync());
        Assert.Equal(0, await MessagesAsync(conference, "workshops-given"));
        Assert.IsType<DeskOutcome.Done>(await conference.Tell());

        Assert.Equal(("1A, 2A", "1B, 2B", "1B, 2B"), (await amara.HasAsync(), await joe.HasAsync(), await ann.HasAsync()));
        Assert.Equal("It is your first choice.", await amara.WhyAsync("1A"));
        Assert.Equal($"It is your second choice. Your first, Workshop 1A, was the first choice of 2 people and has 1 place. {WhyThisWorkshop.Rule}", await joe.WhyAsync("1B"));
        Assert.Equal("You made no choice in this round. There was room in this one.", await ann.WhyAsync("1B"));
        Assert.Equal(3, await MessagesAsync(conference, "workshops-given"));
        Assert.IsType<DeskOutcome.Done>(await conference.Tell());
        Assert.Equal(3, await MessagesAsync(conference, "workshops-given"));
        Assert.Empty(await conference.BrokenAsync());
    }

    [Fact] // B14
    public async Task The_same_bookings_and_wishes_give_the_same_and_are_known_by_one_digest()
    {
        var conference = await GivenConference.In(ground, 260, 3, 3, 3, 3);
        for (var i = 0; i < 8; i++)
        {
            await conference.Delegate(i % 2 == 0 ? "1A 1B 2C 3A" : "1A 1C 2C 2B");
        }

        await conference.Make();
        await conference.Make(1);

        Assert.Equal(1, await ground.Sql<long>($"select count(distinct digest) from allocation_runs where conference_id = '{conference.Session.Id}'"));
        Assert.Equal(0, await ground.Sql<long>($"""
            select count(*) from allocation_results a join allocation_runs r on r.id = a.run_id and r.number = 1 and r.conference_id = '{conference.Session.Id}'
            join allocation_runs o on o.conference_id = r.conference_id and o.number = 2 join allocation_results b on b.run_id = o.id and (b.booking_id, b.round_id) = (a.booking_id, a.round_id)
            where (a.workshop_id, a.rank, a.because) is distinct from (b.workshop_id, b.rank, b.because)
            """));
        Assert.Equal(48, await ground.Sql<long>($"select count(*) from allocation_results a join allocation_runs r on r.id = a.run_id where r.conference_id = '{conference.Session.Id}'"));
    }

    [Fact] // B14
    public async Task Of_two_who_work_them_out_at_once_one_wins_and_of_two_who_tell_at_once_everybody_is_told_once()
    {
        var conference = await GivenConference.In(ground, 260, 1, 2, 2);
        await conference.Delegate("1A");

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => conference.Make())));
        Assert.Single(made.OfType<DeskOutcome.Done>());
        Assert.All(made.OfType<DeskOutcome.Refused>(), one => Assert.Contains("meanwhile", one.Mistakes[0].Sentence));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => conference.Tell())));
        Assert.Equal(1, await MessagesAsync(conference, "workshops-given"));
        Assert.Contains("everybody was told", Assert.IsType<DeskOutcome.Refused>(await conference.Make(1)).Mistakes[0].Sentence);
    }

    [Fact] // B14
    public async Task What_was_made_of_wishes_that_have_changed_since_is_not_told()
    {
        var conference = await GivenConference.In(ground, 260, 1, 2, 2);
        var amara = await conference.Delegate("1A");
        await conference.Make();
        Assert.IsType<WishOutcome.Done>(await amara.Rank("1B"));

        Assert.Contains("has changed since", Assert.IsType<DeskOutcome.Refused>(await conference.Tell()).Mistakes[0].Sentence);
        Assert.IsType<DeskOutcome.Done>(await conference.Make(1));
        Assert.Contains("meanwhile", Assert.IsType<DeskOutcome.Refused>(await conference.Tell(1)).Mistakes[0].Sentence);
        Assert.IsType<DeskOutcome.Done>(await conference.Tell(2));
        Assert.Equal("1B", await amara.HasAsync());
    }

    [Fact] // B14, B6
    public async Task A_change_is_one_step_and_the_place_goes_to_who_waits_for_it()
    {
        var conference = await GivenConference.In(ground, 260, 1, 1, 2);
        var (amara, joe) = (await conference.Delegate("1A"), await conference.Delegate("1A 1B"));
        Assert.IsType<ChoiceOutcome.Refused>(await joe.Choose("1B"));
        await conference.GiveOut();

        Assert.Equal(new ChoiceOutcome.Waiting(1), await joe.Choose("1A"));
        Assert.Equal(new ChoiceOutcome.Waiting(1), await joe.Choose("1A"));
        Assert.Equal("1B, 1A waiting", await joe.HasAsync());
        Assert.IsType<ChoiceOutcome.Changed>(await amara.Choose("1B"));
        Assert.IsType<ChoiceOutcome.Changed>(await amara.Choose("1B"));

        Assert.Equal(("1B", "1B, 1A offered"), (await amara.HasAsync(), await joe.HasAsync()));
        var offer = await joe.BookingAtAsync("1A");
        Assert.IsType<ChangeOutcome.Done>(await ground.With((AcceptOffer accept) => accept.RunAsync(offer, joe.Actor)));
        Assert.Equal("1A", await joe.HasAsync());
        Assert.Equal(1, await ground.Sql<int>($"select taken from sessions where id = '{conference.At("1B").Id}'"));
        Assert.Empty(await conference.BrokenAsync());
    }

    [Fact] // B14
    public async Task Whoever_books_late_has_the_best_of_their_wishes_that_is_left_and_reads_why()
    {
        var conference = await GivenConference.In(ground, 260, 2, 1, 2);
        await conference.Delegate("1A 2A");
        await conference.GiveOut();
        var late = await conference.Delegate("1A 1B 2A");

        Assert.Equal("1B, 2B", await late.HasAsync());
        Assert.Equal("It is your second choice. Your first, Workshop 1A, was full already.", await late.WhyAsync("1B"));
        Assert.Equal("None of your choices had a place left, and this one had. Your first, Workshop 2A, was full already.", await late.WhyAsync("2B"));
        Assert.Equal(2, await MessagesAsync(conference, "workshops-given"));
    }

    [Fact] // B14, B13, B6
    public async Task Of_a_workshop_that_is_cancelled_everybody_is_offered_what_is_left_in_the_order_of_their_wishes()
    {
        var conference = await GivenConference.In(ground, 260, 1, 3, 1, 1, 5);
        var (first, second, third) = (await conference.Delegate("1A 1B 1C"), await conference.Delegate("1A 1B 1C"), await conference.Delegate("1A"));
        await conference.GiveOut();
        Assert.Equal("1A", await third.HasAsync());

        Assert.IsType<DeskOutcome.Done>(await ground.With((CancelSession cancel) => cancel.RunAsync(conference.At("1A").Ref, "The speaker is ill", null, conference.Unit)));

        Assert.Equal(("1B offered", "1C offered", "1D offered"), (await first.HasAsync(), await second.HasAsync(), await third.HasAsync()));
        var offer = await second.BookingAtAsync("1C");
        Assert.Equal("Your workshop was cancelled, and this was your third choice and has room.", await ground.Sql<string>($"select state_reason from bookings where id = '{offer}'"));
        Assert.IsType<ChangeOutcome.Done>(await ground.With((AcceptOffer accept) => accept.RunAsync(offer, second.Actor)));
        Assert.Equal("1C", await second.HasAsync());
        Assert.Equal(3, await ground.Sql<long>($"select count(*) from messages m join sessions s on s.id = m.session_id where m.kind = 'place-offered' and s.parent_id = '{conference.Session.Id}'"));
        Assert.Empty(await conference.BrokenAsync());
    }

    [Fact] // B14, B12
    public async Task With_the_place_at_the_conference_go_the_workshops_which_others_wait_for_and_that_is_never_late_twice()
    {
        var conference = await GivenConference.In(ground, 260, 1, 1, 1);
        var (amara, joe) = (await conference.Delegate("1A"), await conference.Delegate("1B"));
        await conference.GiveOut();
        await joe.Choose("1A");
        var before = ground.Zone.Now;
        ground.Clock.Set("2024-06-04 12:00");

        Assert.IsType<ChangeOutcome.Done>(await amara.Cancel());

        Assert.Equal(("", "1B, 1A offered"), (await amara.HasAsync(), await joe.HasAsync()));
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from bookings where person_id = '{amara.Person.Id}' and late"));
        Assert.Empty(await conference.BrokenAsync());
        ground.Clock.SetTo(before);
    }

    [Fact] // B14, B11
    public async Task A_colleague_who_takes_a_place_over_has_its_workshops_and_wishes()
    {
        var agency = await ground.Given.Agency();
        var conference = await GivenConference.In(ground, 260, 2, 3, 3);
        var (holder, colleague) = (await ground.Given.Person(agency), await ground.Given.Person(agency));
        var amara = await conference.Delegate("1A 2B", holder);
        await conference.GiveOut();

        var taken = Assert.IsType<BookingOutcome.Confirmed>(await ground.With((GiveToColleague give) => give.RunAsync(amara.Booking, colleague.Id, null, amara.Actor)));

        var theirs = new Delegate(ground, conference, colleague, await ground.Given.Actor(colleague), taken.Id);
        Assert.Equal(("", "1A, 2B"), (await amara.HasAsync(), await theirs.HasAsync()));
        Assert.Equal(2, await ground.Sql<long>($"select count(*) from workshop_wishes where booking_id = '{taken.Id}'"));
        Assert.Equal(new BookingOutcome.Refused(BookingReason.PartOfConference), await ground.With((GiveToColleague give) => give.RunAsync(theirs.BookingAtAsync("1A").Result, holder.Id, null, theirs.Actor)));
    }

    [Fact] // B14, B4
    public async Task A_smaller_conference_puts_people_on_its_list_and_they_leave_their_workshops()
    {
        var conference = await GivenConference.In(ground, 2, 1, 2, 2);
        var (amara, joe) = (await conference.Delegate("1A"), await conference.Delegate("1A"));
        await conference.GiveOut();

        Assert.IsType<DeskOutcome.Done>(await ground.With((ChangeCapacity change) => change.RunAsync(conference.Ref, 1, [joe.Booking], "A smaller hall", conference.Unit)));

        Assert.Equal(("1A", ""), (await amara.HasAsync(), await joe.HasAsync()));
        Assert.Empty(await conference.BrokenAsync());
    }

    [Fact] // B14, B13
    public async Task A_conference_that_moves_takes_its_rounds_along_and_a_workshop_stays_within_its_round()
    {
        var conference = await GivenConference.In(ground, 260, 2, 3);
        TypedTimes At(string day, string from, string to, string venue) => new([new(day, from, to, null)], "in person", venue, null, null);

        var outside = await ground.With((MoveSession move) => move.RunAsync(conference.At("1A").Ref, At("05/06/2024", "11:00", "12:00", "Room 9"), null, conference.Unit));
        Assert.Contains("outside its round", Assert.IsType<DeskOutcome.Refused>(outside).Mistakes[0].Sentence);
        Assert.IsType<DeskOutcome.Done>(await ground.With((MoveSession move) => move.RunAsync(conference.At("1A").Ref, At("05/06/2024", "10:45", "11:45", "Room 9"), null, conference.Unit)));
        Assert.IsType<DeskOutcome.Done>(await ground.With((MoveSession move) => move.RunAsync(conference.Ref, At("06/06/2024", "10:00", "17:00", "Pier Hall"), null, conference.Unit)));

        Assert.Equal("2024-06-06 11:45, 2024-06-06 13:00", await ground.Sql<string>($"select string_agg(to_char(starts_local, 'YYYY-MM-DD HH24:MI'), ', ' order by starts_local) from conference_rounds where conference_id = '{conference.Session.Id}'"));
        Assert.Equal(("Room 9", "2024-06-06 11:45"), (await ground.Sql<string>($"select venue from sessions where id = '{conference.At("1A").Id}'"), await ground.Sql<string>($"select to_char(starts_local, 'YYYY-MM-DD HH24:MI') from session_parts where session_id = '{conference.At("1A").Id}'")));
    }

    [Fact] // B14, S2
    public async Task Nobody_ranks_or_changes_for_somebody_who_is_not_theirs_and_nobody_else_organises()
    {
        var conference = await GivenConference.In(ground, 260, 1, 3);
        var (amara, stranger) = (await conference.Delegate("1A"), await ground.Given.Actor(await ground.Given.Person()));

        Assert.IsType<WishOutcome.NotFound>(await (amara with { Actor = stranger }).Rank("1A"));
        Assert.IsType<ChoiceOutcome.NotFound>(await (amara with { Actor = stranger }).Choose("1A"));
        Assert.IsType<DeskOutcome.NotFound>(await ground.With((AllocateWorkshops allocate) => allocate.MakeAsync(conference.Ref, 0, stranger)));
        Assert.IsType<DeskOutcome.NotFound>(await ground.With((AllocateWorkshops allocate) => allocate.TellAsync(conference.Ref, 1, stranger)));
        Assert.IsType<DeskOutcome.NotFound>(await ground.With((PlanRounds plan) => plan.AddAsync(conference.Ref, null, "15:10", "15:30", stranger)));
        Assert.IsType<DeskOutcome.NotFound>(await ground.With((NameForConference name) => name.AddAsync(conference.Ref, new("speaker", "Dr Who", null, null, null, null, null), stranger)));
    }

    private Task<long> MessagesAsync(GivenConference conference, string kind) => ground.Sql<long>($"select count(*) from messages where session_id = '{conference.Session.Id}' and kind = '{kind}'");
}
