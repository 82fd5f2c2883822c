using System.Net;
using System.Text.RegularExpressions;

using Learning.Bookings;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Reminders;
using Learning.Tests.Messages;
using Learning.Tests.Support;

namespace Learning.Tests.Bookings;

/// <summary>B9: a course that needs a manager's approval.</summary>
public sealed partial class ApprovalTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private PostRoom post = null!;

    private Given Given => ground.Given;

    public Task InitializeAsync()
    {
        ground.Clock.Set("2024-05-15 09:00"); // a Wednesday
        post = new PostRoom(ground);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await post.DisposeAsync();

    [Fact] // B9
    public async Task Whoever_books_for_themselves_names_their_manager_who_approves_by_a_page_and_a_press_without_an_account()
    {
        var (session, person, boss) = (await SessionAsync(), await Given.Person(family: "Abernathy"), Boss());
        var visitor = await (await ground.SiteAsync()).SignedInAsync(person.Id);
        var form = await visitor.Get($"/sessions/{session.Ref}/book");
        Assert.Equal("Ask for a place", Heading(form));
        Assert.Contains("No place is held for you meanwhile", form.Text);

        foreach (var (typed, sentence) in new[] { ("", "Enter your manager’s work"), ("no address", "like name@"), (Address(person).ToUpperInvariant(), "this one is yours"), ("boss@gmail.com", "anybody can have one") })
        {
            var again = await form.Submit("Ask for a place", ("Input.Approver", typed), ("Input.Needs", "A ramp"));
            Assert.Contains(sentence, again.Document.QuerySelector("#Input_Approver-error")!.TextContent);
            Assert.Equal((typed, "A ramp"), (again.Document.QuerySelector("[name='Input.Approver']")!.GetAttribute("value") ?? "", again.Document.QuerySelector("[name='Input.Needs']")!.TextContent.Trim()));
        }

        Assert.Equal(0L, await ground.Sql<long>($"select count(*) from bookings where session_id = '{session.Id}'"));
        var asked = await form.Submit("Ask for a place", ("Input.Approver", $" {boss.ToUpperInvariant()} "));
        Assert.Equal("You have asked for a place", Heading(asked));
        Assert.Contains($"We have written to {boss}", asked.Text);
        Assert.Equal(("requested", 0), (await StatesAsync(session), await TakenAsync(session)));

        var page = await OpenAsync(await LinkAsync(boss));
        Assert.Equal($"Do you approve that {person.Name} takes part?", Heading(page));
        Assert.DoesNotContain("A ramp", page.Text);
        Assert.Equal("requested", await StatesAsync(session));
        Assert.Contains("has your approval", Heading(await page.Submit("Approve")));
        Assert.Contains("has your approval", Heading(await page.Submit("Approve")));
        var no = await page.Submit("Do not approve", ("Input.Reason", "Changed my mind"));
        Assert.Contains("has been answered", no.Text);

        Assert.Equal(("confirmed", 1), (await StatesAsync(session), await TakenAsync(session)));
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from messages where kind = 'booking-confirmed' and session_id = '{session.Id}'"));
        Assert.Equal(1L, await ground.Sql<long>("select count(*) from audit_entries where verb = 'approved a request for a place' and actor_id is null and details ->> 'by' = 'the link of a mail'"));
        Assert.Equal("You are booked", Heading(await visitor.Get(asked.Path)));
    }

    [Fact] // B9
    public async Task A_no_needs_a_reason_which_is_mailed_and_whoever_asked_may_ask_again()
    {
        var (session, person, boss) = (await SessionAsync(), await Given.Person(), Boss());
        var booking = await AskAsync(session, person, boss);
        var page = await OpenAsync(await LinkAsync(boss));
        Assert.Contains("Write why", (await page.Submit("Do not approve", ("Input.Reason", " "))).Document.QuerySelector("#Input_Reason-error")!.TextContent);
        Assert.Equal("requested", await StatesAsync(session));
        Assert.Contains("was not approved", Heading(await page.Submit("Do not approve", ("Input.Reason", "The team is short that day"))));

        Assert.Equal("declined", await StatesAsync(session));
        await post.SendAsync();
        Assert.Contains("Why: The team is short that day", post.Sink.Mails.Last(mail => mail.To == Address(person)).Text("text/plain"));
        Assert.Equal("Your request was not approved", Heading(await (await (await ground.SiteAsync()).SignedInAsync(person.Id)).Get($"/my/bookings/{booking}")));
        await AskAsync(session, person, boss);
        Assert.Equal("declined requested", await StatesAsync(session));
    }

    [Theory] // B9, B2
    [InlineData(true, 1, "requested waiting")]
    [InlineData(false, 0, "requested confirmed")]
    public async Task A_request_holds_a_place_only_where_the_course_says_so(bool holds, int taken, string states)
    {
        var session = await SessionAsync(capacity: 1, holds: holds);
        await AskAsync(session, await Given.Person(), Boss());
        Assert.Equal(taken, await TakenAsync(session));
        var other = await Given.Person();
        await ForAsync(session, other);
        Assert.Equal(states, await StatesAsync(session));
    }

    [Fact] // B9, B6
    public async Task Approved_without_a_place_that_is_theirs_they_join_the_list_at_that_moment_behind_those_who_joined_meanwhile()
    {
        var session = await SessionAsync(capacity: 1);
        var (asker, boss) = (await Given.Person(), Boss());
        var asked = await AskAsync(session, asker, boss);
        var holder = await Given.Person();
        await ForAsync(session, holder);
        ground.Clock.Advance(TimeSpan.FromHours(1));
        var later = await Given.Person();
        await ForAsync(session, later);
        ground.Clock.Advance(TimeSpan.FromHours(1));

        await (await OpenAsync(await LinkAsync(boss))).Submit("Approve");

        Assert.Equal("waiting confirmed waiting", await StatesAsync(session));
        var page = await (await (await ground.SiteAsync()).SignedInAsync(asker.Id)).Get($"/my/bookings/{asked}");
        Assert.Equal("You are number 2 on the waiting list", Heading(page));
        Assert.DoesNotContain("organiser put somebody", page.Text);
        Assert.Equal(2, await ground.Sql<int>($"select (data ->> 'position')::integer from messages where kind = 'booking-waiting' and subject_id = '{asked}'"));
    }

    [Fact] // B9
    public async Task A_request_that_holds_a_place_gives_it_to_the_first_in_line_when_it_is_refused_or_taken_back_and_keeps_it_when_approved()
    {
        var session = await SessionAsync(capacity: 2, holds: true);
        var (first, second, boss, other) = (await Given.Person(), await Given.Person(), Boss(), Boss());
        var (one, two) = (await AskAsync(session, first, boss), await AskAsync(session, second, other));
        await ForAsync(session, await Given.Person());
        await ForAsync(session, await Given.Person());
        Assert.Equal("requested requested waiting waiting", await StatesAsync(session));

        var mine = await (await (await ground.SiteAsync()).SignedInAsync(first.Id)).Get($"/my/bookings/{one}");
        await (await mine.Follow("Take the request back")).Submit("Take the request back");
        Assert.Equal("cancelled requested offered waiting", await StatesAsync(session));
        Assert.Contains("do not ask for it any more", (await OpenAsync($"/approve/{await SealAsync(one)}")).Text);

        await (await OpenAsync(await LinkAsync(other))).Submit("Approve");
        Assert.Equal(("cancelled confirmed offered waiting", 2), (await StatesAsync(session), await TakenAsync(session)));
        Assert.Equal(two, await ground.Sql<Guid>($"select id from bookings where session_id = '{session.Id}' and state = 'confirmed'"));
    }

    [Fact] // B9
    public async Task At_the_close_of_booking_it_lapses_and_whoever_asked_and_whoever_was_asked_are_told()
    {
        var session = await SessionAsync(capacity: 1, holds: true);
        var (person, boss) = (await Given.Person(), Boss());
        await AskAsync(session, person, boss);
        var page = await OpenAsync(await LinkAsync(boss));
        ground.Clock.Set("2024-06-03 08:30");
        Assert.Contains("Booking has closed", (await page.Submit("Approve")).Text);
        await ground.With((LapseOffers job) => job.RunAsync());
        await ground.With((LapseOffers job) => job.RunAsync());
        Assert.Equal(("lapsed", 0), (await StatesAsync(session), await TakenAsync(session)));
        Assert.Contains("Booking closed before anybody answered", (await page.Submit("Approve")).Text);
        await post.SendAsync();
        Assert.Single(post.Sink.Mails, mail => mail.To == Address(person) && mail.Subject.StartsWith("Nobody answered in time", StringComparison.Ordinal));
        Assert.Single(post.Sink.Mails, mail => mail.To == boss && mail.Subject.StartsWith("Nothing left to approve", StringComparison.Ordinal));
    }

    [Fact] // B9
    public async Task The_approver_is_reminded_after_two_and_after_five_working_days_once_each_and_not_once_they_have_answered()
    {
        ground.Clock.Set("2024-05-23 15:00"); // a Thursday before a weekend and a bank holiday
        var session = await SessionAsync(starts: "2024-06-10 09:30 to 16:00");
        var (boss, quick) = (Boss(), Boss());
        await AskAsync(session, await Given.Person(), boss);
        var answered = await AskAsync(session, await Given.Person(), quick);
        foreach (var day in new[] { "2024-05-27", "2024-05-28", "2024-05-29", "2024-05-31", "2024-06-03" })
        {
            ground.Clock.Set($"{day} 08:00");
            await ground.With((QueueReminders queue) => queue.RunAsync());
            await ground.With((QueueReminders queue) => queue.RunAsync());
            await ground.With((DecideApproval decide) => decide.RunAsync(answered, true, null, null));
        }

        Assert.Equal("2024-05-28 09:00, 2024-05-31 09:00", await ground.Sql<string>($"""
            select string_agg(to_char(due_at at time zone 'Europe/London', 'YYYY-MM-DD HH24:MI'), ', ' order by due_at) from messages where kind = 'approval-reminder' and address = '{boss}'
            """));
        ground.Clock.Set("2024-06-03 10:00");
        await post.SendAsync();
        Assert.Equal(2, post.Sink.Mails.Count(mail => mail.To == boss && mail.Subject.Contains("still waits", StringComparison.Ordinal)));
        Assert.DoesNotContain(post.Sink.Mails, mail => mail.To == quick && mail.Subject.Contains("still waits", StringComparison.Ordinal));
    }

    [Fact] // B9, S1, S2
    public async Task The_lead_or_an_organiser_decides_too_and_nobody_else_and_nobody_for_themselves()
    {
        var (ours, theirs) = (await Given.Agency(), await Given.Agency());
        var (person, lead, stranger, organiser, colleague) = (await Given.Person(ours), await Given.Person(ours), await Given.Person(theirs), await Given.Person(theirs), await Given.Person(ours));
        await Given.Role(lead, Role.AgencyLead, ours);
        await Given.Role(stranger, Role.AgencyLead, theirs);
        var session = await SessionAsync(owner: theirs);
        await Given.Save(new CourseOrganiser { CourseId = session.CourseId, PersonId = organiser.Id });
        var (booking, own) = (await AskAsync(session, person, Boss()), await AskAsync(session, lead, Boss()));

        foreach (var nobody in new[] { person, stranger, colleague })
        {
            Assert.IsType<ApprovalOutcome.NotFound>(await DecideAsync(booking, nobody));
            Assert.Equal(HttpStatusCode.NotFound, (await (await (await ground.SiteAsync()).SignedInAsync(nobody.Id)).Get($"/approvals/{booking}")).Status);
        }

        Assert.IsType<ApprovalOutcome.NotFound>(await DecideAsync(own, lead));
        var list = await (await (await ground.SiteAsync()).SignedInAsync(lead.Id)).Get("/agency/approvals");
        Assert.DoesNotContain(lead.FamilyName, list.Document.QuerySelector("main")!.TextContent);
        Assert.Contains("Nobody waits", (await (await (await ground.SiteAsync()).SignedInAsync(stranger.Id)).Get("/agency/approvals")).Text);
        var done = await (await list.Follow(person.Name)).Submit("Approve");
        Assert.Contains("Nobody waits for approval", done.Text);
        Assert.IsType<ApprovalOutcome.Done>(await DecideAsync(own, organiser));
        Assert.Equal("confirmed confirmed", await StatesAsync(session));
        Assert.Equal(lead.Id, await ground.Sql<Guid>($"select decided_by from booking_approvals where booking_id = '{booking}'"));
    }

    [Fact] // B9
    public async Task Who_books_for_somebody_has_approved_by_that()
    {
        var session = await SessionAsync();
        var ours = await Given.Agency();
        var (lead, person) = (await Given.Person(ours), await Given.Person(ours));
        await Given.Role(lead, Role.AgencyLead, ours);
        var actor = await Given.Actor(lead);
        Assert.IsType<BookingOutcome.Confirmed>(await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref, PersonId: person.Id), actor)));
        Assert.Equal(new BookingOutcome.Refused(BookingReason.NeedsApprover), await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref), actor)));
    }

    [Fact] // B7
    public async Task An_overlap_needs_its_tick_for_a_request_too()
    {
        var (person, session) = (await Given.Person(), await SessionAsync());
        await Given.Booking(await Given.Session(), person);
        var form = await (await (await ground.SiteAsync()).SignedInAsync(person.Id)).Get($"/sessions/{session.Ref}/book");
        var again = await form.Submit("Ask for a place", ("Input.Approver", Boss()));
        Assert.NotNull(again.Document.QuerySelector("#Input_OverlapKnown-error"));
        Assert.Equal("You have asked for a place", Heading(await again.Submit("Ask for a place", ("Input.OverlapKnown", "true"))));

        // And what was asked for overlaps what is booked next.
        var next = await (await (await ground.SiteAsync()).SignedInAsync(person.Id)).Get($"/sessions/{(await Given.Session()).Ref}/book");
        Assert.Contains("At the same time you are booked on", next.Text);
    }

    [Fact] // P5
    public async Task What_was_not_sealed_for_this_opens_nothing_nor_does_the_link_for_somebody_who_was_erased()
    {
        var (session, person, boss) = (await SessionAsync(), await Given.Person(), Boss());
        var booking = await AskAsync(session, person, boss);
        var good = (await LinkAsync(boss)).Split('/')[^1];
        string[] forged = ["x", good[..^2], await ground.With((Seals seals) => Task.FromResult(seals.Seal(new Sealed("place", booking)))), await SealAsync(Guid.CreateVersion7())];
        Assert.All(forged, link => Assert.Equal(HttpStatusCode.NotFound, OpenAsync($"/approve/{link}").GetAwaiter().GetResult().Status));
        Assert.All(forged, link => Assert.IsType<ApprovalOutcome.NotFound>(ground.With((DecideApproval decide) => decide.RunAsync(link, true, null)).GetAwaiter().GetResult()));
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync($"/answer/{good}")).Status);
        await ground.Sql($"update persons set erased_at = now(), given_name = '', family_name = '' where id = '{person.Id}'");
        Assert.Equal(HttpStatusCode.NotFound, (await OpenAsync($"/approve/{good}")).Status);
        Assert.IsType<ApprovalOutcome.NotFound>(await ground.With((DecideApproval decide) => decide.RunAsync(good, true, null)));
        Assert.Equal("requested", await StatesAsync(session));
    }

    private async Task<Session> SessionAsync(int capacity = 5, bool holds = false, Agency? owner = null, string starts = "2024-06-03 09:30 to 16:00")
    {
        var course = await Given.Course(owner: owner);
        await ground.Sql($"update courses set needs_approval = true, request_holds_place = {(holds ? "true" : "false")} where id = '{course.Id}'");
        return await Given.Session(course, capacity, starts);
    }

    private async Task<Guid> AskAsync(Session session, Person person, string approver)
    {
        var actor = await Given.Actor(person);
        return Assert.IsType<BookingOutcome.Requested>(await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref, Approver: approver), actor))).Id;
    }

    /// <summary>Booked by the business unit, which needs no approval.</summary>
    private async Task ForAsync(Session session, Person person)
    {
        var unit = await Given.Actor(await Given.Unit());
        await ground.With((BookPlace book) => book.RunAsync(new PlaceWanted(session.Ref, PersonId: person.Id), unit));
    }

    private async Task<ApprovalOutcome> DecideAsync(Guid booking, Person by)
    {
        var actor = await Given.Actor(by);
        return await ground.With((DecideApproval decide) => decide.RunAsync(booking, true, null, actor));
    }

    private async Task<string> LinkAsync(string to)
    {
        await post.SendAsync();
        return Link().Match(post.Sink.Mails.Last(mail => mail.To == to).Text("text/html")!).Groups[1].Value;
    }

    private Task<string> SealAsync(Guid booking) => ground.With((Seals seals) => Task.FromResult(seals.Seal(new Sealed("approval", booking))));

    private async Task<Page> OpenAsync(string link) => await (await ground.SiteAsync()).Visitor().Get(link);

    private static string Boss() => $"boss{Guid.CreateVersion7():N}@agency.example";

    private string Address(Person person)
    {
        using var db = ground.Db();
        return db.PersonEmails.Single(row => row.PersonId == person.Id && row.Main).Email;
    }

    private static string Heading(Page page) => page.Document.QuerySelector("h1")?.TextContent.Trim() ?? $"no heading: {page.Status} {page.Text}";

    private Task<string> StatesAsync(Session session) => ground.Sql<string>($"select string_agg(state, ' ' order by number) from bookings where session_id = '{session.Id}'");

    private Task<int> TakenAsync(Session session) => ground.Sql<int>($"select taken from sessions where id = '{session.Id}'");

    [GeneratedRegex("""<a href="https://learning\.example(/approve/[^"]+)">""")]
    private static partial Regex Link();
}
