using System.Text.Json;

using Learning.Audit;
using Learning.Bookings.Desk;
using Learning.Bookings.Workshops;
using Learning.Catalogue;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// Changes how many places a session has. More go to the waiting list in the same transaction (B6). Fewer than are taken only with the organiser's choice of who gives way (B4): they move to the head
/// of the waiting list, in the order in which they had booked, and are told why. Refused: <see cref="DeskRules"/>, and people who hold no place of the session.
/// </summary>
public sealed class ChangeCapacity(IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <param name="moved">Bookings that give way.</param>
    /// <param name="reason">Needed where somebody gives way: they read it.</param>
    public async Task<DeskOutcome> RunAsync(string reference, int? capacity, IReadOnlyCollection<Guid> moved, string? reason, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await ConferenceLock.LockAsync(db, reference, actor, zone.Today, stop) is not var (session, _))
        {
            return new DeskOutcome.NotFound();
        }

        var now = zone.Now;
        if (DeskRules.WhyNotChange(session, now) is { } why)
        {
            return DeskOutcome.Because(DeskField.Version, why);
        }

        if (DeskRules.WhyNotCapacity(capacity) is { } wrong)
        {
            return DeskOutcome.Because(DeskField.Capacity, wrong);
        }

        var giving = await db.Bookings.Where(booking => booking.SessionId == session.Id && moved.Contains(booking.Id) && (booking.State == BookingState.Confirmed || booking.State == BookingState.Offered))
            .OrderBy(booking => booking.LineAt).ThenBy(booking => booking.Number).ToListAsync(stop);
        if (DeskRules.WhyNotMoved(session, capacity!.Value, giving.Count) is { } who)
        {
            return DeskOutcome.Because(DeskField.Moved, who);
        }

        if (giving.Count > 0 && DeskRules.WhyNotReason(reason) is { } said)
        {
            return DeskOutcome.Because(DeskField.Reason, said);
        }

        await MoveToHeadAsync(db, session, giving, reason, now, actor, stop);
        await LeaveWorkshops.AllAsync(db, session, [.. giving.Select(booking => booking.PersonId)], actor.PersonId, zone, stop);
        await db.Sessions.Where(one => one.Id == session.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Capacity, capacity.Value).SetProperty(one => one.ChangedAt, now), stop);
        db.AuditEntries.Add(new AuditEntry
        {
            At = now, ActorId = actor.PersonId, Verb = "changed a session's places", SubjectKind = "session", SubjectId = session.Id,
            Details = JsonSerializer.Serialize(new { from = session.Capacity, to = capacity.Value, moved = giving.Select(booking => booking.Id) }),
        });
        await db.SaveChangesAsync(stop);
        await OfferPlaces.RunAsync(db, [session], zone, stop);
        await transaction.CommitAsync(stop);
        return new DeskOutcome.Done();
    }

    private static async Task MoveToHeadAsync(LearningDb db, Session session, List<Booking> giving, string? reason, DateTimeOffset now, Actor actor, CancellationToken stop)
    {
        if (giving.Count == 0)
        {
            return;
        }

        var taken = giving.Where(booking => booking.HeldId is not null).CountBy(booking => booking.HeldId!.Value).ToDictionary();
        var head = await Line.HeadAsync(db, session.Id, now, stop);
        foreach (var (place, booking) in giving.Index())
        {
            booking.Become(BookingState.Waiting, now, actor.PersonId);
            booking.PutAtMoment(head - TimeSpan.FromMilliseconds(giving.Count - place), now, actor.PersonId, reason!.Trim());
        }

        await db.SaveChangesAsync(stop);
        foreach (var held in await db.HeldPlaces.Where(one => taken.Keys.Contains(one.Id)).ToListAsync(stop))
        {
            // The kept place that somebody had goes with the room.
            var count = taken[held.Id];
            (held.Places, held.ReleasedAt, held.ChangedAt) = held.Places > count ? (held.Places - count, held.ReleasedAt, now) : (held.Places, held.ReleasedAt ?? now, now);
        }

        await db.SaveChangesAsync(stop);
        await Outbox.QueueAsync(db, now, giving.ConvertAll(booking => BookingMessages.MovedToWaiting(booking, now)), stop);
    }
}
