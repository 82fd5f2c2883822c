using Learning.Bookings;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Messages;

/// <summary>The sender against a real SMTP conversation and a real database.</summary>
public class SendMessagesTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // M1
    public async Task A_confirmation_goes_out_once_with_its_words_and_calendar_entry_and_says_so_on_its_row()
    {
        await using var room = new PostRoom(ground);
        var (person, session, booking, message) = await ConfirmationAsync();

        await room.SendAsync();
        await room.SendAsync();

        var mail = Assert.Single(room.Sink.Mails, mail => mail.To == Address(person));
        Assert.StartsWith("Your place is booked: ", mail.Subject);
        Assert.Equal($"<{message:N}@partnership.example>", mail.Header("Message-ID"));
        Assert.Equal("auto-generated", mail.Header("Auto-Submitted"));
        Assert.Contains("Monday 3 June 2024, 9:30am to 4pm", mail.Text("text/plain"));
        Assert.Contains("<li>Monday 3 June 2024, 9:30am to 4pm</li>", mail.Text("text/html"));
        Assert.Contains($"https://learning.example/sessions/{session.Ref}", mail.Text("text/plain"));
        var calendar = mail.Root.All().Single(part => part.Type == "text/calendar");
        Assert.Equal("REQUEST", calendar.Parameter("method"));
        Assert.Contains($"UID:{booking.Id}@partnership.example", calendar.Content);
        Assert.Equal(calendar.Content, mail.Text("application/ics"));

        await using var db = ground.Db();
        var row = await db.Messages.SingleAsync(row => row.Id == message);
        Assert.Equal((MessageState.Sent, Address(person), mail.Subject, ground.Zone.Now), (row.State, row.SentTo!, row.SentSubject!, row.SentAt!.Value));
    }

    [Fact] // M2
    public async Task Two_senders_at_once_send_each_message_once()
    {
        await using var room = new PostRoom(ground);
        var people = new List<Person>();
        var session = await ground.Given.Session(capacity: 40);
        for (var i = 0; i < 25; i++)
        {
            people.Add(await ground.Given.Person());
            await QueueAsync("booking-confirmed", people[i], (await ground.Given.Booking(session, people[i])).Id);
        }

        await Task.WhenAll(room.SendAsync(), room.SendAsync());

        Assert.Equal(people.Select(Address).Order(), room.Sink.Mails.Select(mail => mail.To).Intersect(people.Select(Address)).Order());
        Assert.Equal(room.Sink.Mails.Count, room.Sink.Mails.DistinctBy(mail => mail.Header("Message-ID")).Count());
    }

    [Fact] // M1
    public async Task Dying_between_the_servers_acceptance_and_the_commit_repeats_that_one_message_under_its_Message_ID()
    {
        await using var room = new PostRoom(ground);
        var (person, _, _, message) = await ConfirmationAsync();
        // What became of the letter can not be written down any more once the server has accepted it, as where the process dies.
        room.Sink.WhenAccepted = async mail =>
        {
            if (mail.To == Address(person))
            {
                room.Sink.WhenAccepted = _ => Task.CompletedTask;
                await ground.OwnerSql("create trigger messages_die before update on messages for each row when (new.state = 'sent') execute function refuse_change()");
            }
        };

        await Assert.ThrowsAnyAsync<Exception>(room.SendAsync);
        await ground.OwnerSql("drop trigger messages_die on messages");
        await room.SendAsync();
        Assert.Single(room.Sink.Mails, mail => mail.To == Address(person));
        // For less than a minute nobody else takes what it had in hand.
        ground.Clock.Advance(TimeSpan.FromSeconds(55));
        await room.SendAsync();

        var mails = room.Sink.Mails.Where(mail => mail.To == Address(person)).ToList();
        Assert.Equal([$"<{message:N}@partnership.example>", $"<{message:N}@partnership.example>"], mails.Select(mail => mail.Header("Message-ID")!));
        await room.SendAsync();
        Assert.Equal(2, room.Sink.Mails.Count(mail => mail.To == Address(person)));
    }

    [Fact] // M3
    public async Task Nothing_goes_out_for_a_booking_cancelled_or_a_session_cancelled_or_begun_meanwhile()
    {
        await using var room = new PostRoom(ground);
        var (cancelled, _, booking, cancelledMessage) = await ConfirmationAsync();
        var (called, session, _, calledMessage) = await ConfirmationAsync();
        var (late, begun, _, lateMessage) = await ConfirmationAsync();
        await ground.Sql($"update bookings set state = 'cancelled' where id = '{booking.Id}'");
        await ground.Sql($"update sessions set status = 'cancelled', cancelled_at = now() where id = '{session.Id}'");
        await ground.Sql($"update sessions set starts_at = '2024-05-15 07:59Z' where id = '{begun.Id}'");

        await room.SendAsync();

        string[] silent = [Address(cancelled), Address(called), Address(late)];
        Assert.DoesNotContain(room.Sink.Mails, mail => silent.Contains(mail.To));
        Assert.Equal(
            ["the booking is cancelled now", "the session is cancelled", "the session has begun"],
            await Task.WhenAll(new[] { cancelledMessage, calledMessage, lateMessage }.Select(id => ground.Sql<string>($"select outcome from messages where id = '{id}' and state = 'dropped'"))));
    }

    [Fact] // M5
    public async Task A_refused_address_is_tried_after_1_minute_5_30_2_hours_and_12_then_parked_and_marked()
    {
        await using var room = new PostRoom(ground);
        var (person, _, _, message) = await ConfirmationAsync();
        room.Sink.Refuses = to => to == Address(person) ? "550 5.1.1 No such person" : null;
        var started = ground.Zone.Now;
        try
        {
            var waits = new List<double>();
            for (var refusal = 1; refusal <= 6; refusal++)
            {
                await room.SendAsync();
                var row = await RowAsync(message);
                Assert.Equal(refusal, row.Attempts);
                Assert.Contains("No such person", row.Outcome);
                if (row.State == MessageState.Due)
                {
                    waits.Add((row.NextTryAt - ground.Zone.Now).TotalMinutes);
                    ground.Clock.Advance(row.NextTryAt - ground.Zone.Now - TimeSpan.FromSeconds(1));
                    await room.SendAsync();
                    Assert.Equal(refusal, (await RowAsync(message)).Attempts);
                    ground.Clock.Advance(TimeSpan.FromSeconds(1));
                }
            }

            Assert.Equal([1, 5, 30, 120, 720], waits);
            Assert.Equal(MessageState.Parked, (await RowAsync(message)).State);
            Assert.True(await ground.Sql<bool>($"select bounced_at is not null from person_emails where person_id = '{person.Id}'"));
            Assert.DoesNotContain(room.Sink.Mails, mail => mail.To == Address(person));
        }
        finally
        {
            ground.Clock.Advance(started - ground.Zone.Now);
        }
    }

    [Fact] // M5
    public async Task One_refused_address_does_not_hold_up_the_others()
    {
        await using var room = new PostRoom(ground);
        var (refused, _, _, _) = await ConfirmationAsync();
        var (other, _, _, _) = await ConfirmationAsync();
        room.Sink.Refuses = to => to == Address(refused) ? "450 4.2.1 Full" : null;

        await room.SendAsync();

        Assert.Contains(room.Sink.Mails, mail => mail.To == Address(other));
        Assert.False(await ground.Sql<bool>($"select bounced_at is not null from person_emails where person_id = '{refused.Id}'"));
    }

    [Fact] // M5
    public async Task A_mail_server_that_cannot_be_reached_is_no_fault_of_the_message()
    {
        var (person, _, _, message) = await ConfirmationAsync();
        await using (var room = new PostRoom(ground, MailServer.Of($"smtp://127.0.0.1:{await FreePortAsync()}?tls=none")))
        {
            Assert.NotNull((await room.SendAsync()).Unreachable);
        }

        var row = await RowAsync(message);
        Assert.Equal((MessageState.Due, 0), (row.State, row.Attempts));
        Assert.Contains("127.0.0.1 port", row.Outcome);
        ground.Clock.Advance(TimeSpan.FromMinutes(1));
        await using var later = new PostRoom(ground);
        await later.SendAsync();
        Assert.Contains(later.Sink.Mails, mail => mail.To == Address(person));
    }

    [Fact]
    public async Task A_message_of_a_kind_that_nobody_knows_waits_for_a_program_that_does()
    {
        await using var room = new PostRoom(ground);
        var message = await QueueAsync("kind-of-tomorrow", await ground.Given.Person(), Guid.CreateVersion7());

        await room.SendAsync();

        var row = await RowAsync(message);
        Assert.Equal((MessageState.Due, 1), (row.State, row.Attempts));
        Assert.Contains("kind-of-tomorrow", row.Outcome);
    }

    [Fact]
    public async Task A_name_or_a_title_begins_no_header_and_no_markup()
    {
        await using var room = new PostRoom(ground);
        var person = await ground.Given.Person(given: "Eve\r\nBcc: all@agency.example", family: "\"<x@y.example>");
        var course = await ground.Given.Course(title: "<b>Bold</b> *stars* [link](https://evil.example)\r\nX-Evil: yes");
        var session = await ground.Given.Session(course);
        await QueueAsync("booking-confirmed", person, (await ground.Given.Booking(session, person)).Id);

        await room.SendAsync();

        var mail = Assert.Single(room.Sink.Mails, mail => mail.To == Address(person));
        Assert.Null(mail.Header("Bcc"));
        Assert.Null(mail.Header("X-Evil"));
        Assert.Contains("<b>Bold</b> *stars* [link](https://evil.example) X-Evil: yes", mail.Subject);
        Assert.Contains("You have a place on <b>Bold</b> *stars* [link](https://evil.example) X-Evil: yes.", mail.Text("text/plain"));
        Assert.Contains("&lt;b&gt;Bold&lt;/b&gt; *stars* [link](https://evil.example)", mail.Text("text/html"));
    }

    [Fact]
    public async Task Every_character_and_every_line_arrives_as_it_was_written()
    {
        await using var room = new PostRoom(ground);
        var person = await ground.Given.Person(given: "Zoë 山田", family: "O’Neill");
        var session = await ground.Given.Session(await ground.Given.Course(title: "€5 – “quoted” " + new string('x', 1200)));
        await QueueAsync("booking-confirmed", person, (await ground.Given.Booking(session, person)).Id);

        await room.SendAsync();

        var mail = Assert.Single(room.Sink.Mails, mail => mail.To == Address(person));
        Assert.Equal($"Your place is booked: €5 – “quoted” {new string('x', 1200)}, Monday 3 June 2024", mail.Subject);
        Assert.StartsWith($"Dear Zoë 山田,\r\n\r\nYou have a place on €5 – “quoted” {new string('x', 1200)}.\r\n", mail.Text("text/plain"));
        Assert.Contains("Zoë 山田 O’Neill", MailPart.Words(mail.Header("To")!));
        Assert.All(room.Sink.Mails, one => Assert.All(one.Raw.Split("\r\n"), line => Assert.InRange(line.Length, 0, 998)));
    }

    [Theory]
    [InlineData(".\n.\n..two\n.dot first\n")]
    [InlineData(".\n€\n..two\n")]
    public async Task A_line_that_begins_with_a_dot_ends_no_mail(string text)
    {
        await using var room = new PostRoom(ground);
        var me = new Correspondent("Me", "me@agency.example");

        var delivery = await room.HandOverAsync(new Letter { MessageId = "<1@agency.example>", From = me, To = me, Subject = ".", Text = text, Html = $"<p>\n{text}</p>" });

        Assert.IsType<Delivery.Accepted>(delivery);
        var mail = Assert.Single(room.Sink.Mails);
        Assert.Equal(text, mail.Text("text/plain")!.ReplaceLineEndings("\n"));
        Assert.Equal($"<p>\n{text}</p>", mail.Text("text/html")!.ReplaceLineEndings("\n").TrimEnd('\n'));
    }

    private async Task<(Person, Session, Booking, Guid)> ConfirmationAsync()
    {
        var (person, session) = (await ground.Given.Person(), await ground.Given.Session());
        var booking = await ground.Given.Booking(session, person);
        return (person, session, booking, await QueueAsync("booking-confirmed", person, booking.Id));
    }

    private async Task<Guid> QueueAsync(string kind, Person person, Guid subject)
    {
        await using var db = ground.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        Assert.Equal(1, await Outbox.QueueAsync(db, ground.Zone.Now, [new Outgoing { Kind = kind, PersonId = person.Id, SubjectId = subject, Why = "A test." }]));
        await transaction.CommitAsync();
        return await db.Messages.Where(message => message.SubjectId == subject).Select(message => message.Id).SingleAsync();
    }

    private async Task<Message> RowAsync(Guid id)
    {
        await using var db = ground.Db();
        return await db.Messages.SingleAsync(message => message.Id == id);
    }

    private string Address(Person person)
    {
        using var db = ground.Db();
        return db.PersonEmails.Single(email => email.PersonId == person.Id).Email;
    }

    private static async Task<int> FreePortAsync()
    {
        await using var gone = new SmtpSink();
        return gone.Port;
    }
}
