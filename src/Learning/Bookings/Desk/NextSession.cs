using Learning.Catalogue;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>The next session of a course after one that is cancelled, or else the first before it, that somebody can book: offered to those whose session it was (B13).</summary>
/// <param name="Places">Free, and kept for nobody.</param>
public sealed record NextSession(string Ref, DateTimeOffset StartsAt, string? Venue, int Places)
{
    public static async Task<NextSession?> OfAsync(LearningDb db, Session session, DateTimeOffset now, CancellationToken stop = default) =>
        (await db.Database.SqlQuery<NextSession>($"""
            select ref as "Ref", starts_at as "StartsAt", venue as "Venue", greatest(0, capacity - taken - kept) as "Places" from sessions
            where course_id = {session.CourseId} and id <> {session.Id} and parent_id is null and status = 'planned' and booking_closes_at > {now} and starts_at > {now}
            order by starts_at < {session.StartsAt}, starts_at, ref limit 1
            """).ToListAsync(stop)).SingleOrDefault();
}
