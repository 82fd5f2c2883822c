using System.Net;

using Learning.Messages;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Messages;

public class MessagePagesTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // S1, S2
    public async Task Only_the_business_unit_sees_messages()
    {
        var (person, message) = await ConfirmationAsync();
        var site = await ground.SiteAsync();
        var own = await site.SignedInAsync(person.Id);
        var administrator = await ground.Given.Person();
        await ground.Given.Role(administrator, Role.Administrator);
        var other = await site.SignedInAsync(administrator.Id);

        foreach (var path in new[] { "/manage/messages", $"/manage/messages/{message}", $"/manage/messages/{message}/html", "/manage/messages/explain", "/manage/letters" })
        {
            Assert.StartsWith("/account/sign-in", (await site.Visitor().Get(path)).Path);
            Assert.Equal(HttpStatusCode.Forbidden, (await own.Get(path)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.Get(path)).Status);
        }
    }

    [Fact]
    public async Task Messages_are_found_by_name_address_state_kind_and_session()
    {
        var (person, message) = await ConfirmationAsync(family: "Fin_der%");
        var (other, otherMessage) = await ConfirmationAsync(family: "Finxder");
        await ground.Sql($"update messages set state = 'parked', settled_at = now(), outcome = '550 Nobody' where id = '{otherMessage}'");
        var session = await ground.Sql<string>($"select s.ref from messages m join sessions s on s.id = m.session_id where m.id = '{message}'");
        var unit = await UnitAsync();

        foreach (var asked in new[] { "q=Fin_der%25", $"q={Uri.EscapeDataString(await AddressAsync(person))}", $"session={session.ToLowerInvariant()}", "q=fin_DER&state=due&kind=booking-confirmed" })
        {
            var page = await unit.Get($"/manage/messages?{asked}");
            Assert.Contains("Fin_der%", page.Text);
            Assert.DoesNotContain("Finxder", page.Text);
        }

        var parked = await unit.Get("/manage/messages?state=parked");
        Assert.Contains("Finxder", parked.Text);
        Assert.Contains("550 Nobody", parked.Text);
        Assert.DoesNotContain("Fin_der%", parked.Text);
        Assert.Contains("No message matches all of this", (await unit.Get("/manage/messages?q=nobody+of+that+name")).Text);
        Assert.Equal(HttpStatusCode.OK, (await unit.Get("/manage/messages?state=nonsense&page=-4&kind=no-such-kind&session='")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await unit.Get("/manage/messages?kind=%00")).Status); // no text that anybody can type
    }

    [Fact]
    public async Task Without_a_mail_server_the_list_says_that_messages_are_kept()
    {
        await ConfirmationAsync(family: "Keeper");

        var page = await (await UnitAsync()).Get("/manage/messages?q=Keeper");

        Assert.Contains("No mail server is set up", page.Text);
        Assert.Contains("Kept: there is no mail server", page.Text);
    }

    [Fact]
    public async Task A_list_of_many_pages_asks_no_more_questions_than_a_short_one_and_leads_on()
    {
        var person = await ground.Given.Person(family: "Manymessages");
        await ground.Sql($"""
            insert into messages (id, kind, person_id, subject_id, occurrence, why, data, due_at, next_try_at, queued_at, state)
            select gen_random_uuid(), 'booking-confirmed', '{person.Id}', '{person.Id}', n::text, 'Number ' || n || '.', jsonb_build_object(), now() + n * interval '1 minute', now(), now(), 'due' from generate_series(1, 120) n
            """);
        var unit = await UnitAsync();

        var page = await unit.Get("/manage/messages?q=Manymessages");
        Assert.Contains("Number 120.", page.Text);
        Assert.DoesNotContain("Number 70.", page.Text);
        page = await (await page.Follow("Next page")).Follow("Next page");
        Assert.Contains("Number 1.", page.Text);
        Assert.DoesNotContain("Next page", page.Text);
    }

    [Fact] // S3
    public async Task A_message_shows_what_would_go_out_as_text_and_as_HTML_that_can_do_nothing_and_looking_is_on_the_trail()
    {
        var (_, message) = await ConfirmationAsync(given: "<script>alert(1)</script>");
        var unit = await UnitAsync();

        var page = await unit.Get($"/manage/messages/{message}");
        Assert.Contains("Dear <script>alert(1)</script>,", page.Text);
        Assert.Contains("A calendar entry goes with it.", page.Text);
        Assert.Equal(1, await ground.Sql<long>($"select count(*) from audit_entries where verb = 'looked at a message' and subject_id = '{message}' and actor_id is not null"));

        Assert.Contains("By their hours", (await page.Follow("What else they got about this session, or did not, and why")).Text);

        var html = await page.Follow("See it as a mail program shows it");
        Assert.Equal("Dear <script>alert(1)</script>,", html.Document.QuerySelector("main p")!.TextContent);
        var policy = html.Header("Content-Security-Policy")!;
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("; sandbox;", policy);
        Assert.DoesNotContain("unsafe-inline", policy);
    }

    [Fact] // M3
    public async Task A_message_whose_reason_is_gone_says_so_before_it_is_due()
    {
        var (person, message) = await ConfirmationAsync();
        await ground.Sql($"update bookings set state = 'cancelled' where person_id = '{person.Id}'");

        Assert.Contains("Nothing: the booking is cancelled now.", (await (await UnitAsync()).Get($"/manage/messages/{message}")).Text);
    }

    [Fact]
    public async Task A_parked_message_is_tried_again_from_the_beginning_when_asked_for()
    {
        var (_, message) = await ConfirmationAsync();
        await ground.Sql($"update messages set state = 'parked', settled_at = now(), attempts = 6, outcome = '550 Nobody', next_try_at = now() + interval '1 year' where id = '{message}'");

        var after = await (await (await UnitAsync()).Get($"/manage/messages/{message}")).Submit("Try it now");

        Assert.Contains("It is due now", after.Text);
        await using var db = ground.Db();
        var row = await db.Messages.SingleAsync(row => row.Id == message);
        Assert.Equal((MessageState.Due, 0, ground.Zone.Now), (row.State, row.Attempts, row.NextTryAt));
        Assert.True(await db.AuditEntries.AnyAsync(entry => entry.SubjectId == message && entry.Verb == "asked for a message again"));
    }

    [Fact] // M1
    public async Task Asking_again_for_a_message_that_was_sent_queues_another_once_and_leaves_the_first_as_it_was()
    {
        await using var room = new PostRoom(ground);
        var (person, message) = await ConfirmationAsync();
        await room.SendAsync();
        var unit = await UnitAsync();
        var page = await unit.Get($"/manage/messages/{message}");
        Assert.Contains("What was sent", page.Text);

        await page.Submit("Send another like it");
        await page.Submit("Send another like it");
        await room.SendAsync();

        var mails = room.Sink.Mails.Where(mail => mail.To == AddressAsync(person).Result).ToList();
        Assert.Equal(2, mails.Count);
        Assert.NotEqual(mails[0].Header("Message-ID"), mails[1].Header("Message-ID"));
    }

    [Fact] // M3
    public async Task A_reminder_that_is_asked_for_again_still_knows_its_session()
    {
        await using var room = new PostRoom(ground);
        var person = await ground.Given.Person();
        var booking = await ground.Given.Booking(await ground.Given.Session(), person);
        var message = await QueueAsync(person, booking, "session-reminder-7", "2024-06-03T09:30");
        await room.SendAsync();

        await (await (await UnitAsync()).Get($"/manage/messages/{message}")).Submit("Send another like it");
        await room.SendAsync();

        Assert.Equal(2, room.Sink.Mails.Count(mail => mail.To == AddressAsync(person).Result));
    }

    [Fact]
    public async Task An_unknown_message_is_not_found() =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await UnitAsync()).Get($"/manage/messages/{Guid.CreateVersion7()}")).Status);

    private async Task<Visitor> UnitAsync() => await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);

    private async Task<(Person, Guid)> ConfirmationAsync(string given = "Sam", string? family = null)
    {
        var person = await ground.Given.Person(given: given, family: family);
        var session = await ground.Given.Session();
        return (person, await QueueAsync(person, await ground.Given.Booking(session, person), "booking-confirmed", ""));
    }

    private async Task<Guid> QueueAsync(Person person, Learning.Bookings.Booking booking, string kind, string occurrence)
    {
        await using var db = ground.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await Outbox.QueueAsync(db, ground.Zone.Now, [new Outgoing { Kind = kind, PersonId = person.Id, SubjectId = booking.Id, SessionId = booking.SessionId, Occurrence = occurrence, Why = "A test." }]);
        await transaction.CommitAsync();
        return await db.Messages.Where(message => message.SubjectId == booking.Id).Select(message => message.Id).SingleAsync();
    }

    private Task<string> AddressAsync(Person person) => ground.Sql<string>($"select email from person_emails where person_id = '{person.Id}'");
}
