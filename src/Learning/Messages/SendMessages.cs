using System.Data.Common;

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
/// Sends what is due, until nothing is, over a few connections at once (<see cref="MailLine"/>). Messages are claimed a few at a time (<see cref="ClaimMessages"/>); of each the reason is checked again (M3), the letter handed
/// over, and what came of it written down at once (<see cref="RecordOutcomes"/>). If the process dies between the server's acceptance and that commit, the letter is sent again, under the same Message-ID (M1). Any number of
/// servers may run this at once. A refusal backs off and is at last parked (M5). A server that cannot be reached is no fault of the message: it stays as it was, to be tried a minute later.
/// </summary>
public sealed class SendMessages(IDbContextFactory<LearningDb> databases, WriteLetter write, Func<IMailTransport> transport, MailSetting mail, Zone zone, ILogger<SendMessages> log)
{
    // Conversations with the mail server at once, and from how many messages each is worth opening.
    private const int Lanes = 4;

    public async Task<SendingRun> RunAsync(CancellationToken stop = default)
    {
        var lanes = await LanesAsync(stop);
        if (lanes == 0)
        {
            return new SendingRun(0, 0, 0, null);
        }

        await using var outcomes = new RecordOutcomes(databases, zone);
        var runs = await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => LaneAsync(outcomes, stop)));
        return new SendingRun(
            runs.Sum(run => run.Sent), runs.Sum(run => run.Dropped), runs.Sum(run => run.Refused), runs.FirstOrDefault(run => run.Unreachable is not null)?.Unreachable);
    }

    private async Task<int> LanesAsync(CancellationToken stop)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var now = zone.Now;
        var due = await db.Messages.Where(message => message.State == MessageState.Due && message.NextTryAt <= now && (message.ClaimedUntil == null || message.ClaimedUntil <= now))
            .OrderBy(message => message.DueAt > message.QueuedAt).ThenBy(message => message.NextTryAt).Take(Lanes * ClaimMessages.Batch).CountAsync(stop);
        return (due + ClaimMessages.Batch - 1) / ClaimMessages.Batch;
    }

    private async Task<SendingRun> LaneAsync(RecordOutcomes outcomes, CancellationToken stop)
    {
        var run = new SendingRun(0, 0, 0, null);
        await using var line = new MailLine(transport);
        while (!stop.IsCancellationRequested && run.Unreachable is null)
        {
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            var left = await ClaimMessages.TakeAsync(db, zone);
            if (left.Count == 0)
            {
                break;
            }

            using var memory = LetterMemory.Begin(db);
            var readers = await write.ReadersAsync(db, left, CancellationToken.None);
            // Once begun, a letter is brought to its end, also while the program is being stopped: it takes half a minute at most. Those not begun are let go of.
            while (left.Count > 0 && !stop.IsCancellationRequested && run.Unreachable is null)
            {
                await ClaimMessages.KeepAsync(db, left, mail.Server?.Patience ?? TimeSpan.Zero, zone);
                var message = left[0];
                left.RemoveAt(0);
                var (letter, delivery) = await TryAsync(db, message, readers[message.Id], line);
                Forget(message);
                await outcomes.AddAsync(message, letter, delivery);
                run = Count(run, message, delivery);
            }

            await ClaimMessages.LetGoAsync(db, left);
        }

        return run;
    }

    private static SendingRun Count(SendingRun run, Message message, Delivery? delivery) => (delivery, message.State) switch
    {
        (Delivery.Unreachable unreachable, _) => run with { Unreachable = unreachable.Answer },
        (_, MessageState.Sent) => run with { Sent = run.Sent + 1 },
        (_, MessageState.Dropped) => run with { Dropped = run.Dropped + 1 },
        _ => run with { Refused = run.Refused + 1 },
    };

    private void Forget(Message message)
    {
        if (message.State != MessageState.Due && write.IsSecret(message))
        {
            message.Forget();
        }

        if (message.State != MessageState.Due && write.IsTraceless(message))
        {
            message.LeaveNoTrace();
        }
    }

    private async Task<(Letter? Letter, Delivery? Delivery)> TryAsync(LearningDb db, Message message, LetterReader reader, MailLine line)
    {
        Draft draft;
        try
        {
            draft = await write.RunAsync(db, message, reader, CancellationToken.None);
        }
        catch (Exception e) when (e is not DbException)
        {
            log.LogError(e, "The message {Id} of the kind {Kind} could not be put into words", message.Id, message.Kind);
            message.Refuse($"It could not be put into words: {e.Message}", zone.Now);
            return default;
        }

        switch (draft)
        {
            case Draft.Dropped dropped:
                message.Settle(MessageState.Dropped, dropped.Why, zone.Now);
                return default;
            case Draft.Nowhere nowhere:
                // Nothing that anybody has to look into: people without an address are told by whoever books for them.
                message.Settle(MessageState.Dropped, nowhere.Why, zone.Now);
                return default;
            case Draft.Ready { Letter: var letter }:
                var delivery = await line.SendAsync(letter, CancellationToken.None);
                Settle(message, letter, delivery);
                return (letter, delivery);
            default:
                throw new InvalidOperationException($"{draft} is no draft.");
        }
    }

    private void Settle(Message message, Letter letter, Delivery delivery)
    {
        switch (delivery)
        {
            case Delivery.Accepted accepted:
                message.Send(letter, accepted.Answer, zone.Now, write.IsSecret(message));
                break;
            case Delivery.Refused refused:
                message.Refuse(refused.Answer, zone.Now);
                break;
            case Delivery.Unreachable unreachable:
                message.Wait(unreachable.Answer, zone.Now);
                break;
        }
    }
}
