using Learning.Audit;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Workshops;

/// <summary>What came of saying which workshops somebody would like.</summary>
public abstract record WishOutcome
{
    /// <summary>They are kept; or, where the workshops have been given out, they have what was left.</summary>
    public sealed record Done(bool Placed) : WishOutcome;

    /// <summary>Nothing was kept.</summary>
    public sealed record Refused(IReadOnlyList<WishMistake> Mistakes) : WishOutcome;

    /// <summary>The time for it is over, or there is no place.</summary>
    public sealed record TooLate(string Sentence) : WishOutcome;

    /// <summary>There is no such booking, or not for the eyes of who asks.</summary>
    public sealed record NotFound : WishOutcome;

    private WishOutcome()
    {
    }
}

/// <summary>
/// Says which workshops a delegate would like in each round (B14), all of it or nothing; what was said before of a round that is said anew is replaced. While the workshops have not been given out the wishes are kept. After that
/// whoever has a place at the conference and none in a round gets the best of their wishes that is left, or what is left, and reads why. Refused: <see cref="WishRules"/>.
/// </summary>
public sealed class RankWishes(IDbContextFactory<LearningDb> databases, Zone zone)
{
    public async Task<WishOutcome> RunAsync(Guid bookingId, IReadOnlyList<TypedWish> typed, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await ConferenceDoor.OfBookingAsync(db, bookingId, stop) is not { Conference.ParentId: null } door || await BookingPeople.BookingAsync(db, bookingId, actor, zone.Today, stop) is not { } booking)
        {
            return new WishOutcome.NotFound();
        }

        var now = zone.Now;
        if (WishRules.WhyNot(booking.State, door.Conference, now) is { } why)
        {
            return new WishOutcome.TooLate(why);
        }

        var rounds = await db.ConferenceRounds.Where(round => round.ConferenceId == door.Conference.Id).Select(round => round.Id).ToListAsync(stop);
        var (wishes, mistakes) = WishRules.Read(rounds, door.Workshops.Where(one => one.RoundId is not null).ToLookup(one => one.RoundId!.Value), typed);
        if (mistakes.Count > 0)
        {
            return new WishOutcome.Refused(mistakes);
        }

        var asked = typed.Select(wish => wish.Round).ToArray();
        await db.WorkshopWishes.Where(wish => wish.BookingId == bookingId && asked.Contains(wish.RoundId)).ExecuteDeleteAsync(stop);
        db.WorkshopWishes.AddRange(wishes.Select(wish => new WorkshopWish { BookingId = bookingId, RoundId = wish.Round, WorkshopId = wish.Workshop.Id, Rank = wish.Rank }));
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "said which workshops they would like", SubjectKind = "booking", SubjectId = bookingId });
        await db.SaveChangesAsync(stop);
        var told = booking.State == BookingState.Confirmed && await db.AllocationRuns.AnyAsync(run => run.ConferenceId == door.Conference.Id && run.ToldAt != null, stop);
        if (told)
        {
            await PlaceLateAsync(db, booking, door, actor, stop);
        }

        await transaction.CommitAsync(stop);
        return new WishOutcome.Done(told);
    }

    private async Task PlaceLateAsync(LearningDb db, Booking booking, ConferenceDoor door, Actor actor, CancellationToken stop)
    {
        // Who waits for a place that is free has it first.
        var now = zone.Now;
        await OfferPlaces.RunAsync(db, door.Workshops.Where(one => one.RoundId is not null), zone, stop);
        var given = (await AllocationInput.ReadAsync(db, door.Conference.Id, booking.Id, stop)).Allocate(late: true);
        await PutInWorkshops.RunAsync(db, given, actor.PersonId, now, stop);
        if (given.Count > 0)
        {
            await Outbox.QueueAsync(db, now, [WorkshopMessages.Given(booking, $"late {now:O}")], stop);
        }
    }
}
