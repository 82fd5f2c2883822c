using Learning.Audit;
using Learning.Catalogue;
using Learning.Membership;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// Makes places that were kept everyone's (B5): by an organiser before their time, and by themselves at it (<see cref="DueAsync"/>). Those who hold one keep it; what nobody has is offered to the
/// waiting list in the same transaction, and the agency's lead is told. Pressing twice is once.
/// </summary>
public sealed class ReleaseHeld(IDbContextFactory<LearningDb> databases, Zone zone)
{
    public async Task<DeskOutcome> RunAsync(string reference, Guid id, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var session = await OrganisedSession.LockAsync(db, reference, actor, zone.Today, stop);
        var held = session is null ? null : await db.HeldPlaces.SingleOrDefaultAsync(one => one.Id == id && one.SessionId == session.Id, stop);
        if (held is null)
        {
            return new DeskOutcome.NotFound();
        }

        if (held.ReleasedAt is not null)
        {
            return new DeskOutcome.Done();
        }

        var now = zone.Now;
        (held.ReleasedAt, held.ReleasedBy, held.ChangedAt) = (now, actor.PersonId, now);
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "released kept places", SubjectKind = "session", SubjectId = session!.Id });
        await db.SaveChangesAsync(stop);
        await TellAsync(db, [held], now, zone.Today, stop);
        await OfferPlaces.RunAsync(db, [session], zone, stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }

    /// <summary>Those of the sessions, whose rows the caller has locked, whose time has come. The caller lets the places go to the waiting list.</summary>
    internal static async Task DueAsync(LearningDb db, IEnumerable<Session> locked, DateTimeOffset now, DateOnly today, CancellationToken stop)
    {
        var sessions = locked.Select(session => session.Id).ToArray();
        var due = await db.HeldPlaces.Where(held => sessions.Contains(held.SessionId) && held.ReleasedAt == null && held.Until <= now).ToListAsync(stop);
        if (due.Count == 0)
        {
            return;
        }

        due.ForEach(held => (held.ReleasedAt, held.ChangedAt) = (now, now));
        await db.SaveChangesAsync(stop);
        await TellAsync(db, due, now, today, stop);
    }

    private static async Task TellAsync(LearningDb db, List<HeldPlaces> released, DateTimeOffset now, DateOnly today, CancellationToken stop)
    {
        var left = released.FindAll(held => held.AgencyId is not null && held.Used < held.Places);
        var leads = await LeadsToTell.OfAllAsync(db, [.. left.Select(held => held.AgencyId!.Value).Distinct()], null, today, stop);
        await Outbox.QueueAsync(db, now, [.. left.SelectMany(held => leads[held.AgencyId!.Value], HeldLetters.Released)], stop);
    }
}
