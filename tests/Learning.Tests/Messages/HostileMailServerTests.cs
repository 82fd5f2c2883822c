using Learning.Messages;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Messages;

/// <summary>Mail servers as they are: slow, full, suspicious, tired. Nothing is lost, nothing doubled, and the pages say what happens. With whichever transport is built in.</summary>
public class HostileMailServerTests(Ground ground) : IClassFixture<Ground>, IAsyncLifetime
{
    private PostRoom room = new(ground);

    public Task InitializeAsync() => ground.Sql("update messages set state = 'dropped', settled_at = now() where state = 'due'");

    public async Task DisposeAsync() => await room.DisposeAsync();

    [Fact] // M1, M2
    public async Task One_that_is_slow_gets_each_letter_once()
    {
        var people = await QueuedAsync(24);
        room.Sink.Slowness = TimeSpan.FromMilliseconds(25);

        await Task.WhenAll(room.SendAsync(), room.SendAsync());

        await EachOnceAsync(people);
    }

    [Fact] // M1, M5
    public async Task One_that_closes_after_ten_letters_gets_all_of_them_in_one_run()
    {
        var people = await QueuedAsync(45);
        room.Sink.Says = moment => moment is { Taken: 10, Verb: "MAIL" } ? SmtpSink.Closes : null;

        Assert.Null((await room.SendAsync()).Unreachable);

        await EachOnceAsync(people);
        Assert.All(room.Sink.Mails.GroupBy(mail => mail.Header("Message-ID")), one => Assert.Single(one));
        Assert.True(room.Sink.Connections >= 5);
    }

    [Fact] // M1, M5
    public async Task One_that_says_goodbye_after_ten_letters_gets_all_of_them_in_one_run()
    {
        var people = await QueuedAsync(25);
        room.Sink.Says = moment => moment is { Taken: 10, Verb: "MAIL" } ? "421 4.7.0 Enough for one connection" : null;

        Assert.Null((await room.SendAsync()).Unreachable);

        await EachOnceAsync(people);
    }

    [Fact] // M5
    public async Task One_that_greylists_gets_each_letter_a_minute_later_and_the_list_says_so_meanwhile()
    {
        var people = await QueuedAsync(5);
        room.Sink.Says = moment => moment is { Verb: "RCPT", Tries: 0 } ? "451 4.7.1 Greylisted, come back later" : null;

        await room.SendAsync();

        Assert.Empty(room.Sink.Mails);
        var page = await (await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id)).Get("/manage/messages?state=due");
        Assert.Contains("Refused 1 time, next try", page.Text);
        Assert.Contains("Greylisted, come back later", page.Text);
        await room.SendAsync();
        Assert.Empty(room.Sink.Mails);
        await MinuteLaterAsync();
        await EachOnceAsync(people);
        Assert.False(await ground.Sql<bool>($"select exists (select from person_emails where bounced_at is not null and person_id = '{people[0].Id}')"));
    }

    [Theory] // M1, M5
    [InlineData("GREETING")]
    [InlineData("MAIL")]
    [InlineData("DATA")]
    [InlineData("END")]
    public async Task One_that_hangs_in_the_middle_costs_a_wait_and_no_letter(string where)
    {
        await room.DisposeAsync();
        room = new PostRoom(ground, patience: TimeSpan.FromSeconds(4));
        var people = await QueuedAsync(4);
        var hung = 0;
        room.Sink.Says = moment => moment.Verb == where && Interlocked.Increment(ref hung) == 1 ? SmtpSink.Hangs : null;

        var run = await room.SendAsync();

        Assert.Contains("no answer within 4 seconds", run.Unreachable);
        Assert.Equal(1L, await ground.Sql<long>("select count(*) from messages where state = 'due' and attempts = 0 and outcome like '%no answer within 4 seconds%'"));
        await MinuteLaterAsync();
        await EachOnceAsync(people);
    }

    [Theory] // M5
    [InlineData("GREETING", "421 4.3.2 Too busy")]
    [InlineData("GREETING", SmtpSink.Closes)]
    [InlineData("EHLO", "421 4.3.2 Closing")]
    public async Task One_that_will_not_talk_is_no_fault_of_any_letter(string where, string says)
    {
        var people = await QueuedAsync(3);
        room.Sink.Says = moment => moment.Verb == where || (where == "EHLO" && moment.Verb == "HELO") ? says : null;

        Assert.NotNull((await room.SendAsync()).Unreachable);
        Assert.Equal(3L, await ground.Sql<long>("select count(*) from messages where state = 'due' and attempts = 0"));

        room.Sink.Says = _ => null;
        await MinuteLaterAsync();
        await EachOnceAsync(people);
    }

    [Fact] // M5
    public async Task One_that_offers_no_encryption_hears_no_password_and_no_letter_where_both_are_asked_for()
    {
        var people = await QueuedAsync(1);
        await using var strict = new PostRoom(ground, MailServer.Of($"smtp://learning:SECRET@127.0.0.1:{room.Sink.Port}?tls=starttls"));
        var heard = new System.Collections.Concurrent.ConcurrentBag<string>();
        room.Sink.Says = moment =>
        {
            heard.Add(moment.Verb);
            return null;
        };

        var run = await strict.SendAsync();

        Assert.NotNull(run.Unreachable);
        Assert.DoesNotContain("SECRET", run.Unreachable);
        Assert.DoesNotContain(heard, verb => verb is "AUTH" or "MAIL" or "DATA");
        Assert.Empty(room.Sink.Mails);
        room.Sink.Says = _ => null;
        await MinuteLaterAsync();
        await EachOnceAsync(people);
    }

    [Theory] // M5
    [InlineData("MAIL", "451 4.3.0 Try again")]
    [InlineData("DATA", "452 4.3.1 No room")]
    [InlineData("END", "451 4.3.0 Could not store it")]
    [InlineData("END", "554 5.6.0 We do not like its words")]
    public async Task What_it_says_of_a_letter_stands_on_the_letters_row_and_the_others_go_on(string where, string says)
    {
        var people = await QueuedAsync(6);
        var said = 0;
        room.Sink.Says = moment => moment.Verb == where && Interlocked.Increment(ref said) == 1 ? says : null;

        await room.SendAsync();

        Assert.Equal(5, room.Sink.Mails.Count);
        Assert.Equal(1L, await ground.Sql<long>($"select count(*) from messages where state = 'due' and attempts = 1 and outcome like '%{says[10..]}%'"));
        Assert.Equal(0L, await ground.Sql<long>("select count(*) from person_emails where bounced_at is not null"));
        await MinuteLaterAsync();
        await EachOnceAsync(people);
    }

    [Fact] // M5
    public async Task One_that_rejects_a_single_recipient_delivers_to_all_the_others_and_the_page_names_the_one()
    {
        var people = await QueuedAsync(12);
        await using var db = ground.Db();
        var rejected = db.PersonEmails.Single(email => email.PersonId == people[5].Id).Email;
        room.Sink.Refuses = to => to == rejected ? "550 5.1.1 No such person" : null;

        await room.SendAsync();

        Assert.Equal(11, room.Sink.Mails.Count);
        Assert.True(await ground.Sql<bool>($"select bounced_at is not null from person_emails where email = '{rejected}'"));
        var id = await ground.Sql<Guid>($"select id from messages where person_id = '{people[5].Id}'");
        var page = await (await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id)).Get($"/manage/messages/{id}");
        Assert.Contains("The mail server has refused this address for good.", page.Text);
        Assert.Contains("No such person", page.Text);
    }

    private async Task MinuteLaterAsync()
    {
        ground.Clock.Advance(TimeSpan.FromSeconds(61));
        await room.SendAsync();
        ground.Clock.Advance(TimeSpan.FromSeconds(-61));
    }

    private async Task EachOnceAsync(List<Person> people)
    {
        await using var db = ground.Db();
        var ids = people.ConvertAll(person => person.Id);
        Assert.Equal(await db.PersonEmails.Where(email => ids.Contains(email.PersonId)).Select(email => email.Email).Order().ToListAsync(), room.Sink.Mails.Select(mail => mail.To).Order(StringComparer.Ordinal));
        Assert.Equal(people.Count, await db.Messages.CountAsync(message => ids.Contains(message.PersonId!.Value) && message.State == MessageState.Sent));
    }

    private async Task<List<Person>> QueuedAsync(int count)
    {
        var session = await ground.Given.Session(capacity: count);
        var people = new List<Person>();
        for (var i = 0; i < count; i++)
        {
            people.Add(await ground.Given.Person(email: $"p{i:00}-{Guid.CreateVersion7():N}@agency.example"));
            var booking = await ground.Given.Booking(session, people[i]);
            await using var db = ground.Db();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await Outbox.QueueAsync(db, ground.Zone.Now, [new Outgoing { Kind = "booking-confirmed", PersonId = people[i].Id, SubjectId = booking.Id, SessionId = session.Id, Why = "A test." }]);
            await transaction.CommitAsync();
        }

        return people;
    }
}
