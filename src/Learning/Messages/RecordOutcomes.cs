using System.Threading.Channels;

using Learning.Database;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>
/// Writes down what became of messages while the lanes go on: whatever is known by the time that the last write ended goes into the next, as one committed statement. So little lies between the mail server's acceptance and
/// our commit, however many letters leave in a second (M1). What somebody erased or settled meanwhile stays as they left it.
/// </summary>
internal sealed class RecordOutcomes : IAsyncDisposable
{
    private readonly Channel<Settled> known = Channel.CreateUnbounded<Settled>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IDbContextFactory<LearningDb> databases;
    private readonly Zone zone;
    private readonly Task writing;

    // The one reader is begun here, not by whichever lane is first: two lanes at once would begin two, and one of them would cancel the other.
    public RecordOutcomes(IDbContextFactory<LearningDb> databases, Zone zone)
    {
        (this.databases, this.zone) = (databases, zone);
        writing = Task.Run(WriteAsync);
    }

    private sealed record Settled(Message Message, string? To, bool Accepted, bool Bounced);

    /// <summary>Notes an outcome. Throws what the writing failed of: no further letter may go out then.</summary>
    public async Task AddAsync(Message message, Letter? letter, Delivery? delivery)
    {
        if (writing.IsFaulted)
        {
            await writing;
        }

        known.Writer.TryWrite(new Settled(message, letter?.To.Address, delivery is Delivery.Accepted, delivery is Delivery.Refused { Bounced: true }));
    }

    /// <summary>All is written when this returns.</summary>
    public async ValueTask DisposeAsync()
    {
        known.Writer.TryComplete();
        await writing;
    }

    private async Task WriteAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        var batch = new List<Settled>();
        while (await known.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (known.Reader.TryRead(out var one))
            {
                batch.Add(one);
            }

            await WriteAsync(db, batch);
        }
    }

    private async Task WriteAsync(LearningDb db, List<Settled> batch)
    {
        var all = batch.ConvertAll(one => one.Message);
        T[] Of<T>(Func<Message, T> column) => [.. all.Select(column)];
        await db.Database.ExecuteSqlAsync($"""
            update messages m set state = o.state, attempts = o.attempts, next_try_at = o.next_try_at, sent_at = o.sent_at, settled_at = o.settled_at, outcome = o.outcome, address = o.address,
                sent_to = o.sent_to, sent_subject = o.sent_subject, sent_text = o.sent_text, data = o.data::jsonb, claimed_until = null
            from unnest({Of(one => one.Id)}, {Of(one => one.State.Word())}, {Of(one => one.Attempts)}, {Of(one => one.NextTryAt)}, {Of(one => one.SentAt)}, {Of(one => one.SettledAt)}, {Of(one => one.Outcome)},
                {Of(one => one.Address)}, {Of(one => one.SentTo)}, {Of(one => one.SentSubject)}, {Of(one => one.SentText)}, {Of(one => one.Data)})
                as o (id, state, attempts, next_try_at, sent_at, settled_at, outcome, address, sent_to, sent_subject, sent_text, data)
            where m.id = o.id and m.state = 'due'
            """);
        await MarkAsync(db, batch);
    }

    // M5: an address that the server refuses for good is marked, until it is accepted again.
    private async Task MarkAsync(LearningDb db, List<Settled> batch)
    {
        string[] To(Func<Settled, bool> which) => [.. batch.Where(one => one.To is not null && which(one)).Select(one => People.PersonEmail.Normal(one.To!)).Distinct()];
        var (accepted, bounced) = (To(one => one.Accepted), To(one => one.Bounced));
        if (bounced.Length > 0)
        {
            DateTimeOffset? now = zone.Now;
            await db.PersonEmails.Where(email => bounced.Contains(email.Email) && email.BouncedAt == null).ExecuteUpdateAsync(set => set.SetProperty(email => email.BouncedAt, now));
        }

        if (accepted.Length > 0)
        {
            await db.Database.ExecuteSqlAsync($"update person_emails set bounced_at = null where email = any({accepted}) and bounced_at is not null and not bounce_reported");
        }
    }
}
