using Microsoft.EntityFrameworkCore;

namespace Learning.Catalogue;

/// <summary>Sessions that begin after now, the earliest first; workshops are left to their conference. One statement.</summary>
public static class UpcomingSessions
{
    /// <param name="now">Sessions that begin later are listed.</param>
    /// <param name="reader">Whose own bookings are told; null: a visitor.</param>
    /// <param name="course">The code of a course, or null for all.</param>
    /// <param name="most">How many at most.</param>
    public static Task<List<SessionRow>> ListAsync(
        LearningDb db, DateTimeOffset now, Guid? reader, string? course, int most, CancellationToken stop = default) =>
        // Bookings stand above the catalogue; only their numbers are read here, and the reader's own state.
        db.Database.SqlQuery<SessionRow>($"""
            select s.ref as "Ref", c.code as "Code", c.title as "Title", c.kind as "KindWord", s.mode as "ModeWord", s.status as "StatusWord",
                   s.venue as "Venue", p.starts as "Starts", p.ends as "Ends", s.capacity as "Capacity", s.taken + s.kept as "Taken", b.waiting as "Waiting",
                   b.mine as "Mine", s.starts_at as "StartsAt", s.booking_closes_at as "BookingClosesAt"
            from sessions s
            join courses c on c.id = s.course_id
            cross join lateral (
                select array_agg(starts_local order by number) as starts, array_agg(ends_local order by number) as ends
                from session_parts where session_id = s.id) p
            cross join lateral (
                select (count(*) filter (where state = 'waiting'))::integer as waiting,
                       min(state) filter (where person_id in (select same from persons_of({reader}) same) and state in ('requested', 'confirmed', 'waiting', 'offered')) as mine
                from bookings where session_id = s.id) b
            where s.starts_at > {now} and s.parent_id is null and s.status = 'planned' and p.starts is not null
              and ({course}::text is null or upper(c.code) = upper({course}))
            order by s.starts_at, s.ref
            limit {most}
            """).ToListAsync(stop);
}
