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

    /// <summary>Waits for the session of a booking; null when there is no such booking.</summary>
    public static async Task<Session?> LockSessionOfAsync(this LearningDb db, Guid bookingId, CancellationToken stop) =>
        (await db.Sessions.FromSql($"select * from sessions where id = (select session_id from bookings where id = {bookingId}) for update")
            .Include(session => session.Course).AsNoTracking().ToListAsync(stop)).SingleOrDefault();
}
