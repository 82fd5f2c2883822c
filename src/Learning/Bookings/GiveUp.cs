using Learning.Audit;
using Learning.Bookings.Workshops;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Time;

namespace Learning.Bookings;

/// <summary>Ends a live booking by its holder's wish and lets what frees go to the first in line; of a conference what its holder has at workshops ends with it (B14), and of a workshop it is never late. The caller holds the session's lock and commits.</summary>
internal static class GiveUp
{
    public static async Task RunAsync(
        LearningDb db, Session locked, Booking booking, BookingState after, Actor actor, Zone zone, CancellationToken stop, string? because = null)
    {
        var (now, before) = (zone.Now, booking.State);
        booking.Become(after, now, actor.PersonId, because ?? ByMail.Reason(actor));
        if (after == BookingState.Cancelled && before == BookingState.Confirmed && locked.RoundId is null && LateRules.IsLate(locked, booking.BookedAt, now, zone))
        {
            booking.GivenUpLate();
        }

        db.AuditEntries.Add(new AuditEntry
        {
            At = now,
            ActorId = actor.PersonId,
            Verb = after == BookingState.Declined ? "declined an offered place" : "cancelled a booking",
            SubjectKind = "booking",
            SubjectId = booking.Id,
            Details = ByMail.Details(actor),
        });
        await db.SaveChangesAsync(stop);
        if (after == BookingState.Cancelled)
        {
            await Outbox.QueueAsync(db, now, [BookingMessages.Cancelled(booking, held: before == BookingState.Confirmed)], stop);
        }

        if (before is BookingState.Confirmed or BookingState.Offered || (before == BookingState.Requested && booking.HoldsPlace))
        {
            await LeaveWorkshops.AllAsync(db, locked, [booking.PersonId], actor.PersonId, zone, stop);
            await OfferPlaces.RunAsync(db, [locked], zone, stop);
        }
    }
}
