using Learning.Audit;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Workshops;

/// <summary>What came of choosing another workshop.</summary>
public abstract record ChoiceOutcome
{
    /// <summary>It is theirs, and the one that they had in that round is free again.</summary>
    public sealed record Changed : ChoiceOutcome;

    /// <summary>It is full: they are number <paramref name="Position"/> of those who wait for it, and keep what they have.</summary>
    public sealed record Waiting(int Position) : ChoiceOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(string Sentence) : ChoiceOutcome;

    /// <summary>There is no such booking or workshop, or not for the eyes of who asks.</summary>
    public sealed record NotFound : ChoiceOutcome;

    private ChoiceOutcome()
    {
    }
}

/// <summary>
/// Changes the workshop that a delegate has in a round, all at once or not at all (B14): the place that they had goes to the first who waits for it. Where the other is full, or somebody waits for it, they
/// join its list and keep theirs until a place is offered and taken (B6). Pressing twice is once. Refused: before the workshops are given out, without a place at the conference, a workshop that has begun
/// or is cancelled.
/// </summary>
public sealed class ChooseWorkshop(IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <param name="bookingId">Of the conference.</param>
    public async Task<ChoiceOutcome> RunAsync(Guid bookingId, string reference, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await ConferenceDoor.OfBookingAsync(db, bookingId, stop) is not { } door || await BookingPeople.BookingAsync(db, bookingId, actor, zone.Today, stop) is not { } booking
            || door.Workshops.FirstOrDefault(one => one.RoundId is not null && string.Equals(one.Ref, reference.Trim(), StringComparison.OrdinalIgnoreCase)) is not { } wanted)
        {
            return new ChoiceOutcome.NotFound();
        }

        var told = await db.AllocationRuns.AnyAsync(run => run.ConferenceId == door.Conference.Id && run.ToldAt != null, stop);
        if (WhyNot(booking.State, wanted, told, zone.Now) is { } why)
        {
            return new ChoiceOutcome.Refused(why);
        }

        await OfferPlaces.RunAsync(db, [wanted], zone, stop);
        var outcome = await TakeAsync(db, booking, wanted, actor, stop);
        await transaction.CommitAsync(stop);
        return outcome;
    }

    /// <summary>Null when a workshop may be chosen, as far as it does not depend on its room.</summary>
    public static string? WhyNot(BookingState state, Session workshop, bool told, DateTimeOffset now) =>
        state != BookingState.Confirmed ? "You have no place at this conference"
        : !told ? "The workshops have not been given out yet. Say which you would like"
        : workshop.Status == SessionStatus.Cancelled ? "This workshop does not take place"
        : workshop.StartsAt <= now ? "This workshop has begun"
        : null;

    private async Task<ChoiceOutcome> TakeAsync(LearningDb db, Booking booking, Session wanted, Actor actor, CancellationToken stop)
    {
        var now = zone.Now;
        var session = await db.Sessions.AsNoTracking().SingleAsync(one => one.Id == wanted.Id, stop);
        var waiting = await db.Bookings.CountAsync(one => one.SessionId == wanted.Id && one.State == BookingState.Waiting, stop);
        var live = await db.Bookings.SingleOrDefaultAsync(one => one.SessionId == wanted.Id && one.PersonId == booking.PersonId
            && (one.State == BookingState.Confirmed || one.State == BookingState.Waiting || one.State == BookingState.Offered || one.State == BookingState.Requested), stop);
        if (live is { State: BookingState.Confirmed })
        {
            return new ChoiceOutcome.Changed();
        }

        if (live is { State: BookingState.Waiting })
        {
            return new ChoiceOutcome.Waiting(await db.Bookings.CountAsync(one => one.SessionId == wanted.Id && one.State == BookingState.Waiting && (one.LineAt < live.LineAt || (one.LineAt == live.LineAt && one.Number <= live.Number)), stop));
        }

        var joins = live is null && BookingRules.Waits(session, waiting);
        var left = joins ? null : await LeaveWorkshops.OtherOfRoundAsync(db, wanted.RoundId!.Value, wanted.Id, booking.PersonId, actor.PersonId, now, stop);
        var mine = live ?? new Booking { Id = Guid.CreateVersion7(), SessionId = wanted.Id, PersonId = booking.PersonId, AgencyId = booking.AgencyId, BookedAt = now, BookedBy = actor.PersonId };
        mine.Become(joins ? BookingState.Waiting : BookingState.Confirmed, now, actor.PersonId, joins ? null : "You chose it yourself.");
        if (live is null)
        {
            db.Bookings.Add(mine);
        }

        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = joins ? "joined the list of a workshop" : "changed a workshop", SubjectKind = "booking", SubjectId = mine.Id });
        await db.SaveChangesAsync(stop);
        await LeaveWorkshops.OfferAsync(db, left is { } one ? [one] : [], zone, stop);
        await Outbox.QueueAsync(db, now, [joins ? BookingMessages.Waiting(mine, waiting + 1) : WorkshopMessages.Changed(booking, now)], stop);
        return joins ? new ChoiceOutcome.Waiting(waiting + 1) : new ChoiceOutcome.Changed();
    }
}
