using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Bookings;

/// <summary>B10: an agency lead books for several people at once, all or nothing, or as many as fit.</summary>
public class BookSeveralTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Agency police = null!;
    private Person lead = null!;
    private Actor actor = null!;
    private readonly List<Person> people = [];

    public async Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        police = await ground.Given.Agency();
        lead = await ground.Given.Person(police, given: "Lead");
        await ground.Given.Role(lead, Role.AgencyLead, police);
        actor = await ground.Given.Actor(lead);
        for (var i = 0; i < 5; i++)
        {
            people.Add(await ground.Given.Person(police, given: $"P{i}"));
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // B10
    public async Task Where_there_is_room_everybody_has_a_place_with_what_they_need_and_a_letter_each()
    {
        var session = await ground.Given.Session(capacity: 5);
        await ground.Sql($"delete from person_emails where person_id = '{people[3].Id}'");

        var done = await BookAsync(session, all: true, needs: "step-free access");

        Assert.Equal(Enumerable.Repeat<BookingState?>(BookingState.Confirmed, 5), done.Select(one => one.State));
        Assert.Equal(5L, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}' and state = 'confirmed' and booked_by = '{lead.Id}' and needs = 'step-free access'"));
        Assert.Equal(5L, await ground.Sql<long>($"select count(*) from messages where kind = 'booking-confirmed' and session_id = '{session.Id}'"));
        Assert.Equal(people[3].Id, await ground.Sql<Guid>($"select person_id from messages where session_id = '{session.Id}' and address is not null"));

        // Twice is once.
        Assert.Equal(done, await BookAsync(session, all: true, needs: "step-free access"));
        Assert.Equal(5L, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}'"));
    }

    [Fact] // B10, B2
    public async Task All_or_nothing_is_nothing_where_one_place_is_missing()
    {
        var session = await ground.Given.Session(capacity: 4);

        Assert.Equal(new SeveralOutcome.NoRoom(4), await RunAsync(session, all: true));
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}'"));
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from messages where session_id = '{session.Id}'"));
    }

    [Theory] // B10, B6
    [InlineData(true, "Confirmed Confirmed Waiting1 Waiting2 Waiting3")]
    [InlineData(false, "Confirmed Confirmed none none none")]
    public async Task As_many_as_fit_have_a_place_and_the_others_wait_in_order_or_not_as_chosen(bool wait, string told)
    {
        var session = await ground.Given.Session(capacity: 2);

        var done = await BookAsync(session, all: false, wait: wait);

        Assert.Equal(told, string.Join(' ', done.Select(one => one.State is { } state ? $"{state}{one.Position}" : "none")));
        Assert.Equal(people.Take(wait ? 5 : 2).Select(person => person.Id), (await ground.Sql<string>($"select string_agg(person_id::text, ' ' order by line_at, number) from bookings where session_id = '{session.Id}'")).Split(' ').Select(Guid.Parse));
        Assert.Equal(wait ? "1 2 3" : "", await ground.Sql<string>($"select coalesce(string_agg(data ->> 'position', ' ' order by data ->> 'position'), '') from messages where kind = 'booking-waiting' and session_id = '{session.Id}'"));
    }

    [Fact] // B10, B6
    public async Task Nobody_who_waits_is_passed_and_a_place_that_is_kept_for_the_agency_is_theirs()
    {
        var (session, unit) = (await ground.Given.Session(capacity: 3), await ground.Given.Actor(await ground.Given.Unit()));
        await ground.With((HoldPlaces hold) => hold.RunAsync(session.Ref, police.Id, null, 2, session.BookingClosesAt, unit));
        foreach (var stranger in new[] { await ground.Given.Person(), await ground.Given.Person() })
        {
            var self = await ground.Given.Actor(stranger);
            await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref), self));
        }

        var done = await BookAsync(session, all: false, wait: true);

        Assert.Equal("Confirmed Confirmed Waiting2 Waiting3 Waiting4", string.Join(' ', done.Select(one => $"{one.State}{one.Position}")));
        Assert.Equal("3 taken, 0 kept", await ground.Sql<string>($"select taken || ' taken, ' || kept || ' kept' from sessions where id = '{session.Id}'"));
        Assert.Equal(2L, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}' and held_id is not null"));
    }

    [Fact] // B10, B8, B7
    public async Task Who_cannot_be_booked_is_named_and_the_others_are_booked_where_as_many_as_fit_are_wanted()
    {
        var session = await ground.Given.Session(capacity: 5);
        await ground.Given.Save(new CourseAudience { CourseId = session.CourseId, Workforce = Workforce.Children });
        await ground.Sql($"update employments set workforce = 'adults' where person_id = '{people[1].Id}'");

        Assert.Equal(BookingReason.NotInAudience, Assert.IsType<SeveralOutcome.Refused>(await RunAsync(session, all: true)).People[people[1].Id]);
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}'"));

        var done = await BookAsync(session, all: false);
        Assert.Equal(new OneOfSeveral(people[1].Id, null, Why: BookingReason.NotInAudience), done[1]);
        Assert.Equal(4, done.Count(one => one.State == BookingState.Confirmed));

        // What the form can mend comes back, whatever is chosen.
        var other = await ground.Given.Session(capacity: 5);
        var refused = Assert.IsType<SeveralOutcome.Refused>(await RunAsync(other, all: false)).People;
        Assert.Equal(4, refused.Count);
        Assert.All(refused.Values, reason => Assert.Equal(BookingReason.Overlaps, reason));
        Assert.Equal(5, (await BookAsync(other, all: true, known: true)).Count(one => one.State == BookingState.Confirmed));
        Assert.Equal(5, Assert.IsType<SeveralOutcome.Refused>(await RunAsync(await ground.Given.Session(null, 5, "2024-06-20 10:00 to 11:00"), all: false, needs: new string('x', 1001))).People.Count);
    }

    [Fact] // B10, S2
    public async Task A_lead_books_for_their_own_people_alone_and_nothing_is_booked_where_one_is_not()
    {
        var session = await ground.Given.Session();
        people.Add(await ground.Given.Person(await ground.Given.Agency()));

        Assert.IsType<SeveralOutcome.NotFound>(await RunAsync(session, all: false));
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}'"));
        actor = await ground.Given.Actor(await ground.Given.Unit());
        Assert.Equal(6, (await BookAsync(session, all: true)).Count);
        people.Clear();
        Assert.IsType<SeveralOutcome.NotFound>(await RunAsync(session, all: true));
    }

    [Fact] // B10, B2: a race for the last places
    public async Task At_once_with_others_for_the_last_places_nobody_has_a_place_too_many_and_all_or_nothing_stays_so()
    {
        for (var round = 0; round < 4; round++)
        {
            var session = await ground.Given.Session(null, 6, $"2024-06-{10 + round} 09:30 to 16:00");
            var others = new List<Actor>();
            for (var i = 0; i < 3; i++)
            {
                others.Add(await ground.Given.Actor(await ground.Given.Person()));
            }

            var several = Task.Run(() => RunAsync(session, all: true));
            var singles = others.Select(one => Task.Run(() => ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref), one)))).ToList();
            await Task.WhenAll(singles);
            var outcome = await several;

            var ours = await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}' and booked_by = '{lead.Id}'");
            Assert.Equal(outcome is SeveralOutcome.Done ? 5 : 0, ours);
            Assert.Equal(outcome is SeveralOutcome.Done ? 6 : 3, await ground.Sql<int>($"select taken from sessions where id = '{session.Id}'"));
            Assert.Equal(3, (await Task.WhenAll(singles)).Count(one => one is BookingOutcome.Confirmed or BookingOutcome.Waiting));
        }
    }

    [Theory] // B10
    [InlineData(60)]
    [InlineData(3)]
    public async Task For_forty_it_takes_as_many_statements_as_for_two_with_places_kept_and_some_who_wait(int capacity)
    {
        var counter = new StatementCount();
        await using var site = await counter.SiteAsync(ground);
        while (people.Count < 44)
        {
            people.Add(await ground.Given.Person(police));
        }

        // The first time what is prepared once is prepared.
        var counts = new List<int>();
        foreach (var (i, many) in new[] { 2, 2, 40 }.Index())
        {
            var session = await ground.Given.Session(null, capacity, $"2024-06-{10 + i} 09:30 to 16:00");
            await ground.Given.Save(new HeldPlaces { Id = Guid.CreateVersion7(), SessionId = session.Id, AgencyId = police.Id, Places = 1, Until = session.BookingClosesAt, MadeAt = ground.Zone.Now });
            for (var others = 0; others < Math.Min(capacity, 3); others++)
            {
                await ground.Given.Booking(session, await ground.Given.Person(), others < 2 ? BookingState.Confirmed : BookingState.Waiting);
            }

            var wanted = new SeveralWanted(session.Ref, people.Take(many).Select(person => new PersonWanted(person.Id, "a hearing loop")).ToList(), AllOrNothing: false, OthersWait: true);
            await using var scope = site.Services.CreateAsyncScope();
            counts.Add(await counter.Of(async () => Assert.IsType<SeveralOutcome.Done>(await scope.ServiceProvider.GetRequiredService<BookSeveral>().RunAsync(wanted, actor))));
            Assert.Equal(many, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}' and booked_by = '{lead.Id}'"));
        }

        Assert.Equal(counts[1], counts[2]);
        Assert.InRange(counts[2], 1, 20);
    }

    [Fact] // B10: one form, without JavaScript
    public async Task From_the_session_a_lead_chooses_people_says_what_they_need_and_reads_how_each_stands()
    {
        var session = await ground.Given.Session(await ground.Given.Course(title: "For several"), 3);
        var (stranger, booked) = (await ground.Given.Person(await ground.Given.Agency(), family: "Stranger"), await ground.Given.Person(police, family: "Alreadybooked"));
        await ground.Given.Booking(session, booked);
        var visitor = await (await ground.SiteAsync()).SignedInAsync(lead.Id);

        var choose = await (await visitor.Get($"/sessions/{session.Ref}")).Follow("Book for several people of my agency");
        Assert.DoesNotContain("Stranger", choose.Text);
        Assert.True(choose.Document.QuerySelector($"#who-{booked.Id}")!.HasAttribute("disabled"));
        Assert.Contains("Booked already", choose.Text);

        // Whom one has ticked stays chosen over another search.
        var found = await choose.Submit("Show", ("q", people[1].FamilyName), ("who", $"{people[0].Id}"));
        Assert.Contains("Chosen: 1 person", found.Text);
        var needs = await visitor.Get($"/agency/book/{session.Ref}/people?{string.Join('&', people.Take(4).Append(stranger).Select(person => $"who={person.Id}"))}");
        Assert.Contains("What do they need? 4 people", needs.Text);
        Assert.DoesNotContain("Stranger", needs.Text);
        var full = await needs.Submit("Book for 4 people", ("Input.How", "all"), ($"needs-{people[0].Id:N}", "A hearing loop"));
        Assert.Contains("There are places for 2 of them only", full.Text);
        Assert.Contains("A hearing loop", full.Text);
        Assert.Contains("1000 characters", (await full.Submit("Book for 4 people", ("Input.How", "fit"), ($"needs-{people[0].Id:N}", new string('x', 1001)))).Text);
        Assert.Contains("Choose what happens", (await full.Submit("Book for 4 people", ("Input.How", "nonsense"))).Text);

        var done = await full.Submit("Book for 4 people", ("Input.How", "fit"), ("Input.OthersWait", "true"), ($"leave-{people[3].Id:N}", "true"));

        Assert.Equal("2 people have a place, 1 waits", done.Document.QuerySelector("h1")!.TextContent);
        Assert.Contains("Number 1 on the waiting list", done.Text);
        Assert.Equal("A hearing loop", await ground.Sql<string>($"select needs from bookings where session_id = '{session.Id}' and person_id = '{people[0].Id}'"));
        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}' and person_id in ('{people[3].Id}', '{stranger.Id}')"));
        Assert.DoesNotContain("Book for several people", (await (await (await ground.SiteAsync()).SignedInAsync(booked.Id)).Get($"/sessions/{session.Ref}")).Text);
    }

    private async Task<IReadOnlyList<OneOfSeveral>> BookAsync(Session session, bool all, bool wait = false, string? needs = null, bool known = false) =>
        Assert.IsType<SeveralOutcome.Done>(await RunAsync(session, all, wait, needs, known)).People;

    private Task<SeveralOutcome> RunAsync(Session session, bool all, bool wait = false, string? needs = null, bool known = false) => ground.With((BookSeveral book) => book.RunAsync(
        new SeveralWanted(session.Ref, people.ConvertAll(person => new PersonWanted(person.Id, needs, known)), all, wait), actor));
}
