using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>Whom somebody may book for, and whose bookings they may change: their own, a lead's own people's, the business unit everybody's (S2).</summary>
internal static class BookingPeople
{
    /// <summary>
    /// The person to book for: who asks, unless an address is given. Who is neither a lead nor the business unit may give no address but an own one,
    /// and learns from the refusal nothing about the address.
    /// </summary>
    public static async Task<(Guid? Person, BookingOutcome? Failed)> BookableAsync(
        LearningDb db, string? email, Actor actor, DateOnly today, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(email))
        {
            return actor.PersonId is { } self ? (self, null) : (null, new BookingOutcome.NotAllowed());
        }

        var normal = PersonEmail.Normal(email);
        var found = normal.Any(char.IsControl) ? null : await db.Persons.VisibleTo(actor, db, today)
            .Where(person => person.ErasedAt == null && db.PersonEmails.Any(address => address.PersonId == person.Id && address.Email == normal))
            .Select(person => (Guid?)person.Id).SingleOrDefaultAsync(stop);
        return found is not null ? (found, null)
            : actor.IsUnit || actor.LeadOf.Count > 0 ? (null, new BookingOutcome.NotFound())
            : (null, new BookingOutcome.NotAllowed());
    }

    /// <summary>A booking to change; null when there is none or it is not for the actor's eyes. Its session's row is locked already.</summary>
    public static Task<Booking?> BookingAsync(LearningDb db, Guid id, Actor actor, DateOnly today, CancellationToken stop) =>
        db.Bookings.SingleOrDefaultAsync(
            booking => booking.Id == id && db.Persons.VisibleTo(actor, db, today).Any(person => person.Id == booking.PersonId), stop);
}
