using Learning.Catalogue;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// The lock of everything about a session's places: its row, held to the end of the transaction. What is read after it is what everybody before has
/// committed, because each statement sees that; a count in the locking statement itself would be of before the wait (B2).
/// </summary>
internal static class SessionLock
{
    /// <summary>Waits for the session of this reference; null when there is none.</summary>
    public static Task<Session?> LockSessionAsync(this LearningDb db, string reference, CancellationToken stop) => LockedAlone(db, reference, stop);

    /// <summary>Waits for the session of this reference, and then asks how it stands for a person: in one statement, because others wait meanwhile. Null when there is none.</summary>
    public static async Task<(Session Session, Standing Standing)?> LockSessionAsync(this LearningDb db, string reference, Guid person, CancellationToken stop) =>
        await Locked(db, reference, person, stop) is { } found ? (found.Session, found.Standing) : null;

    // Translated once: while they are translated, others wait.
    private static readonly Func<LearningDb, string, CancellationToken, Task<Session?>> LockedAlone = EF.CompileAsyncQuery((LearningDb db, string reference, CancellationToken stop) => db.LockSession(reference)
        .Include(session => session.Course).AsNoTracking().SingleOrDefault());

    private static readonly Func<LearningDb, string, Guid, CancellationToken, Task<LockedSession?>> Locked = EF.CompileAsyncQuery((LearningDb db, string reference, Guid person, CancellationToken stop) => db.LockSession(reference)
        .Include(session => session.Course).AsNoTracking().SelectMany(session => db.StandingOn(session.Id, person), (session, standing) => new LockedSession(session, standing)).SingleOrDefault());

    private sealed record LockedSession(Session Session, Standing Standing);

    /// <summary>
    /// Waits for the session of a booking; null when there is no such booking. Of a conference its workshops are locked with it, and of a workshop its conference and the others: what changes one of them
    /// may change another (B14). All in the order of their ids, as everybody does who locks several.
    /// </summary>
    public static async Task<Session?> LockSessionOfAsync(this LearningDb db, Guid bookingId, CancellationToken stop)
    {
        var locked = await db.Sessions.FromSql($"""
            with mine as (select s.id, s.parent_id, s.round_id from bookings b join sessions s on s.id = b.session_id where b.id = {bookingId})
            select s.* from sessions s where s.id = any (array(
                select id from mine
                union select x.id from mine join sessions x on x.parent_id = mine.id and x.round_id is not null
                union select parent_id from mine where round_id is not null
                union select x.id from mine join sessions x on x.parent_id = mine.parent_id where mine.round_id is not null))
            order by s.id for update
            """).Include(session => session.Course).AsNoTracking().ToListAsync(stop);
        if (locked.Count < 2)
        {
            return locked.SingleOrDefault();
        }

        var mine = await db.Bookings.Where(booking => booking.Id == bookingId).Select(booking => booking.SessionId).SingleAsync(stop);
        return locked.Find(session => session.Id == mine);
    }
}
