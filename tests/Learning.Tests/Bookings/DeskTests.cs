using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Bookings;

/// <summary>B4, B6, B8: what an organiser does with the places of a session.</summary>
public class DeskTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Actor unit = null!;

    public async Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        unit = await ground.Given.Actor(await ground.Given.Unit());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // B6
    public async Task More_places_go_to_those_who_wait_in_the_same_moment()
    {
        var (session, ids) = await FullAsync(places: 1, waiting: 3);

        Assert.IsType<DeskOutcome.Done>(await CapacityAsync(session, 3));

        Assert.Equal("confirmed offered offered waiting", await StatesAsync(session));
        Assert.Equal(3, await ground.Sql<int>($"select capacity from session_history where session_id = '{session.Id}' order by id desc limit 1"));
        Assert.Equal(4, ids.Count);
    }

    [Fact] // B4
    public async Task Fewer_places_than_are_taken_need_the_organisers_choice_of_who_gives_way_and_a_reason()
    {
        var (session, ids) = await FullAsync(places: 3, waiting: 1);

        Assert.Contains("2 people, not 0", Sentence(await CapacityAsync(session, 1)));
        Assert.Contains("2 people, not 1", Sentence(await CapacityAsync(session, 1, [ids[0]], "A smaller room")));
        Assert.Contains("not 1", Sentence(await CapacityAsync(session, 1, [ids[0], ids[3]], "A smaller room")));
        Assert.Contains("Write why", Sentence(await CapacityAsync(session, 1, [ids[0], ids[1]])));
        Assert.Equal("confirmed confirmed confirmed waiting", await StatesAsync(session));

        Assert.IsType<DeskOutcome.Done>(await CapacityAsync(session, 1, [ids[1], ids[0]], " A smaller room "));

        Assert.Equal("waiting waiting confirmed waiting", await StatesAsync(session));
        Assert.Equal([ids[0], ids[1], ids[3]], await LineAsync(session));
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from messages where kind = 'moved-to-waiting' and session_id = '{session.Id}' and data ->> 'reason' = 'A smaller room'"));

        // And with more room again they come first.
        await CapacityAsync(session, 2);
        Assert.Equal("offered waiting confirmed waiting", await StatesAsync(session));
    }

    [Theory]
    [InlineData(null, "Enter how many")]
    [InlineData(0, "at least 1 place")]
    [InlineData(100_000, "at most 5,000")]
    public async Task A_number_of_places_that_cannot_be_is_refused(int? capacity, string sentence)
    {
        var session = await ground.Given.Session(capacity: 3);
        Assert.Contains(sentence, Sentence(await CapacityAsync(session, capacity)));
    }

    [Fact] // B6
    public async Task Put_first_with_a_reason_somebody_is_offered_the_next_place_and_the_history_says_why()
    {
        var (session, ids) = await FullAsync(places: 1, waiting: 3);

        Assert.Contains("Write why", Sentence(await ground.With((PutFirst put) => put.RunAsync(ids[3], " ", unit))));
        Assert.IsType<DeskOutcome.Done>(await ground.With((PutFirst put) => put.RunAsync(ids[3], "Starts work with children on Monday", unit)));
        Assert.IsType<DeskOutcome.Done>(await ground.With((PutFirst put) => put.RunAsync(ids[2], "Their manager asked", unit)));
        Assert.Contains("do not wait", Sentence(await ground.With((PutFirst put) => put.RunAsync(ids[0], "Why not", unit))));

        Assert.Equal([ids[2], ids[3], ids[1]], await LineAsync(session));
        Assert.Equal("Starts work with children on Monday", await ground.Sql<string>($"select reason from booking_changes where booking_id = '{ids[3]}' order by id desc limit 1"));
        await ground.With((WithdrawBooking withdraw) => withdraw.RunAsync(ids[0], "Is ill", unit));
        Assert.Equal("withdrawn waiting offered waiting", await StatesAsync(session));
    }

    [Fact] // B1, B6
    public async Task What_an_organiser_withdraws_goes_to_the_first_in_line_and_the_person_reads_why()
    {
        var (session, ids) = await FullAsync(places: 1, waiting: 1);

        Assert.Contains("Write why", Sentence(await ground.With((WithdrawBooking withdraw) => withdraw.RunAsync(ids[0], null, unit))));
        Assert.IsType<DeskOutcome.Done>(await ground.With((WithdrawBooking withdraw) => withdraw.RunAsync(ids[0], "Booked by mistake", unit)));
        Assert.IsType<DeskOutcome.Done>(await ground.With((WithdrawBooking withdraw) => withdraw.RunAsync(ids[0], "Again", unit)));

        Assert.Equal("withdrawn offered", await StatesAsync(session));
        Assert.Equal("Booked by mistake", await ground.Sql<string>($"select data ->> 'reason' from messages where kind = 'booking-withdrawn' and subject_id = '{ids[0]}'"));
    }

    [Fact] // S1
    public async Task Only_the_business_unit_and_the_person_of_the_owning_agency_who_is_named_on_the_course_organise()
    {
        var owner = await ground.Given.Agency();
        var course = await ground.Given.Course(owner: owner);
        var session = await ground.Given.Session(course, 3);
        var (named, unnamed, gone) = (await ground.Given.Person(owner), await ground.Given.Person(owner), await ground.Given.Person());
        await ground.Given.Job(gone, owner, "2020-01-01", "2024-05-01");
        await ground.Given.Save(new CourseOrganiser { CourseId = course.Id, PersonId = named.Id }, new CourseOrganiser { CourseId = course.Id, PersonId = gone.Id });
        await ground.Given.Role(unnamed, Role.AgencyLead, owner);

        Assert.IsType<DeskOutcome.NotFound>(await CapacityAsync(session, 5, by: unnamed));
        Assert.IsType<DeskOutcome.NotFound>(await CapacityAsync(session, 5, by: gone));
        Assert.IsType<DeskOutcome.NotFound>(await CapacityAsync(await ground.Given.Session(), 5, by: named));
        Assert.IsType<DeskOutcome.Done>(await CapacityAsync(session, 5, by: named));
    }

    [Fact] // B8
    public async Task Whom_a_course_is_not_for_cannot_book_it_unless_an_organiser_lets_them_in()
    {
        var session = await ground.Given.Session();
        await ground.Given.Save(new CourseAudience { CourseId = session.CourseId, Workforce = Workforce.Children }, new CourseAudience { CourseId = session.CourseId, Workforce = Workforce.Joint });
        var (children, adults) = (await ground.Given.Person(await ground.Given.Agency()), await ground.Given.Person(await ground.Given.Agency(), workforce: Workforce.Adults));

        Assert.IsType<BookingOutcome.Confirmed>(await BookAsync(session, children));
        Assert.Equal(new BookingOutcome.Refused(BookingReason.NotInAudience), await BookAsync(session, adults));
        Assert.Contains("Write why", Sentence(await ground.With((LetIn let) => let.RunAsync(session.Ref, adults.Id, "", unit))));
        Assert.IsType<DeskOutcome.Done>(await ground.With((LetIn let) => let.RunAsync(session.Ref, adults.Id, "Works with families too", unit)));
        Assert.IsType<BookingOutcome.Confirmed>(await BookAsync(session, adults));
    }

    [Fact] // B8, A7
    public async Task What_a_course_builds_on_has_to_be_held_and_not_expired_on_the_day_of_the_session()
    {
        var (first, next) = (await ground.Given.Course(), await ground.Given.Course());
        await ground.Sql($"update courses set validity_months = 12 where id = '{first.Id}'");
        await ground.Given.Save(new CoursePrerequisite { CourseId = next.Id, NeedsId = first.Id });
        var session = await ground.Given.Session(next);
        var (none, held, expired) = (await ground.Given.Person(), await ground.Given.Person(), await ground.Given.Person());
        await CompletedAsync(first, held, "2023-06-04");
        await CompletedAsync(first, expired, "2023-06-03");

        Assert.Equal(new BookingOutcome.Refused(BookingReason.NeedsPrerequisite), await BookAsync(session, none));
        Assert.Equal(new BookingOutcome.Refused(BookingReason.NeedsPrerequisite), await BookAsync(session, expired));
        Assert.IsType<BookingOutcome.Confirmed>(await BookAsync(session, held));
    }

    private Task CompletedAsync(Course course, Person person, string on) => ground.Sql($"""
        insert into completions (id, course_id, person_id, completed_on, workforce, recorded_at) values (gen_random_uuid(), '{course.Id}', '{person.Id}', '{on}', 'children', '{on}')
        """);

    private async Task<DeskOutcome> CapacityAsync(Session session, int? capacity, Guid[]? moved = null, string? reason = null, Person? by = null)
    {
        var actor = by is null ? unit : await ground.Given.Actor(by);
        return await ground.With((ChangeCapacity change) => change.RunAsync(session.Ref, capacity, moved ?? [], reason, actor));
    }

    private async Task<BookingOutcome> BookAsync(Session session, Person person)
    {
        var actor = await ground.Given.Actor(person);
        return await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref), actor));
    }

    private async Task<(Session Session, List<Guid> Ids)> FullAsync(int places, int waiting)
    {
        var (session, ids) = (await ground.Given.Session(capacity: places), new List<Guid>());
        for (var i = 0; i < places + waiting; i++)
        {
            ids.Add(await BookAsync(session, await ground.Given.Person()) switch { BookingOutcome.Confirmed one => one.Id, BookingOutcome.Waiting one => one.Id, var other => throw new InvalidOperationException($"{other}") });
        }

        return (session, ids);
    }

    private async Task<List<Guid>> LineAsync(Session session) =>
        [.. (await ground.Sql<string>($"select string_agg(id::text, ' ' order by line_at, number) from bookings where session_id = '{session.Id}' and state = 'waiting'")).Split(' ').Select(Guid.Parse)];

    private Task<string> StatesAsync(Session session) => ground.Sql<string>($"select string_agg(state, ' ' order by number) from bookings where session_id = '{session.Id}'");

    private static string Sentence(DeskOutcome outcome) => Assert.Single(Assert.IsType<DeskOutcome.Refused>(outcome).Mistakes).Sentence;
}
