using Learning.Audit;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// Somebody says what they need on a session that they have a live booking on, before it starts, as whoever was given a colleague's place has still to do (B11). What was said to be met before is not any
/// more. Refused: needs that are too long, a booking that has ended, a session that has begun or is cancelled.
/// </summary>
public sealed class TellNeeds(LearningDb db, Zone zone)
{
    public async Task<ChangeOutcome> RunAsync(Guid bookingId, string? typed, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var session = await db.LockSessionOfAsync(bookingId, stop);
        var booking = session is null ? null : await db.Bookings.SingleOrDefaultAsync(one => one.Id == bookingId && LearningDb.CountedAs(one.PersonId) == actor.PersonId, stop);
        if (booking is null)
        {
            return new ChangeOutcome.NotFound();
        }

        var (needs, now) = (SaidNeeds.Of(typed), zone.Now);
        if (BookingRules.WhyNotTell(booking.State, session!.Status == SessionStatus.Cancelled, session.StartsAt, now) is { } why)
        {
            return new ChangeOutcome.Refused(why);
        }

        if (needs?.Length > BookingRules.LongestNeeds)
        {
            return new ChangeOutcome.Refused(BookingReason.NeedsTooLong);
        }

        if (needs != booking.Needs)
        {
            booking.Needs = needs;
            booking.Meet(false, now, booking.PersonId);
            db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "said what they need", SubjectKind = "booking", SubjectId = booking.Id });
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return new ChangeOutcome.Done(booking.State);
    }
}
