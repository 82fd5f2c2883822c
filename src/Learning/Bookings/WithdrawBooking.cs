using Learning.Audit;
using Learning.Bookings.Workshops;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// An organiser takes somebody's place, wait, offer or request back, with a reason that the person is told. What frees goes to the first in line in the same transaction (B6). Never late (B12).
/// Pressing twice is once. Refused: a booking that has ended, a session that has begun or is cancelled, no reason.
/// </summary>
public sealed class WithdrawBooking(IDbContextFactory<LearningDb> databases, Zone zone)
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
        if (booking.State == BookingState.Withdrawn)
        {
            return new DeskOutcome.Done();
        }

        if ((DeskRules.WhyNotChange(session, now) ?? (booking.IsLive ? null : "This booking has already ended")) is { } ended)
        {
            return DeskOutcome.Because(DeskField.Version, ended);
        }

        if (DeskRules.WhyNotReason(reason) is { } why)
        {
            return DeskOutcome.Because(DeskField.Reason, why);
        }

        var held = booking.State == BookingState.Confirmed;
        booking.Become(BookingState.Withdrawn, now, actor.PersonId, reason!.Trim());
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "withdrew a booking", SubjectKind = "booking", SubjectId = booking.Id });
        await db.SaveChangesAsync(stop);
        await Outbox.QueueAsync(db, now, [BookingMessages.Withdrawn(booking, held)], stop);
        await LeaveWorkshops.AllAsync(db, session, [booking.PersonId], actor.PersonId, zone, stop);
        await OfferPlaces.RunAsync(db, [session], zone, stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }
}
