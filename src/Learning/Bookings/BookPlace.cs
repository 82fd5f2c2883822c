using Learning.Audit;
using Learning.Catalogue;
using Learning.Database;
using Learning.Membership;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>A place that somebody wants. Without an address or a person it is for who asks.</summary>
/// <param name="Approver">The address of their manager, where the course needs approval (B9).</param>
/// <param name="PersonId">For whom: somebody of the actor's (S2), who may have no address.</param>
/// <param name="Once">The key of a program, which gets the same answer to the same for a day; null: none.</param>
public sealed record PlaceWanted(string SessionRef, string? Email = null, string? Needs = null, bool OverlapKnown = false, Guid? PersonId = null, string? Approver = null, AskedOnce? Once = null);

/// <summary>
/// Books a place on a session, or joins its waiting list where all are held or anybody waits. Asking twice is one booking (B3); asking with an offer
/// in hand accepts it. A lead may book for people of their agencies, the business unit for everybody (S2). It carries no agency: which one
/// it is, the day of the session decides (P2). Never more places than there are (B2): the session's row is locked first, and the database refuses besides.
/// Of a course that needs approval, whoever books for themselves asks, and the manager whom they name is written to (B9).
/// Refused: <see cref="BookingRules.WhyNotBook"/>, <see cref="ApprovalRules.WhyNotApprover"/>, needs that are too long, a request that waits for approval, an offer whose time is over.
/// </summary>
public sealed class BookPlace(IDbContextFactory<LearningDb> databases, MailDomains domains, Zone zone)
{
    public async Task<BookingOutcome> RunAsync(PlaceWanted wanted, Actor actor, CancellationToken stop = default)
    {
        var needs = SaidNeeds.Of(wanted.Needs);
        if (needs?.Length > BookingRules.LongestNeeds)
        {
            return new BookingOutcome.Refused(BookingReason.NeedsTooLong);
        }

        await using var db = await databases.CreateDbContextAsync(stop);
        db.Database.AutoSavepointsEnabled = false;
        var (person, failed) = await BookingPeople.BookableAsync(db, wanted.Email, wanted.PersonId, actor, zone.Today, stop);
        if (person is not { } personId)
        {
            return failed!;
        }

        if (wanted.SessionRef.Any(char.IsControl))
        {
            return new BookingOutcome.NotFound();
        }

        var elsewhere = await Elsewhere.OfAsync(db, wanted.SessionRef, personId, zone.Today, stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (wanted.Once is { } asked && await KeptAnswers.FindAsync(db, asked, zone.Now, stop) is { } answered)
        {
            return answered;
        }

        if (await OfferPlaces.LockForNewcomerAsync(db, wanted.SessionRef, personId, zone, stop) is not var (session, standing))
        {
            return new BookingOutcome.NotFound();
        }

        var outcome = standing.LiveId is { } live
            ? await AgainAsync(db, session, live, standing.LivePosition, actor, stop)
            : await NewAsync(db, session, standing, elsewhere, wanted with { PersonId = personId, Needs = needs }, actor, stop);
        if (wanted.Once is { } once)
        {
            await db.SaveChangesAsync(stop);
            await KeptAnswers.KeepAsync(db, once, outcome, stop);
        }

        // Others wait for the session's row.
        await db.SaveAndCommitAsync(transaction, stop, othersWait: true);
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
            case BookingState.Offered when session.RoundId is not null:
                return new BookingOutcome.Refused(BookingReason.PartOfConference);
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
        LearningDb db, Session session, Standing standing, Elsewhere elsewhere, PlaceWanted wanted, Actor actor, CancellationToken stop)
    {
        var (now, personId) = (zone.Now, wanted.PersonId!.Value);
        if (BookingRules.WhyNotBook(session, session.Course!, now, zone.Today, elsewhere, wanted.OverlapKnown) is { } reason)
        {
            return new BookingOutcome.Refused(reason);
        }

        var booking = new Booking
        {
            Id = Guid.CreateVersion7(),
            SessionId = session.Id,
            PersonId = personId,
            // A server whose clock is behind must not put a newcomer before those who wait.
            BookedAt = standing.NewestWaitingAt > now ? standing.NewestWaitingAt.Value : now,
            BookedBy = actor.PersonId,
            Needs = wanted.Needs,
        };
        var kept = session.Kept == 0 ? null : await KeptFor.FindAsync(db, session, personId, stop);
        var waits = BookingRules.Waits(session, standing.Waiting, kept is not null);
        if (ApprovalRules.Asks(session.Course!.NeedsApproval, personId, actor.PersonId))
        {
            return await RequestAsync(db, session, booking, wanted.Approver, waits ? null : (true, kept), stop);
        }

        if (kept is { } held)
        {
            booking.Hold(held);
        }

        booking.Become(waits ? BookingState.Waiting : BookingState.Confirmed, now, actor.PersonId);
        db.Bookings.Add(booking);
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = waits ? "joined a waiting list" : "booked a place", SubjectKind = "booking", SubjectId = booking.Id,
        });
        var careOf = personId == actor.PersonId ? null : await BookingPeople.CareOfAsync(db, personId, actor, stop);
        Outbox.Add(db, now, (waits ? BookingMessages.Waiting(booking, standing.Waiting + 1) : BookingMessages.Confirmed(booking)).CareOf(careOf));
        return waits ? new BookingOutcome.Waiting(booking.Id, standing.Waiting + 1) : new BookingOutcome.Confirmed(booking.Id);
    }

    /// <param name="free">A place that it could hold, and whose it is kept; null: there is none.</param>
    private async Task<BookingOutcome> RequestAsync(LearningDb db, Session session, Booking booking, string? approver, (bool, Guid? Kept)? free, CancellationToken stop)
    {
        var own = await db.PersonEmails.Where(address => LearningDb.CountedAs(address.PersonId) == LearningDb.CountedAs(booking.PersonId)).Select(address => address.Email).ToListAsync(stop);
        if (ApprovalRules.WhyNotApprover(approver, own, domains.IsMailbox) is { } reason)
        {
            return new BookingOutcome.Refused(reason);
        }

        var (now, to) = (zone.Now, PersonEmail.Normal(approver!));
        booking.Request(now, booking.BookedBy, session.Course!.RequestHoldsPlace && free is not null, free?.Kept);
        db.Bookings.Add(booking);
        db.BookingApprovals.Add(new BookingApproval { BookingId = booking.Id, ApproverEmail = to, AskedAt = now });
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = booking.BookedBy, Verb = "asked for a place", SubjectKind = "booking", SubjectId = booking.Id });
        Outbox.Add(db, now, ApprovalLetters.Requested(booking));
        Outbox.Add(db, now, ApprovalLetters.Asked(booking, to));
        return new BookingOutcome.Requested(booking.Id);
    }
}
