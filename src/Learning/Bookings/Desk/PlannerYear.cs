using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>A year as the planner shows it.</summary>
/// <param name="All">Every session of the year that the reader organises, in the order of time.</param>
/// <param name="Shown">Those that the filter takes.</param>
/// <param name="Clashes">By session.</param>
/// <param name="Wanted">Courses without a date, most wanted first.</param>
public sealed record PlannerSeen(IReadOnlyList<PlannerLine> All, IReadOnlyList<PlannerLine> Shown, ILookup<Guid, Clash> Clashes, IReadOnlyList<WantedCourse> Wanted);

/// <summary>The question what a year holds of the sessions that somebody organises, what clashes in it, and which courses are wanted and have no date (S1). Three statements, however many sessions there are.</summary>
public sealed class PlannerYear(LearningDb db, DeskSessions sessions, Zone zone)
{
    /// <summary>Null: whoever asks organises nothing.</summary>
    public async Task<PlannerSeen?> FindAsync(PlannerFilter filter, Actor actor, CancellationToken stop = default)
    {
        var courses = await sessions.CoursesAsync(actor, stop);
        if (courses is { Length: 0 })
        {
            return null;
        }

        var all = await LinesAsync(filter, courses, stop);
        var clashes = await Clash.OfDaysAsync(db, filter.Days.From, filter.Days.To, courses, zone.Now, stop);
        return new(all, all.FindAll(filter.Takes), clashes.ToLookup(clash => clash.SessionId), await WantedAsync(courses, stop));
    }

    private Task<List<PlannerLine>> LinesAsync(PlannerFilter filter, Guid[]? courses, CancellationToken stop)
    {
        var (from, to) = (zone.StartOf(filter.Days.From), zone.StartOf(filter.Days.To));
        return db.Database.SqlQuery<PlannerLine>($"""
            select s.id as "Id", s.ref as "Ref", c.title as "Title", coalesce(s.board, c.board) as "BoardWord", s.mode as "ModeWord", s.venue as "Venue", s.status = 'cancelled' as "Cancelled",
                coalesce((select e.event = 'signed' from register_events e where e.session_id = s.id order by e.id desc limit 1), false) as "Signed",
                s.capacity as "Capacity", s.taken as "Taken", s.kept as "Kept", (select count(*)::integer from bookings b where b.session_id = s.id and b.state = 'waiting') as "Waiting", s.minimum as "Minimum",
                s.starts_at as "StartsAt", s.ends_at as "EndsAt", s.booking_closes_at as "BookingClosesAt", p.starts as "Starts", p.ends as "Ends", t.ids as "TrainerIds", t.names as "Trainers", g.codes as "Programmes", g.titles as "ProgrammeTitles",
                (select count(*)::integer from sessions w where w.parent_id = s.id and w.status = 'planned') as "Workshops"
            from sessions s
            join courses c on c.id = s.course_id
            cross join lateral (select array_agg(starts_local order by number) as starts, array_agg(ends_local order by number) as ends from session_parts where session_id = s.id) p
            cross join lateral (
                select coalesce(array_agg(p.id order by lower(p.family_name), lower(p.given_name), p.id), array[]::uuid[]) as ids,
                    coalesce(array_agg(btrim(p.given_name || ' ' || p.family_name) order by lower(p.family_name), lower(p.given_name), p.id), array[]::text[]) as names
                from (select distinct counted_as(person_id) as id from session_trainers where session_id = s.id) x join persons p on p.id = x.id and p.erased_at is null) t
            cross join lateral (
                select coalesce(array_agg(p.code order by p.code), array[]::text[]) as codes, coalesce(array_agg(p.title order by p.code), array[]::text[]) as titles
                from course_programmes cp join programmes p on p.id = cp.programme_id where cp.course_id = c.id) g
            where s.parent_id is null and p.starts is not null and s.starts_at < {to} and s.ends_at > {from} and ({courses}::uuid[] is null or c.id = any({courses}))
            order by s.starts_at, s.ref
            """).ToListAsync(stop);
    }

    private Task<List<WantedCourse>> WantedAsync(Guid[]? courses, CancellationToken stop) => db.Database.SqlQuery<WantedCourse>($"""
        select c.code as "Code", c.title as "Title", count(distinct counted_as(i.person_id))::integer as "People", min(i.asked_at) as "Since"
        from course_interests i join courses c on c.id = i.course_id
        where i.ended_at is null and (c.withdrawn_on is null or c.withdrawn_on > {zone.Today}) and ({courses}::uuid[] is null or c.id = any({courses}))
            and not exists (select from sessions s where s.course_id = c.id and s.parent_id is null and s.status = 'planned' and s.booking_closes_at > {zone.Now} and s.starts_at > {zone.Now})
        group by c.id order by 3 desc, lower(c.title), c.code
        """).ToListAsync(stop);
}
