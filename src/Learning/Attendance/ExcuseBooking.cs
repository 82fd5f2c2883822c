using Learning.Audit;
using Learning.Bookings;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>
/// An organiser excuses a late cancellation or a no-show, with a reason that stays on record (B12): it is not charged then, and the statement says so; the figures do not change. What a no-show is the
/// register says (C2): one that has not been returned is unknown. Twice is once. Refused: no reason, a booking that was neither given up late nor left unused.
/// </summary>
public sealed class ExcuseBooking(IDbContextFactory<LearningDb> databases, Zone zone)
{
    public async Task<DeskOutcome> RunAsync(Guid bookingId, string? reason, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await OrganisedSession.LockOfAsync(db, bookingId, actor, zone.Today, stop) is not var (session, booking))
        {
            return new DeskOutcome.NotFound();
        }

        if (booking.ExcusedAt is not null)
        {
            return new DeskOutcome.Done();
        }

        if (!booking.Late && !await IsNoShowAsync(db, booking.Id, session.CountedOn, stop))
        {
            return DeskOutcome.Because(DeskField.Version, "There is nothing to excuse: it was neither given up late, nor does a signed register say that they did not come");
        }

        if (DeskRules.WhyNotReason(reason) is { } why)
        {
            return DeskOutcome.Because(DeskField.Reason, why);
        }

        booking.Pardon(zone.Now, actor.PersonId, reason!.Trim());
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = booking.Late ? "excused a late cancellation" : "excused a no-show", SubjectKind = "booking", SubjectId = booking.Id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }

    /// <summary>Whether a signed register says that nobody came on a booking, which counts on a day (C2).</summary>
    internal static async Task<bool> IsNoShowAsync(LearningDb db, Guid booking, DateOnly day, CancellationToken stop) =>
        (await db.Database.SqlQuery<bool>($"""select exists (select from no_shows({day}, {day.AddDays(1)}) n where n.booking_id = {booking}) as "Value" """).ToListAsync(stop)).Single();
}
