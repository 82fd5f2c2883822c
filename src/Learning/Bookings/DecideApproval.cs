using Learning.Audit;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>What came of deciding about a request.</summary>
public abstract record ApprovalOutcome
{
    /// <summary>It is decided so, by this press or an earlier one.</summary>
    public sealed record Done(BookingState State) : ApprovalOutcome;

    /// <summary>Nothing was changed; <paramref name="ReasonMissing"/>: the sentence is about the reason.</summary>
    public sealed record Refused(string Sentence, bool ReasonMissing) : ApprovalOutcome;

    /// <summary>There is no such request, or it is not the actor's to decide.</summary>
    public sealed record NotFound : ApprovalOutcome;

    private ApprovalOutcome()
    {
    }
}

/// <summary>
/// Decides about a request for a place (B9): by the link of the mail to whoever the person named, by a lead of theirs or by an organiser, never by themselves. Approved, they have the place that their
/// request held, or one that is theirs by the rules of the waiting list, or they join the list at this moment (B6). Not approved, the request is declined, its reason is mailed to them and what it held goes to
/// the first in line. Pressing twice is once. Refused: <see cref="ApprovalRules.WhyNotDecide"/>; no reason for a no.
/// </summary>
public sealed class DecideApproval(IDbContextFactory<LearningDb> databases, Seals seals, Zone zone)
{
    /// <summary>By the link of the mail.</summary>
    public Task<ApprovalOutcome> RunAsync(string link, bool approve, string? reason, CancellationToken stop = default) =>
        seals.Open(link) is { What: ByMail.Approval } opened ? RunAsync(opened.Id, approve, reason, null, stop) : Task.FromResult<ApprovalOutcome>(new ApprovalOutcome.NotFound());

    /// <param name="actor">Null: whoever has the link.</param>
    public async Task<ApprovalOutcome> RunAsync(Guid bookingId, bool approve, string? reason, Actor? actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.LockSessionOfAsync(bookingId, stop) is not { } session || await RequestAsync(db, session, bookingId, actor, stop) is not var (booking, approval))
        {
            return new ApprovalOutcome.NotFound();
        }

        if (approval.Approved == approve)
        {
            return new ApprovalOutcome.Done(booking.State);
        }

        if (ApprovalRules.WhyNotDecide(booking.State, session.Status == SessionStatus.Cancelled, session.BookingClosesAt, zone.Now) is { } why)
        {
            return new ApprovalOutcome.Refused(why, ReasonMissing: false);
        }

        var said = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        if ((!approve || said is not null) && DeskRules.WhyNotReason(said) is { } missing)
        {
            return new ApprovalOutcome.Refused(missing, ReasonMissing: true);
        }

        approval.Decide(approve, zone.Now, actor?.PersonId, said);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor?.PersonId, Verb = approve ? "approved a request for a place" : "did not approve a request for a place", SubjectKind = "booking", SubjectId = booking.Id,
            Details = actor is null ? ByMail.OnTrail : null,
        });
        await (approve ? ApproveAsync(db, session, booking, actor, stop) : DeclineAsync(db, session, booking, said!, actor, stop));
        await transaction.CommitAsync(stop);
        return new ApprovalOutcome.Done(booking.State);
    }

    private async Task<(Booking Booking, BookingApproval Approval)?> RequestAsync(LearningDb db, Session session, Guid id, Actor? actor, CancellationToken stop)
    {
        var booking = await db.Bookings.SingleAsync(one => one.Id == id, stop);
        var approval = await db.BookingApprovals.SingleOrDefaultAsync(one => one.BookingId == id, stop);
        return approval is not null && await MayAsync(db, session, booking, actor, stop) ? (booking, approval) : null;
    }

    private async Task<bool> MayAsync(LearningDb db, Session session, Booking booking, Actor? actor, CancellationToken stop) =>
        actor is null ? !await db.Persons.AnyAsync(person => person.Id == booking.PersonId && person.ErasedAt != null, stop)
        : await AskedApproval.MayDecideAsync(db, booking.Id, session.CourseId, actor, zone.Today, stop);

    private async Task ApproveAsync(LearningDb db, Session session, Booking booking, Actor? actor, CancellationToken stop)
    {
        const string Why = "the request was approved";
        var now = zone.Now;
        if (!booking.HoldsPlace)
        {
            // Those who wait come first: what is left is theirs to have.
            await OfferPlaces.RunAsync(db, [session], zone, stop);
            session = (await db.LockSessionOfAsync(booking.Id, stop))!;
        }

        var standing = await db.StandingOn(session.Id, booking.PersonId).SingleAsync(stop);
        var kept = booking.HoldsPlace || session.Kept == 0 ? null : await KeptFor.FindAsync(db, session, booking.PersonId, stop);
        var waits = !booking.HoldsPlace && BookingRules.Waits(session, standing.Waiting, kept is not null);
        if (kept is { } held)
        {
            booking.Hold(held);
        }

        booking.Become(waits ? BookingState.Waiting : BookingState.Confirmed, now, actor?.PersonId, Why);
        if (waits)
        {
            // They join now, not when they asked, and behind everybody, also behind those of the same moment and where another server's clock is ahead.
            booking.PutAtMoment(standing.NewestWaitingAt >= now ? standing.NewestWaitingAt.Value.AddMicroseconds(1) : now, now, actor?.PersonId, Why);
        }

        await db.SaveChangesAsync(stop);
        await Outbox.QueueAsync(db, now, [waits ? BookingMessages.Waiting(booking, standing.Waiting + 1) : BookingMessages.Confirmed(booking)], stop);
    }

    private async Task DeclineAsync(LearningDb db, Session session, Booking booking, string reason, Actor? actor, CancellationToken stop)
    {
        booking.Become(BookingState.Declined, zone.Now, actor?.PersonId, reason);
        await db.SaveChangesAsync(stop);
        await Outbox.QueueAsync(db, zone.Now, [ApprovalLetters.NotApproved(booking)], stop);
        await OfferPlaces.RunAsync(db, [session], zone, stop);
    }
}
