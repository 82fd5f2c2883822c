using System.Text.Json;

using Learning.Audit;
using Learning.Bookings.Workshops;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>
/// Cancels a session (B13), and the workshops of a conference with it. Every booking is withdrawn, each person told once why, with the calendar entry taken back and the next session of the course
/// offered, of one workshop of a conference what is left in its round (B14); the trainers are told. Its places count as lost on the day they were planned for (F2). Nobody who gives a place up this way is late (B12). Pressing twice is once. Refused: a session that
/// has begun, no reason, and a session that somebody changed since the page was read.
/// </summary>
public sealed class CancelSession(IDbContextFactory<LearningDb> databases, Zone zone)
{
    private sealed record Ended(Guid Id, Guid PersonId, Guid SessionId, bool Held);

    /// <param name="seen">When what the organiser saw had last changed; null: it is not asked.</param>
    public async Task<DeskOutcome> RunAsync(string reference, string? reason, DateTimeOffset? seen, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await ConferenceLock.LockAsync(db, reference, actor, zone.Today, stop) is not var (session, workshops))
        {
            return new DeskOutcome.NotFound();
        }

        var now = zone.Now;
        if (session.Status == SessionStatus.Cancelled)
        {
            return new DeskOutcome.Done();
        }

        if ((DeskRules.WhyNotChange(session, now) ?? DeskRules.WhyStale(session, seen)) is { } why)
        {
            return DeskOutcome.Because(DeskField.Version, why);
        }

        if (DeskRules.WhyNotReason(reason) is { } said)
        {
            return DeskOutcome.Because(DeskField.Reason, said);
        }

        var going = workshops.FindAll(one => one.Status == SessionStatus.Planned).Prepend(session).ToList();
        var ended = await WithdrawAllAsync(db, going, reason!.Trim(), now, actor, stop);
        foreach (var one in going)
        {
            (one.Status, one.CancelledAt, one.CancelledBecause, one.ChangedAt) = (SessionStatus.Cancelled, now, reason.Trim(), now);
            db.AuditEntries.Add(new AuditEntry
            {
                At = now, ActorId = actor.PersonId, Verb = "cancelled a session", SubjectKind = "session", SubjectId = one.Id, Details = JsonSerializer.Serialize(new { withdrawn = ended.Count(booking => booking.SessionId == one.Id) }),
            });
        }

        await db.SaveChangesAsync(stop);
        await TellAsync(db, session, going, ended, now, stop);
        await OfferWhatIsLeft.RunAsync(db, session, [.. ended.Where(one => one.Held).Select(one => one.PersonId)], zone, stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }

    private static Task<List<Ended>> WithdrawAllAsync(LearningDb db, List<Session> sessions, string reason, DateTimeOffset now, Actor actor, CancellationToken stop)
    {
        var ids = sessions.Select(one => one.Id).ToArray();
        return db.Database.SqlQuery<Ended>($"""
            update bookings b set state = 'withdrawn', offer_ends_at = null, state_at = {now}, state_by = {actor.PersonId}, state_reason = {reason}
            from (select id, state from bookings where session_id = any({ids}) and state in ('requested', 'confirmed', 'waiting', 'offered')) was
            where was.id = b.id
            returning b.id as "Id", b.person_id as "PersonId", b.session_id as "SessionId", was.state = 'confirmed' as "Held"
            """).ToListAsync(stop);
    }

    // Who is on the conference hears of it once, and of no workshop besides.
    private static async Task TellAsync(LearningDb db, Session session, List<Session> going, List<Ended> ended, DateTimeOffset now, CancellationToken stop)
    {
        var main = ended.Where(booking => booking.SessionId == session.Id).Select(booking => booking.PersonId).ToHashSet();
        await Outbox.QueueAsync(db, now, [.. ended.Where(booking => booking.SessionId == session.Id || !main.Contains(booking.PersonId)).Select(booking => DeskLetters.Cancelled(booking.Id, booking.PersonId, booking.SessionId, booking.Held))], stop);
        var ids = going.ConvertAll(one => one.Id).ToArray();
        var trainers = await db.SessionTrainers.Where(trainer => ids.Contains(trainer.SessionId)).ToListAsync(stop);
        await Outbox.QueueAsync(db, now, trainers.ConvertAll(trainer => DeskLetters.CancelledToTrainer(trainer.SessionId, trainer.PersonId)), stop);
    }
}
