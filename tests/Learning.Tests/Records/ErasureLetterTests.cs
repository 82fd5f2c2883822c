using Learning.Messages;
using Learning.People;
using Learning.Records;
using Learning.Tests.Messages;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Records;

/// <summary>P5: the last letter to somebody who is erased leaves, and nothing is left of where it went.</summary>
public class ErasureLetterTests(Ground ground) : IClassFixture<Ground>
{
    private static int made;

    [Fact] // P5, M1
    public async Task Who_asked_for_it_is_told_that_it_is_done_and_afterwards_the_database_does_not_know_where()
    {
        await using var room = new PostRoom(ground);
        var (person, address) = await SomebodyAsync();
        await ground.With((ErasureWishes wishes) => wishes.AskAsync(null, new Actor(person.Id, new HashSet<Role>(), new HashSet<Guid>())));

        Assert.IsType<EraseOutcome.Erased>(await EraseAsync(person, Actor.Machine));
        await room.SendAsync();

        var mail = Assert.Single(room.Sink.Mails, mail => mail.To == address);
        Assert.Equal("Your training record has been erased", mail.Subject);
        Assert.Contains("You asked us to erase your training record. We did so on Wednesday 15 May 2024.", mail.Text("text/plain"));
        Assert.Empty(await LeftAsync(address));
        Assert.Equal("sent", await StateAsync(person));
    }

    [Fact] // P5
    public async Task Who_is_erased_by_the_business_unit_is_told_and_the_mail_server_may_quote_the_address()
    {
        await using var room = new PostRoom(ground);
        var (person, address) = await SomebodyAsync();

        Assert.IsType<EraseOutcome.Erased>(await EraseAsync(person, await ground.Given.Actor(await ground.Given.Unit())));
        Assert.NotEmpty(await LeftAsync(address));
        await room.SendAsync();

        var text = Assert.Single(room.Sink.Mails, mail => mail.To == address).Text("text/plain");
        Assert.StartsWith("Hello,\r\n\r\nWe erased your training record on Wednesday 15 May 2024.", text);
        Assert.DoesNotContain("Sam", text);
        Assert.Empty(await LeftAsync(address));
    }

    [Fact] // M2
    public async Task Erased_twice_somebody_is_told_once()
    {
        await using var room = new PostRoom(ground);
        var (person, address) = await SomebodyAsync();
        var unit = await ground.Given.Actor(await ground.Given.Unit());

        await EraseAsync(person, unit);
        await room.SendAsync();
        Assert.IsType<EraseOutcome.Erased>(await EraseAsync(person, unit));
        await room.SendAsync();

        Assert.Single(room.Sink.Mails, mail => mail.To == address);
        await using var db = ground.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        Assert.Equal(0, await Outbox.QueueAsync(db, ground.Zone.Now, [new Outgoing { Kind = ErasureLetter.Kind, Address = address, SubjectId = person.Id, Why = "A person was erased." }]));
    }

    [Fact] // P5: the program has told them before, or no mail leaves, or there is no address
    public async Task Retention_says_no_more_and_where_no_mail_leaves_no_address_lies_about()
    {
        var (old, oldAddress) = await SomebodyAsync();
        await EraseAsync(old, Actor.Machine);
        Assert.Empty(await LeftAsync(oldAddress));

        var (person, address) = await SomebodyAsync();
        await EraseAsync(person, await ground.Given.Actor(await ground.Given.Unit()), new MailSetting(null));
        Assert.Empty(await LeftAsync(address));

        var (nobody, none) = await SomebodyAsync();
        await ground.Sql($"delete from person_emails where person_id = '{nobody.Id}'");
        Assert.IsType<EraseOutcome.Erased>(await EraseAsync(nobody, await ground.Given.Actor(await ground.Given.Unit())));
        Assert.Empty(await LeftAsync(none));
    }

    [Fact] // P5, M5
    public async Task A_letter_that_is_refused_to_the_last_is_given_up_and_forgotten_and_asking_for_it_again_sends_nothing()
    {
        await using var room = new PostRoom(ground);
        var (person, address) = await SomebodyAsync();
        room.Sink.Refuses = to => to == address ? $"450 4.2.1 {to} is full" : null;
        var (unit, started) = (await ground.Given.Actor(await ground.Given.Unit()), ground.Zone.Now);
        await EraseAsync(person, unit);
        try
        {
            for (var refusal = 1; refusal <= 6; refusal++)
            {
                await room.SendAsync();
                ground.Clock.Advance(TimeSpan.FromHours(12));
            }

            Assert.Equal("parked", await StateAsync(person));
            Assert.Empty(await LeftAsync(address));

            room.Sink.Refuses = _ => null;
            var message = await IdAsync(person);
            await ground.With((SendAgain again) => again.RunAsync(message, unit));
            await room.SendAsync();
            Assert.Equal("dropped", await StateAsync(person));
            Assert.DoesNotContain(room.Sink.Mails, mail => mail.To == address);
        }
        finally
        {
            ground.Clock.Advance(started - ground.Zone.Now);
        }
    }

    [Fact] // P5: an address that is not to be kept does not wait for a mail server that is gone
    public async Task A_letter_that_cannot_leave_for_three_days_is_given_up_and_forgotten()
    {
        var (person, address) = await SomebodyAsync();
        await EraseAsync(person, await ground.Given.Actor(await ground.Given.Unit()));
        var started = ground.Zone.Now;
        try
        {
            await using var gone = new PostRoom(ground, MailServer.Of("smtp://127.0.0.1:9?tls=none"));
            await gone.SendAsync();
            Assert.Equal("due", await StateAsync(person));
            Assert.NotEmpty(await LeftAsync(address));

            ground.Clock.Advance(TimeSpan.FromDays(3) + TimeSpan.FromMinutes(1));
            await gone.SendAsync();
            Assert.Equal("dropped", await StateAsync(person));
            Assert.Empty(await LeftAsync(address));
        }
        finally
        {
            ground.Clock.Advance(started - ground.Zone.Now);
        }
    }

    [Fact] // P5
    public async Task The_page_says_whether_a_last_mail_goes()
    {
        var (person, _) = await SomebodyAsync();
        var reader = await (await ground.SiteAsync()).SignedInAsync((await ground.Given.Unit()).Id);
        Assert.Contains("No mail leaves here: if they are to know that it is done, write to them yourself", (await reader.Get($"/manage/people/{person.Id}/erase")).Text);

        await using var site = await WebsiteUnderTest.StartAsync(ground.ConnectionString, ground.Clock, settings: settings => settings with { Mail = MailServer.Of("smtp://127.0.0.1:9?tls=none") });
        reader = await site.SignedInAsync((await ground.Given.Unit()).Id);
        Assert.Contains("One last mail to their main address says that it is done. Neither the mail nor the address is kept.", (await reader.Get($"/manage/people/{person.Id}/erase")).Text);
    }

    private async Task<(Person Person, string Address)> SomebodyAsync()
    {
        var address = $"gone{Interlocked.Increment(ref made)}@erased{made}.example";
        return (await ground.Given.Person(await ground.Given.Agency(), address), address);
    }

    private Task<EraseOutcome> EraseAsync(Person person, Actor actor, MailSetting? mail = null) => ground.With((IDbContextFactory<LearningDb> databases) =>
        new ErasePerson(databases, ground.Zone, mail ?? new MailSetting(MailServer.Of("smtp://127.0.0.1:25?tls=none"))).RunAsync(person.Id, "It was time.", actor));

    private Task<List<string>> LeftAsync(string address) => WholeDatabase.HoldingAsync(ground.OwnerConnectionString, address, address.Split('@')[1]);

    private Task<Guid> IdAsync(Person person) => ground.Sql<Guid>($"select id from messages where kind = 'record-erased' and subject_id = '{person.Id}'");

    private Task<string> StateAsync(Person person) => ground.Sql<string>($"select state from messages where kind = 'record-erased' and subject_id = '{person.Id}'");
}
