using System.Data.Common;

using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>What one run of the sender did.</summary>
/// <param name="Unreachable">What the mail server's connection failed of, where it did: nothing more was tried.</param>
public sealed record SendingRun(int Sent, int Dropped, int Refused, string? Unreachable)
{
    /// <summary>How many messages it dealt with.</summary>
    public int Settled => Sent + Dropped + Refused;
}

/// <summary>
/// Sends what is due, until nothing is. Each message is claimed by a lock on its row, which other senders pass over, and has a transaction of its own: the
/// reason is checked again (M3), the letter handed over, the outcome committed. If the process dies between the server's acceptance and that commit, this
/// one message is sent again, under the same Message-ID (M1). Any number of servers may run this at once.
/// A refusal backs off and is at last parked (M5). A server that cannot be reached is no fault of the message: it stays as it was, to be tried a minute later.
/// </summary>
public sealed class SendMessages(IDbContextFactory<LearningDb> databases, WriteLetter write, Func<IMailTransport> transport, Zone zone, ILogger<SendMessages> log)
{
    // Conversations with the mail server at once, and from how many messages each is worth opening.
    private const int Lanes = 4;
    private const int WorthALane = 10;

    public async Task<SendingRun> RunAsync(CancellationToken stop = default)
    {
        var lanes = await LanesAsync(stop);
        var runs = await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => LaneAsync(stop)));
        return new SendingRun(
            runs.Sum(run => run.Sent), runs.Sum(run => run.Dropped), runs.Sum(run => run.Refused), runs.FirstOrDefault(run => run.Unreachable is not null)?.Unreachable);
    }

    private async Task<int> LanesAsync(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var now = zone.Now;
        var due = await db.Messages.Where(message => message.State == MessageState.Due && message.NextTryAt <= now)
            .OrderBy(message => message.NextTryAt).Take(Lanes * WorthALane).CountAsync(stop);
        return (due + WorthALane - 1) / WorthALane;
    }

    private async Task<SendingRun> LaneAsync(CancellationToken stop)
    {
        var (sent, dropped, refused) = (0, 0, 0);
        await using var line = new MailLine(transport);
        while (!stop.IsCancellationRequested)
        {
            // Once claimed, a message is brought to its end, also while the program is being stopped: a letter takes half a minute at most.
            switch (await NextAsync(line))
            {
                case null:
                    return new SendingRun(sent, dropped, refused, null);
                case { Delivery: Delivery.Unreachable unreachable }:
                    return new SendingRun(sent, dropped, refused, unreachable.Answer);
                case { State: MessageState.Sent }:
                    sent++;
                    break;
                case { State: MessageState.Dropped }:
                    dropped++;
                    break;
                default:
                    refused++;
                    break;
            }
        }

        return new SendingRun(sent, dropped, refused, null);
    }

    private sealed record Settled(MessageState State, Delivery? Delivery);

    private async Task<Settled?> NextAsync(MailLine line)
    {
        await using var db = await databases.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var now = zone.Now;
        var message = (await db.Messages.FromSql($"""
            select * from messages where state = 'due' and next_try_at <= {now} order by next_try_at limit 1 for update skip locked
            """).ToListAsync()).SingleOrDefault();
        if (message is null)
        {
            return null;
        }

        var delivery = await TryAsync(db, message, line);
        if (message.State != MessageState.Due && write.IsSecret(message))
        {
            message.Forget();
        }

        if (message.State != MessageState.Due && write.IsTraceless(message))
        {
            message.LeaveNoTrace();
        }

        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return new Settled(message.State, delivery);
    }

    private async Task<Delivery?> TryAsync(LearningDb db, Message message, MailLine line)
    {
        Draft draft;
        try
        {
            draft = await write.RunAsync(db, message, CancellationToken.None);
        }
        catch (Exception e) when (e is not DbException)
        {
            log.LogError(e, "The message {Id} of the kind {Kind} could not be put into words", message.Id, message.Kind);
            message.Refuse($"It could not be put into words: {e.Message}", zone.Now);
            return null;
        }

        switch (draft)
        {
            case Draft.Dropped dropped:
                message.Settle(MessageState.Dropped, dropped.Why, zone.Now);
                return null;
            case Draft.Nowhere nowhere:
                // Nothing that anybody has to look into: people without an address are told by whoever books for them.
                message.Settle(MessageState.Dropped, nowhere.Why, zone.Now);
                return null;
            case Draft.Ready { Letter: var letter }:
                var delivery = await line.SendAsync(letter, CancellationToken.None);
                await RecordAsync(db, message, letter, delivery);
                return delivery;
            default:
                throw new InvalidOperationException($"{draft} is no draft.");
        }
    }

    private async Task RecordAsync(LearningDb db, Message message, Letter letter, Delivery delivery)
    {
        switch (delivery)
        {
            case Delivery.Accepted accepted:
                message.Send(letter, accepted.Answer, zone.Now, write.IsSecret(message));
                await MarkAsync(db, letter.To, null);
                break;
            case Delivery.Refused refused:
                message.Refuse(refused.Answer, zone.Now);
                if (refused.Bounced)
                {
                    await MarkAsync(db, letter.To, zone.Now);
                }

                break;
            case Delivery.Unreachable unreachable:
                message.Wait(unreachable.Answer, zone.Now);
                break;
        }
    }

    // M5: an address that the server refuses for good is marked, until it is accepted again.
    private static Task<int> MarkAsync(LearningDb db, Correspondent to, DateTimeOffset? bounced) =>
        db.PersonEmails.Where(email => email.Email == PersonEmail.Normal(to.Address) && email.BouncedAt != bounced)
            .ExecuteUpdateAsync(set => set.SetProperty(email => email.BouncedAt, bounced));
}
