using Learning.Audit;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>A place that somebody wants. Without an address it is for who asks.</summary>
public sealed record PlaceWanted(string SessionRef, string? Email = null, string? Needs = null, bool OverlapKnown = false);

/// <summary>
/// Books a place on a session, or joins its waiting list where all are held or anybody waits. Asking twice is one booking (B3); asking with an offer
/// in hand accepts it. A lead may book for people of their agencies, the business unit for everybody (S2). The agency of the day is frozen on the
/// booking (P2). Never more places than there are (B2): the session's row is locked first, and the database refuses besides.
/// Refused: <see cref="BookingRules.WhyNotBook"/>, needs that are too long, a request that waits for approval, an offer whose time is over.
/// </summary>
public sealed class BookPlace(IDbContextFactory<LearningDb> databases, Zone zone)
{
    public async Task<BookingOutcome> RunAsync(PlaceWanted wanted, Actor actor, CancellationToken stop = default)
    {
        // PostgreSQL keeps no NUL in a text; no keyboard writes one.
        var needs = string.IsNullOrWhiteSpace(wanted.Needs) ? null : wanted.Needs.Replace("\0", "", StringComparison.Ordinal).Trim();
        if (needs?.Length > BookingRules.LongestNeeds)
        {
            return new BookingOutcome.Refused(BookingReason.NeedsTooLong);
        }

        await using var db = await databases.CreateDbContextAsync(stop);
        db.Database.AutoSavepointsEnabled = false;
        var (person, failed) = await BookingPeople.BookableAsync(db, wanted.Email, actor, zone.Today, stop);
        if (person is not { } personId)
        {
            return failed!;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var session = wanted.SessionRef.Any(char.IsControl) ? null : await db.LockSessionAsync(wanted.SessionRef, stop);
        if (session is null)
        {
            return new BookingOutcome.NotFound();
        }

        var standing = await Standing.OfAsync(db, session.Id, personId, stop);
        if (standing.Waiting > 0 && session.PlacesLeft > 0 && await OfferPlaces.RunAsync(db, [session], zone, stop) > 0)
        {
            // Places that had come free belonged to those who wait; what is left now is the newcomer's to have.
            session = (await db.LockSessionAsync(wanted.SessionRef, stop))!;
            standing = await Standing.OfAsync(db, session.Id, personId, stop);
        }

        var outcome = standing.LiveId is { } live
            ? await AgainAsync(db, session, live, standing.LivePosition, actor, stop)
            : await NewAsync(db, session, standing, personId, needs, wanted.OverlapKnown, actor, stop);
        await transaction.CommitAsync(stop);
        return outcome;
    }

    private async Task<BookingOutcome> AgainAsync(LearningDb db, Session session, Guid id, int? position, Actor actor, CancellationToken stop)
    {
        var booking = await db.Bookings.SingleAsync(booking => booking.Id == id, stop);
        switch (booking.State)
        {
            case BookingState.Confirmed:
                return new BookingOutcome.Confirmed(id);
            case BookingState.Waiting:
                return new BookingOutcome.Waiting(id, position!.Value);
            case BookingState.Offered when BookingRules.WhyNotAnswer(booking.State, booking.OfferEndsAt, session, zone.Now) is { } reason:
                return new BookingOutcome.Refused(reason);
            case BookingState.Offered:
                await AcceptOffer.AcceptAsync(db, booking, zone.Now, actor, stop);
                return new BookingOutcome.Confirmed(id);
            default:
                return new BookingOutcome.Refused(BookingReason.AwaitsApproval);
        }
    }

    private async Task<BookingOutcome> NewAsync(
        LearningDb db, Session session, Standing standing, Guid personId, string? needs, bool overlapKnown, Actor actor, CancellationToken stop)
    {
        var now = zone.Now;
        if (BookingRules.WhyNotBook(session, session.Course!, now, zone.Today, standing.Overlapping.Length > 0, overlapKnown) is { } reason)
        {
            return new BookingOutcome.Refused(reason);
        }

        var booking = new Booking
        {
            Id = Guid.CreateVersion7(),
            SessionId = session.Id,
            PersonId = personId,
            AgencyId = standing.AgencyId,
            // A server whose clock is behind must not put a newcomer before those who wait.
            BookedAt = standing.NewestWaitingAt > now ? standing.NewestWaitingAt.Value : now,
            BookedBy = actor.PersonId,
            Needs = needs,
        };
        var waits = BookingRules.Waits(session, standing.Waiting);
        booking.Become(waits ? BookingState.Waiting : BookingState.Confirmed, now, actor.PersonId);
        db.Bookings.Add(booking);
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = waits ? "joined a waiting list" : "booked a place", SubjectKind = "booking", SubjectId = booking.Id,
        });
        Outbox.Add(db, now, waits ? BookingMessages.Waiting(booking, standing.Waiting + 1) : BookingMessages.Confirmed(booking));
        await db.SaveChangesAsync(stop);
        return waits ? new BookingOutcome.Waiting(booking.Id, standing.Waiting + 1) : new BookingOutcome.Confirmed(booking.Id);
    }
}
