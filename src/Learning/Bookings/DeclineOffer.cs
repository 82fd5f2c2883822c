using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// Says no to the place that is on offer: it goes to the next in line in the same transaction (B6). Pressing twice is once.
/// Refused: <see cref="BookingRules.WhyNotAnswer"/>, so that somebody who has meanwhile accepted in another tab keeps the place.
/// </summary>
public sealed class DeclineOffer(IDbContextFactory<LearningDb> databases, Zone zone)
{
    public async Task<ChangeOutcome> RunAsync(Guid bookingId, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var session = await db.LockSessionOfAsync(bookingId, stop);
        var booking = session is null ? null : await BookingPeople.BookingAsync(db, bookingId, actor, zone.Today, stop);
        if (booking is null)
        {
            return new ChangeOutcome.NotFound();
        }

        if (booking.State == BookingState.Declined)
        {
            return new ChangeOutcome.Done(BookingState.Declined);
        }

        if (BookingRules.WhyNotAnswer(booking.State, booking.OfferEndsAt, session!, zone.Now) is { } reason)
        {
            return new ChangeOutcome.Refused(reason);
        }

        await GiveUp.RunAsync(db, session!, booking, BookingState.Declined, actor, zone, stop);
        await transaction.CommitAsync(stop);
        return new ChangeOutcome.Done(BookingState.Declined);
    }
}
