using Learning.Catalogue;
using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>The lock of a session together with those that go where it goes: the workshops of a conference.</summary>
internal static class ConferenceLock
{
    /// <summary>The session that an organiser is at, and its workshops, all rows locked (of a workshop in a round its conference and the others too) in the order of their ids as everybody does who locks several; null where there is none, or it is not theirs (S1).</summary>
    public static async Task<(Session Session, List<Session> Workshops)?> LockAsync(LearningDb db, string reference, Actor actor, DateOnly today, CancellationToken stop)
    {
        if (!reference.Any(char.IsControl))
        {
            // A workshop's others may get its people: they are locked before, in the same order.
            await db.Database.ExecuteSqlAsync($"""
                select from sessions s where s.parent_id = (select parent_id from sessions where upper(ref) = upper({reference}) and round_id is not null)
                    or s.id = (select parent_id from sessions where upper(ref) = upper({reference}) and round_id is not null) order by s.id for update
                """, stop);
        }

        var all = reference.Any(char.IsControl) ? [] : await db.Sessions.FromSql($"""
            select * from sessions where upper(ref) = upper({reference}) or parent_id = (select id from sessions where upper(ref) = upper({reference})) order by id for update
            """).Include(session => session.Course).ToListAsync(stop);
        return all.Find(session => all.TrueForAll(other => other.Id != session.ParentId)) is { } found && await Organisers.MayAsync(db, actor, found.CourseId, today, stop)
            ? (found, all.FindAll(session => session != found)) : null;
    }
}
