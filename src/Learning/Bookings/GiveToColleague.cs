using Learning.Audit;
using Learning.Bookings.Workshops;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// Gives a place to a colleague of the same agency, until the session starts (B11): by its holder, the lead of their agency or an organiser. The place does not become free in between, so nobody who waits
/// is passed over for another agency; a place that was kept stays so (B5). The colleague's booking names the one that it took over; the holder's is given up, never late (B12) and never a no-show. A
/// colleague who waits leaves the list. Of a conference the workshops go along, and what was wished for (B14). What the holder needs stays theirs: the colleague is asked anew. Both are written to. Pressing twice is once.
/// Refused: <see cref="BookingRules.WhyNotGive"/>, <see cref="BookingRules.WhyNotTake"/>, somebody of another agency, needs that are too long.
/// </summary>
public sealed class GiveToColleague(IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <summary>What the history says of whoever gave the place away.</summary>
    public const string Given = "given to a colleague";

    /// <summary>And of whoever has it now.</summary>
    public const string Taken = "took over a colleague’s place";

    /// <param name="needs">What the colleague needs, from somebody who may book for them; from others it is not taken.</param>
    /// <returns>The colleague's booking.</returns>
    public async Task<BookingOutcome> RunAsync(Guid bookingId, Guid colleague, string? needs, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        var reference = await db.Bookings.Where(booking => booking.Id == bookingId).Select(booking => booking.Session!.Ref).SingleOrDefaultAsync(stop);
        var elsewhere = await Elsewhere.OfAsync(db, reference ?? "", colleague, zone.Today, stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await db.LockSessionOfAsync(bookingId, stop) is not { } session || await BookingPeople.ToGiveAsync(db, bookingId, actor, zone.Today, stop) is not { } booking)
        {
            return new BookingOutcome.NotFound();
        }

        if (await db.Bookings.SingleOrDefaultAsync(after => after.InsteadOf == bookingId, stop) is { } given)
        {
            return given.PersonId == colleague ? new BookingOutcome.Confirmed(given.Id) : new BookingOutcome.Refused(BookingReason.BookingEnded);
        }

        if (session.RoundId is not null)
        {
            return new BookingOutcome.Refused(BookingReason.PartOfConference);
        }

        var live = (await db.StandingOn(session.Id, colleague).SingleAsync(stop)).LiveId is { } id ? await db.Bookings.SingleAsync(one => one.Id == id, stop) : null;
        var why = BookingRules.WhyNotGive(booking.State, session.Status == SessionStatus.Cancelled, session.StartsAt, zone.Now)
            ?? (await WhoMayTakeOver.IsAsync(db, booking, session, colleague, stop) ? BookingRules.WhyNotTake(elsewhere, live?.State) : BookingReason.NotColleague);
        if (why is { } reason)
        {
            return new BookingOutcome.Refused(reason);
        }

        var said = await db.Persons.VisibleTo(actor, db, zone.Today).AnyAsync(person => person.Id == colleague, stop) ? SaidNeeds.Of(needs) : null;
        if (said?.Length > BookingRules.LongestNeeds)
        {
            return new BookingOutcome.Refused(BookingReason.NeedsTooLong);
        }

        var taken = await PassOnAsync(db, booking, live, colleague, said, actor, stop);
        await PassOnWorkshops.RunAsync(db, session, booking, taken, actor, zone, stop);
        await transaction.CommitAsync(stop);
        return new BookingOutcome.Confirmed(taken.Id);
    }

    private async Task<Booking> PassOnAsync(LearningDb db, Booking booking, Booking? waiting, Guid colleague, string? needs, Actor actor, CancellationToken stop)
    {
        var now = zone.Now;
        AuditEntry Entry(string verb, Guid id) => new() { At = now, ActorId = actor.PersonId, Verb = verb, SubjectKind = "booking", SubjectId = id };
        booking.Become(BookingState.Cancelled, now, actor.PersonId, Given);
        waiting?.Become(BookingState.Cancelled, now, actor.PersonId, Taken);

        // First the old ones end, so that at no moment there is a place too many (B2) or a second live booking (B3).
        await db.SaveChangesAsync(stop);
        var taken = new Booking
        {
            Id = Guid.CreateVersion7(), SessionId = booking.SessionId, PersonId = colleague, BookedAt = now, BookedBy = actor.PersonId, Needs = needs, InsteadOf = booking.Id,
        };
        if (booking.HeldId is { } held)
        {
            taken.Hold(held);
        }

        taken.Become(BookingState.Confirmed, now, actor.PersonId, Taken);
        db.Bookings.Add(taken);
        db.AuditEntries.AddRange(Entry("gave a place to a colleague", booking.Id), Entry("took over a place", taken.Id));
        await db.SaveChangesAsync(stop);
        await Outbox.QueueAsync(db, now,
            [
                SubstituteLetters.GivenAway(booking).CareOf(await BookingPeople.CareOfAsync(db, booking.PersonId, actor, stop)),
                SubstituteLetters.TakenOver(taken).CareOf(await BookingPeople.CareOfAsync(db, colleague, actor, stop)),
            ], stop);
        return taken;
    }
}
