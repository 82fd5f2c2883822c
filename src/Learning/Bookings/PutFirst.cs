using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>An organiser puts somebody who waits first in line, with a reason that the person reads and the history keeps (B6). Refused: no reason, nobody who waits.</summary>
public sealed class PutFirst(IDbContextFactory<LearningDb> databases, Zone zone)
{
    public async Task<DeskOutcome> RunAsync(Guid bookingId, string? reason, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await OrganisedSession.LockOfAsync(db, bookingId, actor, zone.Today, stop) is not var (session, booking))
        {
            return new DeskOutcome.NotFound();
        }

        var now = zone.Now;
        if (booking.State != BookingState.Waiting || !BookingRules.ListIsOpen(session, now))
        {
            return DeskOutcome.Because(DeskField.Version, "They do not wait any more");
        }

        if (DeskRules.WhyNotReason(reason) is { } why)
        {
            return DeskOutcome.Because(DeskField.Reason, why);
        }

        booking.PutAtMoment(await Line.HeadAsync(db, session.Id, now, stop) - TimeSpan.FromMilliseconds(1), now, actor.PersonId, reason!.Trim());
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "put somebody first in line", SubjectKind = "booking", SubjectId = booking.Id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }
}
