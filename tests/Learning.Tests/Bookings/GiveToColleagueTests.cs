using Learning.Bookings;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Bookings;

/// <summary>B11: a place goes to a colleague of the same agency, up to the start, and nobody is passed over for another agency.</summary>
public class GiveToColleagueTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Agency police = null!;
    private Person holder = null!, colleague = null!;
    private Session session = null!;

    public async Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        police = await ground.Given.Agency();
        (holder, colleague) = (await ground.Given.Person(police, given: "Hana"), await ground.Given.Person(police, given: "Cole"));
        session = await ground.Given.Session(capacity: 1);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // B11, B2, B6
    public async Task A_place_goes_to_a_colleague_although_somebody_waits_and_the_lineage_is_kept()
    {
        var place = await BookAsync(holder, "a hearing loop");
        var waits = await BookAsync(await ground.Given.Person());

        var given = Assert.IsType<BookingOutcome.Confirmed>(await GiveAsync(place, colleague, holder));

        Assert.Equal("cancelled waiting confirmed", await StatesAsync());
        Assert.Equal($"{place} {colleague.Id} {holder.Id}", await ground.Sql<string>($"select instead_of || ' ' || person_id || ' ' || booked_by from bookings where id = '{given.Id}'"));
        Assert.True(await ground.Sql<bool>($"select needs is null and not late from bookings where id = '{given.Id}'"));
        Assert.Equal("given to a colleague, false", await ground.Sql<string>($"select state_reason || ', ' || late from bookings where id = '{place}'"));
        Assert.Equal(1, await ground.Sql<int>($"select taken from sessions where id = '{session.Id}'"));
        Assert.Equal("waiting", await ground.Sql<string>($"select state from bookings where id = '{waits}'"));

        // Pressing twice is once; a second colleague comes too late.
        Assert.Equal(given, await GiveAsync(place, colleague, holder));
        Assert.Equal(new BookingOutcome.Refused(BookingReason.BookingEnded), await GiveAsync(place, await ground.Given.Person(police), holder));
        Assert.Equal(3L, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}'"));

        // And back again.
        var back = Assert.IsType<BookingOutcome.Confirmed>(await GiveAsync(given.Id, holder, colleague));
        Assert.Equal(given.Id, await ground.Sql<Guid>($"select instead_of from bookings where id = '{back.Id}'"));
    }

    [Fact] // B11
    public async Task Both_are_written_to_the_one_with_a_cancellation_the_other_with_an_entry_and_asked_what_they_need()
    {
        var place = await BookAsync(holder, "a hearing loop");
        var given = Assert.IsType<BookingOutcome.Confirmed>(await GiveAsync(place, colleague, holder));

        var (gone, got) = (await LetterAsync("place-given-away", place), await LetterAsync("place-taken-over", given.Id));

        Assert.Contains($"{colleague.Name}’s now", gone.Text);
        Assert.Contains("METHOD:CANCEL", gone.Calendar);
        Assert.Contains(place.ToString(), gone.Calendar);
        Assert.Contains(holder.Name, got.Text);
        Assert.Contains("METHOD:REQUEST", got.Calendar);
        Assert.Contains($"/my/bookings/{given.Id}/needs", got.Text);
        Assert.DoesNotContain("hearing loop", got.Text);
        Assert.DoesNotContain("At the same time", got.Text);
    }

    [Fact] // B7, B11
    public async Task Whom_it_was_given_to_is_told_what_they_are_booked_on_at_the_same_time()
    {
        var place = await BookAsync(holder);
        await ground.Given.Booking(await ground.Given.Session(await ground.Given.Course(title: "The other thing"), 5), colleague);

        var given = Assert.IsType<BookingOutcome.Confirmed>(await GiveAsync(place, colleague, holder));

        Assert.Contains("At the same time you are booked on The other thing", (await LetterAsync("place-taken-over", given.Id)).Text);
    }

    [Fact] // B11, P2
    public async Task Only_to_who_works_for_the_agency_or_a_part_of_it_on_the_day_of_the_session()
    {
        var place = await BookAsync(holder);
        var (other, housing) = (await ground.Given.Agency(), await ground.Given.Agency(parent: police.Id));
        var (stranger, department, left, comes, erased, both) = (
            await ground.Given.Person(other), await ground.Given.Person(housing, given: "Dep"), await ground.Given.Person(), await ground.Given.Person(), await ground.Given.Person(police), await ground.Given.Person(police));
        await ground.Given.Job(left, police, "2020-01-01", "2024-06-03");
        await ground.Given.Job(comes, police, "2024-06-03");
        await ground.Given.Job(both, other, "2021-01-01", main: true);
        await ground.Sql($"update persons set erased_at = now(), given_name = '', family_name = '' where id = '{erased.Id}'");

        foreach (var nobody in new[] { stranger, left, erased, both, holder })
        {
            Assert.IsType<BookingOutcome.Refused>(await GiveAsync(place, nobody, holder));
        }

        Assert.Equal(new BookingOutcome.Refused(BookingReason.NotColleague), await GiveAsync(place, stranger, holder));
        var first = Assert.IsType<BookingOutcome.Confirmed>(await GiveAsync(place, comes, holder));
        Assert.IsType<BookingOutcome.Confirmed>(await GiveAsync(first.Id, department, comes));
    }

    [Fact] // B11, B3
    public async Task Who_waits_takes_the_place_and_leaves_the_list_and_who_has_a_place_is_refused()
    {
        var place = await BookAsync(holder);
        var waits = await BookAsync(colleague);
        Assert.IsType<BookingOutcome.Confirmed>(await GiveAsync(place, colleague, holder));
        Assert.Equal("cancelled cancelled confirmed", await StatesAsync());
        Assert.Equal("took over a colleague’s place", await ground.Sql<string>($"select state_reason from bookings where id = '{waits}'"));

        session = await ground.Given.Session(null, 2, "2024-06-04 09:30 to 16:00");
        place = await BookAsync(holder);
        await BookAsync(colleague);
        Assert.Equal(new BookingOutcome.Refused(BookingReason.HasPlace), await GiveAsync(place, colleague, holder));
        Assert.Equal("confirmed confirmed", await StatesAsync());
    }

    [Fact] // B11, B5
    public async Task A_place_that_was_kept_for_the_agency_stays_one()
    {
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        session = await ground.Given.Session(capacity: 2);
        await ground.With((HoldPlaces hold) => hold.RunAsync(session.Ref, police.Id, null, 1, session.BookingClosesAt, unit));
        var place = await BookAsync(holder);
        await BookAsync(await ground.Given.Person());
        Assert.Equal("2 taken, 0 kept", await ground.Sql<string>($"select taken || ' taken, ' || kept || ' kept' from sessions where id = '{session.Id}'"));

        var given = Assert.IsType<BookingOutcome.Confirmed>(await GiveAsync(place, colleague, holder));

        Assert.Equal("2 taken, 0 kept", await ground.Sql<string>($"select taken || ' taken, ' || kept || ' kept' from sessions where id = '{session.Id}'"));
        Assert.Equal(await ground.Sql<Guid>($"select held_id from bookings where id = '{place}'"), await ground.Sql<Guid>($"select held_id from bookings where id = '{given.Id}'"));

        // Given up, it is kept again.
        var actor = await ground.Given.Actor(colleague);
        await ground.With((CancelBooking cancel) => cancel.RunAsync(given.Id, actor));
        Assert.Equal("1 taken, 1 kept", await ground.Sql<string>($"select taken || ' taken, ' || kept || ' kept' from sessions where id = '{session.Id}'"));
    }

    [Fact] // B11, B8
    public async Task Whom_the_course_is_not_for_does_not_get_it_this_way_either()
    {
        await ground.Given.Save(new CourseAudience { CourseId = session.CourseId, Workforce = Workforce.Children });
        var place = await BookAsync(holder);
        var adults = await ground.Given.Person(police, workforce: Workforce.Adults);

        Assert.Equal(new BookingOutcome.Refused(BookingReason.NotInAudience), await GiveAsync(place, adults, holder));
        var unit = await ground.Given.Actor(await ground.Given.Unit());
        await ground.With((LetIn let) => let.RunAsync(session.Ref, adults.Id, "Works with families too", unit));
        Assert.IsType<BookingOutcome.Confirmed>(await GiveAsync(place, adults, holder));
    }

    [Fact] // B11
    public async Task Until_the_start_and_not_after_it_and_past_the_close_of_booking()
    {
        var place = await BookAsync(holder);
        ground.Clock.Set("2024-06-03 09:29");
        var given = Assert.IsType<BookingOutcome.Confirmed>(await GiveAsync(place, colleague, holder));
        ground.Clock.Set("2024-06-03 09:30");
        Assert.Equal(new BookingOutcome.Refused(BookingReason.SessionStarted), await GiveAsync(given.Id, holder, colleague));
    }

    [Fact] // B11, S1, S2
    public async Task The_holder_the_lead_of_their_agency_and_an_organiser_give_it_and_nobody_else()
    {
        var (lead, other, named) = (await ground.Given.Person(police), await ground.Given.Person(), await ground.Given.Person());
        await ground.Given.Role(lead, Role.AgencyLead, police);
        await ground.Given.Role(other, Role.AgencyLead, await ground.Given.Agency());
        var owner = await ground.Given.Agency();
        var course = await ground.Given.Course(owner: owner);
        await ground.Given.Job(named, owner, "2020-01-01");
        await ground.Given.Save(new CourseOrganiser { CourseId = course.Id, PersonId = named.Id });
        session = await ground.Given.Session(course, 1);
        var place = await BookAsync(holder);

        foreach (var nobody in new[] { colleague, other, await ground.Given.Person() })
        {
            Assert.IsType<BookingOutcome.NotFound>(await GiveAsync(place, colleague, nobody));
        }

        var first = Assert.IsType<BookingOutcome.Confirmed>(await GiveAsync(place, colleague, lead, "step-free access"));
        Assert.Equal("step-free access", await ground.Sql<string>($"select needs from bookings where id = '{first.Id}'"));
        var second = Assert.IsType<BookingOutcome.Confirmed>(await GiveAsync(first.Id, holder, named, "not theirs to say"));
        Assert.True(await ground.Sql<bool>($"select needs is null from bookings where id = '{second.Id}'"));
        Assert.IsType<BookingOutcome.Confirmed>(await GiveAsync(second.Id, colleague, await ground.Given.Unit()));
        Assert.Equal(3L, await ground.Sql<long>($"select count(*) from audit_entries a join bookings b on b.id = a.subject_id where a.verb = 'gave a place to a colleague' and b.session_id = '{session.Id}'"));
    }

    [Fact] // B2, B11
    public async Task Given_and_given_up_at_once_the_place_is_nobodys_twice()
    {
        for (var round = 0; round < 5; round++)
        {
            session = await ground.Given.Session(capacity: 1);
            var (place, actor) = (await BookAsync(holder), await ground.Given.Actor(holder));
            await BookAsync(await ground.Given.Person());
            await Task.WhenAll(
                Task.Run(() => GiveAsync(place, colleague, holder)), Task.Run(() => ground.With((CancelBooking cancel) => (Task)cancel.RunAsync(place, actor))), Task.Run(() => GiveAsync(place, colleague, holder)));
            Assert.Contains(await StatesAsync(), new[] { "cancelled waiting confirmed", "cancelled offered" });
        }
    }

    [Fact] // B11: three presses, without JavaScript
    public async Task From_the_booking_it_is_three_presses_and_both_histories_name_the_other()
    {
        var place = await BookAsync(holder);
        var site = await ground.SiteAsync();
        var visitor = await site.SignedInAsync(holder.Id);
        await ground.Sql($"update employments set job_title = 'Detective' where person_id = '{colleague.Id}'");
        var stranger = await ground.Given.Person(await ground.Given.Agency(), given: "Cole", family: "Stranger");

        var found = await (await (await visitor.Get($"/my/bookings/{place}")).Follow("Give my place to a colleague")).Submit("Find colleagues", ("q", colleague.FamilyName[1..]));
        Assert.Contains("Detective", found.Text);
        Assert.DoesNotContain("Stranger", (await visitor.Get($"/bookings/{place}/give?q=cole")).Text);
        Assert.DoesNotContain(colleague.Name, (await visitor.Get($"/bookings/{place}/give?q=co")).Text);
        var done = await found.Submit($"Give it to them: {colleague.Name}");

        Assert.Equal($"You gave your place to {colleague.Name}", done.Document.QuerySelector("h1")!.TextContent);
        Assert.Contains($"Given to {colleague.Name}", done.Text);
        var theirs = await ground.Sql<Guid>($"select id from bookings where instead_of = '{place}'");
        var page = await (await site.SignedInAsync(colleague.Id)).Get($"/my/bookings/{theirs}");
        Assert.Contains($"Took over the place of {holder.Name}", page.Text);
        var said = await (await page.Follow("Say what I need")).Submit("Save", ("Input.Needs", "A vegan lunch"));
        Assert.Contains("A vegan lunch", said.Text);
        Assert.Contains("1000 characters", (await (await said.Follow("Change what I need")).Submit("Save", ("Input.Needs", new string('x', 1001)))).Text);

        // A forged press for a stranger, or for nobody.
        var again = await (await site.SignedInAsync(colleague.Id)).Get($"/bookings/{theirs}/give?q={holder.FamilyName}");
        foreach (var id in new[] { $"{stranger.Id}", "nothing", "" })
        {
            Assert.Contains("people of the same agency", (await again.Submit($"Give it to them: {holder.Name}", ("Input.To", id))).Text);
        }
    }

    [Fact] // B11
    public async Task A_press_for_a_place_that_was_given_up_while_the_page_was_open_is_told_so()
    {
        var place = await BookAsync(holder);
        var page = await (await (await ground.SiteAsync()).SignedInAsync(holder.Id)).Get($"/bookings/{place}/give?q={colleague.FamilyName}");
        var actor = await ground.Given.Actor(holder);
        await ground.With((CancelBooking cancel) => cancel.RunAsync(place, actor));

        var told = await page.Submit($"Give it to them: {colleague.Name}");

        Assert.NotNull(told.Document.QuerySelector(".govuk-error-summary"));
        Assert.Equal("cancelled", await StatesAsync());
    }

    private Task<string> StatesAsync() => ground.Sql<string>($"select string_agg(state, ' ' order by number) from bookings where session_id = '{session.Id}'");

    private async Task<Guid> BookAsync(Person person, string? needs = null)
    {
        var actor = await ground.Given.Actor(person);
        return await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref, Needs: needs), actor)) switch
        {
            BookingOutcome.Confirmed one => one.Id, BookingOutcome.Waiting one => one.Id, var other => throw new InvalidOperationException($"{other}"),
        };
    }

    private async Task<BookingOutcome> GiveAsync(Guid booking, Person colleague, Person by, string? needs = null)
    {
        var actor = await ground.Given.Actor(by);
        return await ground.With((GiveToColleague give) => give.RunAsync(booking, colleague.Id, needs, actor));
    }

    private async Task<(string Text, string Calendar)> LetterAsync(string kind, Guid subject)
    {
        await using var db = ground.Db();
        var message = db.Messages.Single(row => row.Kind == kind && row.SubjectId == subject);
        return await ground.With(async (WriteLetter write) => await write.RunAsync(db, message, default) is Draft.Ready { Letter: var letter } ? (letter.Text, letter.Calendar?.Text ?? "") : throw new InvalidOperationException($"{kind} is dropped"));
    }
}
