using Learning.Catalogue;
using Learning.Bookings.Desk;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Workshops;

/// <summary>A conference with its workshops, all rows locked in the order of their ids, as everybody does who locks several: whatever moves people between its rooms comes one after the other.</summary>
internal sealed record ConferenceDoor(Session Conference, IReadOnlyList<Session> Workshops)
{
    /// <summary>For whoever organises it; null where there is none, or it is not theirs (S1).</summary>
    public static async Task<ConferenceDoor?> OfOrganiserAsync(LearningDb db, string reference, Actor actor, DateOnly today, CancellationToken stop) =>
        await ConferenceLock.LockAsync(db, reference, actor, today, stop) is var (session, workshops) && session.ParentId is null ? new(session, workshops) : null;

    /// <summary>For a delegate: the conference of a booking; null where there is no such booking.</summary>
    public static async Task<ConferenceDoor?> OfBookingAsync(LearningDb db, Guid booking, CancellationToken stop)
    {
        var all = await db.Sessions.FromSql($"""
            select s.* from sessions s, bookings b where b.id = {booking} and (s.id = b.session_id or s.parent_id = b.session_id) order by s.id for update of s
            """).AsNoTracking().Include(session => session.Course).ToListAsync(stop);
        return all.Find(session => all.TrueForAll(other => other.Id != session.ParentId)) is { } found ? new(found, all.FindAll(session => session != found)) : null;
    }

    /// <summary>The workshops of a round that take place.</summary>
    public IEnumerable<Session> In(Guid round) => Workshops.Where(one => one.RoundId == round && one.Status == SessionStatus.Planned);
}
