using System.Net;

using Learning.Bookings;
using Learning.Catalogue;
using Learning.People;
using Learning.Tests.Messages;
using Learning.Tests.Support;

namespace Learning.Tests.Bookings;

/// <summary>The calendar feeds: somebody's own, a course's, a venue's.</summary>
public class CalendarFeedTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // S2
    public async Task Somebody_s_own_feed_has_the_sessions_where_they_hold_a_place_and_those_they_give_and_nobody_else_s()
    {
        var person = await ground.Given.Person();
        var (held, waits, given, others, past) = (await SessionAsync("Held"), await SessionAsync("Waits"), await SessionAsync("Given"), await SessionAsync("Others"), await ground.Given.Session(null, 20, "2023-12-01 09:30 to 16:00"));
        await ground.Sql($"update sessions set join_link = 'https://meet.example/held' where id = '{held.Id}'");
        var booking = await ground.Given.Booking(held, person);
        await ground.Given.Booking(waits, person, BookingState.Waiting);
        await ground.Given.Booking(past, person);
        await ground.Given.Booking(others, await ground.Given.Person());
        await ground.Given.Trainer(given, person);

        var feed = new ReadCalendar((await FeedAsync(person))!);

        Assert.Equal(new[] { $"{booking.Id}", $"{given.Id}" }.Order(), feed.Events.Select(one => one["UID"].Value.Split('@')[0]).Order());
        Assert.Contains("https://meet.example/held", feed.Events.Single(one => one["UID"].Value.StartsWith($"{booking.Id}", StringComparison.Ordinal))["DESCRIPTION"].Text);
        Assert.Equal("PUBLISH", feed.Root["METHOD"].Value);
    }

    [Fact]
    public async Task A_newer_link_ends_the_older_and_an_ended_one_or_an_erased_person_s_opens_nothing()
    {
        var person = await ground.Given.Person();
        var actor = await ground.Given.Actor(person);
        var first = await MakeAsync(actor);
        var second = await MakeAsync(actor);

        Assert.Null(await OfAsync(first));
        Assert.NotNull(await OfAsync(second));
        Assert.Null(await OfAsync("made-up"));
        await ground.With(async (ChangeCalendarLink change) => { await change.EndAsync(actor); return true; });
        Assert.Null(await OfAsync(second));
        Assert.Equal(0, await ground.Sql<long>($"select count(*) from calendar_links where hash = '{second}'::bytea or encode(hash, 'escape') like '%{second}%'"));
        Assert.Equal("made a calendar link, made a calendar link, ended a calendar link", await ground.Sql<string>($"select string_agg(verb, ', ' order by id) from audit_entries where subject_id = '{person.Id}'"));

        var third = await MakeAsync(actor);
        await ground.Sql($"update persons set given_name = '', family_name = '', erased_at = now() where id = '{person.Id}'");
        Assert.Null(await OfAsync(third));
    }

    [Fact]
    public async Task Two_presses_at_once_leave_one_live_link()
    {
        var actor = await ground.Given.Actor(await ground.Given.Person());

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MakeAsync(actor))));

        Assert.Equal(1, await ground.Sql<long>($"select count(*) from calendar_links where person_id = '{actor.PersonId}' and ended_at is null"));
    }

    [Fact] // B13
    public async Task A_course_s_and_a_venue_s_feed_say_what_anybody_may_know_and_strike_out_what_was_cancelled()
    {
        var session = await SessionAsync("Public");
        await ground.Sql($"update sessions set join_link = 'https://meet.example/secret', venue = 'Pavilion, Room 2' where id = '{session.Id}'");
        var cancelled = await ground.Given.Session(await CourseOfAsync(session), 20, "2024-06-04 09:30 to 16:00");
        await ground.Sql($"update sessions set status = 'cancelled', cancelled_at = now() where id = '{cancelled.Id}'");
        var site = await ground.SiteAsync();
        var visitor = site.Visitor();

        var course = await visitor.Http.GetAsync($"/calendar/course/{(await CourseOfAsync(session)).Code.ToLowerInvariant()}.ics");
        var venue = await visitor.Http.GetAsync($"/calendar/venue/{Uri.EscapeDataString("pavilion, room 2")}.ics");

        var text = await course.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.OK, "text/calendar"), (course.StatusCode, course.Content.Headers.ContentType!.MediaType));
        Assert.DoesNotContain("meet.example", text);
        Assert.Equal(["CONFIRMED", "CANCELLED"], new ReadCalendar(text).Events.Select(one => one["STATUS"].Value));
        Assert.Single(new ReadCalendar(await venue.Content.ReadAsStringAsync()).Events);
        foreach (var unknown in new[] { "/calendar/course/nothing.ics", "/calendar/venue/nowhere.ics", "/calendar/abc.ics", "/calendar/course/%00.ics" })
        {
            Assert.Contains((await visitor.Http.GetAsync(unknown)).StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        }
    }

    private async Task<Session> SessionAsync(string title) => await ground.Given.Session(await ground.Given.Course(title: title), 20, "2024-06-03 09:30 to 16:00");

    private async Task<Course> CourseOfAsync(Session session)
    {
        await using var db = ground.Db();
        return (await db.Courses.FindAsync(session.CourseId))!;
    }

    private async Task<string?> FeedAsync(Person person) => await OfAsync(await MakeAsync(await ground.Given.Actor(person)));

    private async Task<string> MakeAsync(Actor actor) => (await ground.With((ChangeCalendarLink change) => change.MakeAsync(actor)))!;

    private Task<string?> OfAsync(string secret) => ground.With((CalendarFeeds feeds) => feeds.OfLinkAsync(secret));
}
