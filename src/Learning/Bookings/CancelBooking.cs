using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// Gives up a place, a wait or an offer; an offer is thereby declined. What frees is offered to the first in line in the same transaction (B6).
/// Pressing twice is once. Refused: <see cref="BookingRules.WhyNotCancel"/>, a booking that is not in the state that was meant, a reason that is too long.
/// A place that is given up after the last day to do so is late (B12: <see cref="LateRules"/>).
/// </summary>
public sealed class CancelBooking(IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <param name="because">Why, as the history keeps it.</param>
    /// <param name="only">The state in which it is to be given up, where it may be that alone; in another live one it is refused.</param>
    public async Task<ChangeOutcome> RunAsync(Guid bookingId, Actor actor, BookingState? only = null, GivenUpBecause? because = null, CancellationToken stop = default)
    {
        if (because?.IsTooLong == true)
        {
            return new ChangeOutcome.Refused(BookingReason.ReasonTooLong);
        }

        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var session = await db.LockSessionOfAsync(bookingId, stop);
        var booking = session is null ? null : await BookingPeople.BookingAsync(db, bookingId, actor, zone.Today, stop);
        if (booking is null)
        {
            return new ChangeOutcome.NotFound();
        }

        if (BookingRules.WhyNotCancel(booking.State, session!.Status == SessionStatus.Cancelled, session.StartsAt, zone.Now) is { } reason)
        {
            return new ChangeOutcome.Refused(reason);
        }

        if (booking.State == BookingState.Cancelled)
        {
            return new ChangeOutcome.Done(BookingState.Cancelled);
        }

        if (only is { } state && booking.State != state)
        {
            return new ChangeOutcome.Refused(BookingReason.Changed);
        }

        var after = booking.State == BookingState.Offered ? BookingState.Declined : BookingState.Cancelled;
        await GiveUp.RunAsync(db, session, booking, after, actor, zone, stop, because?.Words);
        await transaction.CommitAsync(stop);
        return new ChangeOutcome.Done(after);
    }
}
