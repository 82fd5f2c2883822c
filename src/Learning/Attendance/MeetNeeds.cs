using Learning.Audit;
using Learning.Bookings;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>What came of the tick.</summary>
public abstract record MeetOutcome
{
    /// <summary>It stands as was pressed, by this press or an earlier one.</summary>
    public sealed record Done : MeetOutcome;

    /// <summary>There is no such need (any more), or not for the eyes of who asks.</summary>
    public sealed record NotFound : MeetOutcome;

    private MeetOutcome()
    {
    }
}

/// <summary>Somebody who runs the session says that a person's needs are met, or takes it back: who may see them (<see cref="SessionNeeds"/>). On the audit trail.</summary>
public sealed class MeetNeeds(IDbContextFactory<LearningDb> databases, Zone zone)
{
    public async Task<MeetOutcome> RunAsync(Guid bookingId, bool met, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (actor.PersonId is not { } self || await db.LockSessionOfAsync(bookingId, stop) is not { } session
            || (await RegisterState.OfAsync(db, session.Id, actor, stop)).Access(actor, session, zone) != RegisterAccess.Open
            || await db.Bookings.SingleOrDefaultAsync(booking => booking.Id == bookingId && booking.State == BookingState.Confirmed && booking.Needs != null, stop) is not { } booking)
        {
            return new MeetOutcome.NotFound();
        }

        if ((booking.NeedsMetAt is not null) != met)
        {
            booking.Meet(met, zone.Now, self);
            db.AuditEntries.Add(new AuditEntry
            {
                At = zone.Now, ActorId = self, Verb = met ? "said that somebody's needs are met" : "said that somebody's needs are not met after all", SubjectKind = "booking", SubjectId = booking.Id,
            });
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }

        return new MeetOutcome.Done();
    }
}
