using System.Net;

using AngleSharp.Dom;

using Learning.Bookings;
using Learning.Bookings.Desk;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Support;

namespace Learning.Tests.Bookings;

/// <summary>The planner over a year as it is without JavaScript: what stands on which day, what clashes, what is wanted, and the ways to plan and to move (S1, T1, T2).</summary>
public class PlannerTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private Given Given => ground.Given;

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00");
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact] // T1, T2
    public async Task A_session_stands_on_each_of_its_days_with_all_that_an_organiser_looks_for()
    {
        var course = await Given.Course(title: "Marsh course");
        var session = await Given.Session(course, 3, "2024-06-27 09:30 to 16:00", "2024-07-01 13:00 to 15:00");
        await Given.Trainer(session, await Given.Person(given: "Ann", family: "Lee"));
        await Given.Booking(session, await Given.Person());
        await Given.Booking(session, await Given.Person(), BookingState.Waiting);
        await ground.Sql($"update sessions set minimum = 2 where id = '{session.Id}'");
        var gone = await Given.Session(course, 10, "2024-06-28 10:00 to 12:00");
        await ground.With((CancelSession cancel) => cancel.RunAsync(gone.Ref, "The room is flooded", null, Actor.Machine));
        var past = await Given.Session(course, 10, "2024-05-01 10:00 to 12:00");
        await Given.Session(course, 10, "2024-06-29 10:00 to 12:00"); // a Saturday
        var page = await (await As(await Given.Unit())).Get($"/manage/planner?programme={(await Given.Programme(course)).Code}");

        Assert.Contains("Planner, April 2024 to March 2025", page.Text);
        Assert.Contains("4 sessions, 1 cancelled, 1 below the minimum, 1 with a waiting list", page.Text);
        Assert.Equal("Marsh course 9:30am to 4pm, day 1 of 2, Estuary Hall Ann Lee 1 of 3 taken, 1 waiting Below its minimum of 2 Booking open Move : Marsh course, Thursday 27 June", On(page, "2024-06-27"));
        Assert.StartsWith("Marsh course 1pm to 3pm, day 2 of 2", On(page, "2024-07-01"));
        Assert.DoesNotContain("Move", On(page, "2024-07-01"));
        Assert.Contains("No trainer yet 0 of 10 taken Cancelled", On(page, "2024-06-28"));
        Assert.DoesNotContain("Move", On(page, "2024-06-28"));
        Assert.Contains("Register to sign", On(page, "2024-05-01"));
        Assert.NotEqual("", On(page, "2024-06-29"));
        Assert.Null(page.Document.QuerySelector("#d-2024-06-30"));
        Assert.Equal("Bank holiday", page.Document.QuerySelector("#d-2024-08-26 p")!.TextContent);
        Assert.Equal("Bank holiday", page.Document.QuerySelector("#d-2024-05-06 p")!.TextContent);
        Assert.Null(page.Document.QuerySelector("#d-2024-08-27 p"));
        Assert.Equal($"/manage/sessions/{session.Ref}/move", page.Document.QuerySelector("#d-2024-06-27 a[data-move]")!.GetAttribute("href"));
        Assert.Equal($"/manage/sessions/{past.Ref}", page.Document.QuerySelector("#d-2024-05-01 a")!.GetAttribute("href"));
    }

    [Fact] // T2
    public async Task Other_years_are_a_link_away_and_a_session_over_the_turn_of_the_year_stands_in_both()
    {
        var course = await Given.Course();
        await Given.Session(course, 10, "2025-03-31 09:30 to 12:00", "2025-04-01 09:30 to 12:00");
        var visitor = await As(await Given.Unit());
        var code = (await Given.Programme(course)).Code;

        var first = await visitor.Get($"/manage/planner?programme={code}");
        Assert.NotEqual("", On(first, "2025-03-31"));
        Assert.Null(first.Document.QuerySelector("#d-2025-04-01"));
        var next = await visitor.Get(first.Document.QuerySelectorAll("main a").Single(link => link.TextContent == "April 2025 to March 2026").GetAttribute("href")!);
        Assert.Contains("Planner, April 2025", next.Text);
        Assert.NotEqual("", On(next, "2025-04-01"));
        Assert.Contains("1 session", next.Text);
        Assert.Contains("Nothing is planned", (await visitor.Get("/manage/planner?year=1950")).Text);
        Assert.Contains("Planner, April 2024", (await visitor.Get("/manage/planner?year=x&board=y&trainer=z")).Text);
    }

    [Fact]
    public async Task It_is_narrowed_by_programme_board_venue_and_trainer()
    {
        var (one, other) = (await Given.Course(board: Board.Children), await Given.Course(board: Board.Adults));
        var programme = await Given.Programme(one);
        var (first, second) = (await Given.Session(one, 10, "2024-09-03 09:30 to 12:00"), await Given.Session(other, 10, "2024-09-04 09:30 to 12:00"));
        var trainer = await Given.Person(given: "Tess", family: "Trainer");
        await Given.Trainer(second, trainer);
        await ground.Sql($"update sessions set venue = 'Leigh Library' where id = '{second.Id}'");
        var visitor = await As(await Given.Unit());

        Assert.Equal([first.Ref], await Refs($"programme={programme.Code}"));
        Assert.Contains(first.Ref, await Refs("board=children"));
        Assert.DoesNotContain(second.Ref, await Refs("board=children"));
        Assert.Equal([second.Ref], await Refs("venue=leigh+library"));
        Assert.Equal([second.Ref], await Refs($"trainer={trainer.Id}"));
        var none = await visitor.Get($"/manage/planner?programme={programme.Code}&trainer={trainer.Id}");
        Assert.Contains("No session of this year matches", none.Text);
        Assert.Equal("Tess Trainer", none.Document.QuerySelector("#trainer option[selected]")!.TextContent);

        async Task<List<string>> Refs(string query) => [.. (await visitor.Get($"/manage/planner?{query}")).Document.QuerySelectorAll("[data-session]").Select(session => session.GetAttribute("data-session")!)];
    }

    [Fact]
    public async Task A_venue_or_a_trainer_taken_twice_is_pointed_out_in_words_and_nothing_else_is()
    {
        var course = await Given.Course(title: "First course");
        var mine = await Given.Session(course, 10, "2024-10-02 09:30 to 12:00");
        var same = await Given.Session(await Given.Course(title: "Second course"), 10, "2024-10-02 11:00 to 13:00");
        var later = await Given.Session(await Given.Course(title: "Third course"), 10, "2024-10-02 14:00 to 16:00");
        var (gone, online) = (await Given.Session(course, 10, "2024-10-02 09:30 to 12:00"), await Given.Session(course, 10, "2024-10-02 09:30 to 12:00"));
        await ground.Sql($"update sessions set venue = ' estuary HALL ' where id = '{same.Id}'; update sessions set venue = 'Elsewhere' where id = '{later.Id}'; update sessions set mode = 'virtual', venue = null where id = '{online.Id}'");
        await ground.With((CancelSession cancel) => cancel.RunAsync(gone.Ref, "Why", null, Actor.Machine));
        var trainer = await Given.Person(given: "Ann", family: "Lee");
        await Given.Trainer(mine, trainer);
        await Given.Trainer(later, trainer);
        var visitor = await As(await Given.Unit());

        var clashes = (await visitor.Get("/manage/planner")).Document.QuerySelectorAll($"[data-session='{mine.Ref}'] .app-planner__clash").Select(Words).ToList();
        Assert.Equal([
            $"Clash: Estuary Hall is also taken by “Second course” ({same.Ref}) at that time: Wednesday 2 October 2024, 11am to 1pm",
            $"Clash: Ann Lee also gives “Third course” ({later.Ref}) on that day: Wednesday 2 October 2024, 2pm to 4pm"], clashes);
        Assert.Empty((await visitor.Get("/manage/planner")).Document.QuerySelectorAll($"[data-session='{online.Ref}'] .app-planner__clash, [data-session='{gone.Ref}'] .app-planner__clash"));

        // A conference and its workshops are in one place, and their trainers too.
        await ground.Sql($"update sessions set parent_id = '{mine.Id}' where id in ('{same.Id}', '{later.Id}')");
        var conference = (await visitor.Get("/manage/planner")).Document.QuerySelector($"[data-session='{mine.Ref}']")!;
        Assert.Empty(conference.QuerySelectorAll(".app-planner__clash"));
        Assert.Contains("2 workshops", conference.TextContent);
        Assert.Null((await visitor.Get("/manage/planner")).Document.QuerySelector($"[data-session='{same.Ref}']"));
    }

    [Fact] // P3
    public async Task Courses_that_are_wanted_and_have_no_date_are_listed_with_how_many_want_them_and_a_way_to_plan_one()
    {
        var (wanted, dated) = (await Given.Course(code: "WANTED", title: "Wanted course"), await Given.Course(title: "Dated course"));
        foreach (var course in new[] { wanted, wanted, dated })
        {
            await Given.Save(new CourseInterest { Id = Guid.CreateVersion7(), CourseId = course.Id, PersonId = (await Given.Person()).Id, AskedAt = ground.Zone.Now });
        }

        await Given.Session(dated, 10, "2024-10-02 09:30 to 12:00");
        await Given.Session(wanted, 10, "2024-05-10 09:30 to 12:00");
        var visitor = await As(await Given.Unit());
        var list = (await visitor.Get("/manage/planner")).Document.QuerySelector("section[aria-labelledby=wanted]")!;

        Assert.Contains("Wanted course 2 people want to hear of a date, the first since 15 May 2024. Plan one : Wanted course", Words(list));
        Assert.DoesNotContain("Dated course", list.TextContent);
        var plan = await visitor.Get(list.QuerySelector("a[href*=WANTED]")!.GetAttribute("href")!);
        Assert.Equal("Wanted course", plan.Document.QuerySelector("#Input_Course option[selected]")!.TextContent);
    }

    [Fact] // T1
    public async Task Plan_here_and_a_move_to_a_day_lead_to_the_desks_own_forms_with_the_day_filled_in()
    {
        var session = await Given.Session(null, 10, "2024-06-03 09:30 to 16:00", "2024-06-10 09:30 to 16:00");
        await ground.Sql($"update sessions set booking_closes_at = '2024-05-31 16:00Z' where id = '{session.Id}'");
        var visitor = await As(await Given.Unit());
        var page = await visitor.Get("/manage/planner");

        // The week of the bank holiday of 26 August: its first working day; the week that today lies in: tomorrow; none in what is past.
        Assert.Equal("2024-08-27", await PlannedAsync("2024-08-26"));
        Assert.Equal("2024-05-16", await PlannedAsync("2024-05-13"));
        Assert.Null(Plan("2024-05-06"));

        var move = await visitor.Get($"/manage/sessions/{session.Ref}/move?day=2024-09-04");
        Assert.Equal(["2024-09-04", "2024-09-11", "2024-09-01"], new[] { "Parts_0__Day", "Parts_1__Day", "Closes" }.Select(field => Value(move, field)));
        Assert.Equal("2024-06-03", Value(await visitor.Get($"/manage/sessions/{session.Ref}/move?day=soon"), "Parts_0__Day"));
        // A day of closing that would be past stays, where booking has been closed by then; else booking closes at the start.
        Assert.Equal("", Value(await visitor.Get($"/manage/sessions/{session.Ref}/move?day=2024-05-17"), "Closes"));
        Assert.Contains("The session is moved", (await (await move.Submit("See what would happen")).Submit("Move it")).Text);

        IElement? Plan(string day) => page.Document.QuerySelector($"#d-{day}")!.Closest(".app-planner__week")!.QuerySelector(".app-planner__plan a");
        async Task<string?> PlannedAsync(string day) => Value(await visitor.Get(Plan(day)!.GetAttribute("href")!), "Parts_0__Day");
        static string? Value(Page page, string field) => page.Document.QuerySelectorAll("input").Single(input => (input.GetAttribute("name") ?? "").Replace('[', '_').Replace(']', '_').Replace('.', '_') == "Input_" + field).GetAttribute("value") ?? "";
    }

    [Fact] // B5, B13
    public async Task A_move_says_before_it_is_made_what_the_venue_and_the_trainers_have_then_and_what_is_kept_no_longer()
    {
        var (session, other) = (await Given.Session(null, 10, "2024-09-10 09:30 to 16:00"), await Given.Session(await Given.Course(title: "Other course"), 10, "2024-09-03 14:00 to 17:00"));
        var trainer = await Given.Person(given: "Ann", family: "Lee");
        await Given.Trainer(session, trainer);
        await Given.Trainer(other, trainer);
        await Given.Save(new HeldPlaces { Id = Guid.CreateVersion7(), SessionId = session.Id, Sector = "Local authority", Places = 3, Until = ground.Zone.InstantOf(new(2024, 9, 6, 17, 0, 0)), MadeAt = ground.Zone.Now });
        var unit = await Given.Actor(await Given.Unit());

        var preview = (await ground.With((LookAtMove look) => look.RunAsync(session.Ref, new(2024, 9, 3), null, unit)))!.Preview!;
        Assert.Equal(3, preview.KeptSooner);
        Assert.Equal([
            $"Ann Lee also gives “Other course” ({other.Ref}) at that time: Tuesday 3 September 2024, 2pm to 5pm", $"Estuary Hall is also taken by “Other course” ({other.Ref}) at that time: Tuesday 3 September 2024, 2pm to 5pm"], preview.Clashes.Select(clash => clash.Words).Order());
        var later = (await ground.With((LookAtMove look) => look.RunAsync(session.Ref, new(2024, 9, 12), null, unit)))!.Preview!;
        Assert.Equal((0, 0), (later.KeptSooner, later.Clashes.Count));
        Assert.Null(await ground.With((LookAtMove look) => look.RunAsync(session.Ref, new(2024, 9, 12), null, Actor.Nobody)));
        Assert.Equal("2024-09-10 0", await ground.Sql<string>($"select counted_on || ' ' || sequence from sessions where id = '{session.Id}'"));
    }

    [Fact] // S1
    public async Task Who_is_named_on_a_course_sees_its_sessions_and_no_others_and_who_organises_nothing_sees_no_planner()
    {
        var owner = await Given.Agency();
        var course = await Given.Course(owner: owner);
        var (own, foreign) = (await Given.Session(course, 10, "2024-11-05 09:30 to 12:00"), await Given.Session(await Given.Course(title: "Foreign course"), 10, "2024-11-06 09:30 to 12:00"));
        await Given.Save(new CourseInterest { Id = Guid.CreateVersion7(), CourseId = (await Given.Course(title: "Foreign wish")).Id, PersonId = (await Given.Person()).Id, AskedAt = ground.Zone.Now });
        var named = await Given.Person(owner);
        await Given.Save(new CourseOrganiser { CourseId = course.Id, PersonId = named.Id });

        var page = await (await As(named)).Get("/manage/planner");
        Assert.Equal([own.Ref], page.Document.QuerySelectorAll("[data-session]").Select(session => session.GetAttribute("data-session")));
        Assert.DoesNotContain("Foreign", page.Text);
        Assert.DoesNotContain(foreign.Ref, page.Text);
        Assert.Contains("Organise", page.Document.QuerySelector("header nav [aria-current]")!.TextContent);
        var lead = await Given.Person(owner);
        await Given.Role(lead, Role.AgencyLead, owner);
        var refused = await (await As(lead)).Get("/manage/planner");
        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        Assert.DoesNotContain(own.Ref, refused.Text);
    }

    [Fact] // house rule 6
    public async Task Five_hundred_sessions_take_as_many_statements_as_one()
    {
        var counter = new StatementCount();
        await using var site = await counter.SiteAsync(ground);
        var visitor = await site.SignedInAsync((await Given.Unit()).Id);
        var course = await Given.Course();
        var pattern = await Given.Session(course, 10, "2024-12-03 09:30 to 12:00");
        await Given.Trainer(pattern, await Given.Person());
        Task<int> CountAsync() => counter.Of(async () => Assert.Equal(200, (int)(await visitor.Get("/manage/planner")).Status));
        await CountAsync(); // What is prepared once is prepared now.

        var one = await CountAsync();
        await ground.Sql($"""
            with made as (
                insert into sessions (id, ref, course_id, mode, venue, capacity, status, starts_at, ends_at, counted_on, booking_closes_at, changed_at)
                select gen_random_uuid(), 'MANY-' || n, '{course.Id}', 'in person', 'Hall ' || n % 40, 20, 'planned', day + interval '9 hours', day + interval '12 hours', day, day + interval '8 hours', now()
                from generate_series(1, 500) n, lateral (select timestamp '2024-06-03' + interval '1 day' * (n % 280) as day) d returning id, ref, starts_at),
            parts as (
                insert into session_parts (id, session_id, number, starts_local, ends_local, starts_at, ends_at)
                select gen_random_uuid(), id, 1, starts_at, starts_at + interval '3 hours', starts_at, starts_at + interval '3 hours' from made)
            insert into session_trainers (session_id, person_id) select id, (select person_id from session_trainers where session_id = '{pattern.Id}') from made
            """);

        Assert.Equal(one, await CountAsync());
        Assert.InRange(one, 1, 6);
        Assert.True((await visitor.Get("/manage/planner")).Document.QuerySelectorAll("[data-session]").Length > 500);
    }

    private static string On(Page page, string day) => string.Join(' ', page.Document.QuerySelectorAll($"#d-{day} [data-session]").Select(Words));

    private static string Words(IElement element) => string.Join(' ', element.Descendants<IText>().SelectMany(text => text.Data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private async Task<Visitor> As(Person person) => await (await ground.SiteAsync()).SignedInAsync(person.Id);
}
