using Learning.Audit;
using Learning.Bookings.Workshops;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>Takes the place that is on offer (B6); at a workshop the one that they have in that round goes to who waits for it (B14). Pressing twice is once. Refused: <see cref="BookingRules.WhyNotAnswer"/>.</summary>
public sealed class AcceptOffer(IDbContextFactory<LearningDb> databases, Zone zone)
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

        if (booking.State == BookingState.Confirmed)
        {
            return new ChangeOutcome.Done(BookingState.Confirmed);
        }

        var now = zone.Now;
        if (BookingRules.WhyNotAnswer(booking.State, booking.OfferEndsAt, session!, now) is { } reason)
        {
            return new ChangeOutcome.Refused(reason);
        }

        var left = session!.RoundId is { } round ? await LeaveWorkshops.OtherOfRoundAsync(db, round, session.Id, booking.PersonId, actor.PersonId, now, stop) : null;
        await AcceptAsync(db, booking, now, actor, stop);
        await LeaveWorkshops.OfferAsync(db, left is { } one ? [one] : [], zone, stop);
        await transaction.CommitAsync(stop);
        return new ChangeOutcome.Done(BookingState.Confirmed);
    }

    /// <summary>For a caller that holds the session's lock, has asked the rule and commits.</summary>
    internal static async Task AcceptAsync(LearningDb db, Booking booking, DateTimeOffset now, Actor actor, CancellationToken stop)
    {
        booking.Become(BookingState.Confirmed, now, actor.PersonId, actor.ByLink ? "the offer was accepted, by the link in the mail" : "the offer was accepted");
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = "accepted an offered place", SubjectKind = "booking", SubjectId = booking.Id, Details = ByMail.Details(actor),
        });
        await db.SaveChangesAsync(stop);
        await Outbox.QueueAsync(db, now, [BookingMessages.Accepted(booking)], stop);
    }
}
