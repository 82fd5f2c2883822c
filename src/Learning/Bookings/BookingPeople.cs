using Learning.Catalogue;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>Whom somebody may book for, and whose bookings they may change: their own, a lead's own people's, the business unit everybody's (S2).</summary>
internal static class BookingPeople
{
    /// <summary>
    /// The person to book for: who asks, unless an address or a person is given. Who is neither a lead nor the business unit may give no address but an own one,
    /// and learns from the refusal nothing about the address.
    /// </summary>
    public static async Task<(Guid? Person, BookingOutcome? Failed)> BookableAsync(
        LearningDb db, string? email, Guid? id, Actor actor, DateOnly today, CancellationToken stop)
    {
        if (id is not null)
        {
            var theirs = await db.Persons.VisibleTo(actor, db, today).Where(person => person.ErasedAt == null && person.Id == id).Select(person => (Guid?)person.Id).SingleOrDefaultAsync(stop);
            return theirs is null ? (null, new BookingOutcome.NotFound()) : (theirs, null);
        }

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

    /// <summary>The address of whoever books for somebody without one; null where that person has one of their own.</summary>
    public static Task<string?> CareOfAsync(LearningDb db, Guid person, Actor actor, CancellationToken stop) => db.PersonEmails
        .Where(address => address.PersonId == actor.PersonId && address.Main && !db.PersonEmails.Any(own => own.PersonId == person)).Select(address => address.Email).SingleOrDefaultAsync(stop);

    /// <summary>A booking whose place the actor may give to a colleague (B11): its holder's, their lead's, or an organiser's. Null as for <see cref="BookingAsync"/>.</summary>
    public static async Task<Booking?> ToGiveAsync(LearningDb db, Guid id, Actor actor, DateOnly today, CancellationToken stop)
    {
        if (await BookingAsync(db, id, actor, today, stop) is { } theirs)
        {
            return theirs;
        }

        var booking = await db.Bookings.Include(one => one.Session).SingleOrDefaultAsync(one => one.Id == id, stop);
        return booking is not null && await Organisers.MayAsync(db, actor, booking.Session!.CourseId, today, stop) ? booking : null;
    }

    /// <summary>A booking to change; null when there is none or it is not for the actor's eyes. Its session's row is locked already.</summary>
    public static Task<Booking?> BookingAsync(LearningDb db, Guid id, Actor actor, DateOnly today, CancellationToken stop) =>
        db.Bookings.SingleOrDefaultAsync(
            booking => booking.Id == id && db.Persons.VisibleTo(actor, db, today).Any(person => person.Id == booking.PersonId), stop);
}
