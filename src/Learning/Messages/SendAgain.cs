using System.Globalization;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>What came of asking for a message again.</summary>
public abstract record SendAgainOutcome
{
    /// <summary>It is due now; its reason is checked as ever (M3). For one that was sent before it is a message of its own.</summary>
    public sealed record Queued(Guid Id) : SendAgainOutcome;

    /// <summary>It is not to be had, or not by this actor.</summary>
    public sealed record NotFound : SendAgainOutcome;

    private SendAgainOutcome()
    {
    }
}

/// <summary>
/// Somebody of the business unit wants a message to go out (again). One that is waiting, parked or was dropped is tried from the beginning; one that was sent stays
/// as it was, and a new one like it is queued, once a minute at most.
/// </summary>
public sealed class SendAgain(LearningDb db, Zone zone)
{
    public async Task<SendAgainOutcome> RunAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit)
        {
            return new SendAgainOutcome.NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var message = (await db.Messages.FromSql($"select * from messages where id = {id} for update").ToListAsync(stop)).SingleOrDefault();
        if (message is null)
        {
            return new SendAgainOutcome.NotFound();
        }

        var now = zone.Now;
        var queued = message.Id;
        if (message.State == MessageState.Sent)
        {
            queued = await CopyAsync(message, now, stop);
        }
        else
        {
            message.TryAgain(now);
            db.MessagesQueued = true;
        }

        // Whoever sends to a marked address knows better: until it comes back again.
        await db.Database.ExecuteSqlAsync($"""
            update person_emails set bounced_at = null, bounce_reported = false where bounce_reported and email = coalesce(lower({message.Address}), (select e.email from person_emails e where e.person_id = counted_as({message.PersonId}) and e.main))
            """, stop);
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "asked for a message again", SubjectKind = "message", SubjectId = queued });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new SendAgainOutcome.Queued(queued);
    }

    private async Task<Guid> CopyAsync(Message sent, DateTimeOffset now, CancellationToken stop)
    {
        var occurrence = $"{sent.Occurrence}, again {now.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture)}";
        await db.Database.ExecuteSqlAsync($"""
            insert into messages (id, kind, person_id, address, subject_id, occurrence, why, data, session_id, due_at, next_try_at, queued_at, state)
            values ({Guid.CreateVersion7()}, {sent.Kind}, {sent.PersonId}, {sent.Address}, {sent.SubjectId}, {occurrence}, {"Asked for again by the business unit. " + sent.Why}, {sent.Data}::jsonb, {sent.SessionId}, {now}, {now}, {now}, 'due')
            on conflict (kind, person_id, subject_id, occurrence) do nothing
            """, stop);
        return await db.Messages.Where(one => one.Kind == sent.Kind && one.PersonId == sent.PersonId && one.SubjectId == sent.SubjectId && one.Occurrence == occurrence)
            .Select(one => one.Id).SingleAsync(stop);
    }
}
