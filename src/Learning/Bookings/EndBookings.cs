using Learning.Audit;
using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// Ends every booking ahead of people who go for good: places, waits, offers and requests. What frees is offered to the first in line, session by session (B6). They are not written to. Works in
/// the caller's transaction: first all their sessions are locked, in the order of their ids, then the bookings end.
/// </summary>
internal static class EndBookings
{
    /// <summary>Waits for the sessions ahead on which any of them has a live booking.</summary>
    public static Task<List<Session>> LockAsync(LearningDb db, Guid[] persons, DateTimeOffset now, CancellationToken stop) => db.Sessions.FromSql($"""
        select * from sessions
        where starts_at > {now} and id in (select session_id from bookings where person_id = any({persons}) and state in ('requested', 'confirmed', 'waiting', 'offered'))
        order by id for update
        """).AsNoTracking().ToListAsync(stop);

    /// <summary>Ends them and offers what frees. Returns how many ended.</summary>
    public static async Task<int> RunAsync(LearningDb db, Guid[] persons, List<Session> locked, Actor actor, Zone zone, CancellationToken stop)
    {
        var (now, sessions) = (zone.Now, locked.ConvertAll(session => session.Id));
        var bookings = await db.Bookings.Where(booking => persons.Contains(booking.PersonId) && sessions.Contains(booking.SessionId)).ToListAsync(stop);
        var ending = bookings.FindAll(booking => booking.IsLive);
        foreach (var booking in ending)
        {
            booking.Become(BookingState.Cancelled, now, actor.PersonId);
            db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "ended a booking with its person's erasure", SubjectKind = "booking", SubjectId = booking.Id });
        }

        await db.SaveChangesAsync(stop);
        await OfferPlaces.RunAsync(db, locked, zone, stop);
        return ending.Count;
    }
}
