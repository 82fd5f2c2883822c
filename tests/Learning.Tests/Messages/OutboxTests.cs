using Learning.Messages;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.EntityFrameworkCore;

namespace Learning.Tests.Messages;

public class OutboxTests(Ground ground) : IClassFixture<Ground>
{
    [Fact] // M2
    public async Task A_message_queued_twice_is_one_and_another_occurrence_is_another()
    {
        var person = await ground.Given.Person();
        var first = About(person, "7 days before");

        Assert.Equal(1, await QueueAsync([first]));
        Assert.Equal(1, await QueueAsync([first with { Why = "Once more." }, first with { Occurrence = "1 day before" }]));

        await using var db = ground.Db();
        Assert.Equal(["1 day before: A test.", "7 days before: A test."], await db.Messages.Where(message => message.PersonId == person.Id)
            .OrderBy(message => message.Occurrence).Select(message => message.Occurrence + ": " + message.Why).ToListAsync());
    }

    [Fact] // M2
    public async Task The_same_message_queued_by_two_servers_at_once_is_one()
    {
        var person = await ground.Given.Person();
        var outgoing = About(person, "");

        var queued = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => QueueAsync([outgoing])));

        Assert.Equal(1, queued.Sum());
    }

    [Fact] // M1
    public async Task A_message_is_gone_with_the_transaction_that_is_rolled_back_and_never_queued_without_one()
    {
        var person = await ground.Given.Person();
        await using var db = ground.Db();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Outbox.QueueAsync(db, ground.Zone.Now, [About(person, "")]));

        await using (await db.Database.BeginTransactionAsync())
        {
            Assert.Equal(1, await Outbox.QueueAsync(db, ground.Zone.Now, [About(person, "")]));
        }

        Assert.False(await db.Messages.AnyAsync(message => message.PersonId == person.Id));
    }

    private static Outgoing About(Person person, string occurrence) => new()
    {
        Kind = "test", PersonId = person.Id, SubjectId = person.Id, Occurrence = occurrence, Why = "A test.", Data = new { position = 3 },
    };

    private async Task<int> QueueAsync(IReadOnlyList<Outgoing> messages)
    {
        await using var db = ground.Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var queued = await Outbox.QueueAsync(db, ground.Zone.Now, messages);
        await transaction.CommitAsync();
        return queued;
    }
}
