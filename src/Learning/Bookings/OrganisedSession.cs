using Learning.Catalogue;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>The session that an organiser is at, locked as every verb on its places needs it or as a page reads it; null where there is none, or it is not theirs (S1).</summary>
internal static class OrganisedSession
{
    public static async Task<Session?> FindAsync(LearningDb db, string reference, Actor actor, DateOnly today, CancellationToken stop = default) =>
        !reference.Any(char.IsControl)
        && await db.Sessions.FromSql($"select * from sessions where upper(ref) = upper({reference})").Include(session => session.Course).AsNoTracking().SingleOrDefaultAsync(stop) is { } session
        && await Organisers.MayAsync(db, actor, session.CourseId, today, stop) ? session : null;

    public static async Task<Session?> LockAsync(LearningDb db, string reference, Actor actor, DateOnly today, CancellationToken stop) =>
        !reference.Any(char.IsControl) && await db.LockSessionAsync(reference, stop) is { } session && await Organisers.MayAsync(db, actor, session.CourseId, today, stop) ? session : null;

    /// <summary>The session of a booking, with the booking.</summary>
    public static async Task<(Session Session, Booking Booking)?> LockOfAsync(LearningDb db, Guid booking, Actor actor, DateOnly today, CancellationToken stop) =>
        await db.LockSessionOfAsync(booking, stop) is { } session && await Organisers.MayAsync(db, actor, session.CourseId, today, stop)
            ? (session, await db.Bookings.SingleAsync(one => one.Id == booking, stop))
            : null;
}
