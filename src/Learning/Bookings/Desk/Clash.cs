using Learning.Catalogue;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>
/// A venue that two sessions have at the same time, or a trainer who gives two sessions on one day. A conference and its workshops do not clash with each other; what is cancelled or over clashes with nothing.
/// </summary>
/// <param name="SessionId">Which session it is pointed out at: for a workshop its conference.</param>
/// <param name="Starts">When the other one does, in local wall time (T1), as <paramref name="Ends"/>.</param>
/// <param name="Trainer">Who gives both; null: it is the venue.</param>
/// <param name="Overlaps">They take place at the same time.</param>
public sealed record Clash(Guid SessionId, string? Trainer, string? Venue, string Title, string Ref, DateTime Starts, DateTime Ends, bool Overlaps)
{
    /// <summary>"Ann Lee also gives “Neglect” (C-2026-05) then: Monday 4 May 2026, 9:30am to 4pm".</summary>
    public string Words => $"{(Trainer is null ? $"{Venue} is also taken by" : $"{Trainer} also gives")} “{Title}” ({Ref}){(Overlaps ? " at that time" : " on that day")}: {British.When(Starts, Ends)}";

    /// <summary>Of what somebody organises in a time, from now on. One statement, with a trainer's name beside each day before days are compared: a trainer of a whole year is compared day by day, however the database plans it.</summary>
    /// <param name="courses">Null: every course.</param>
    public static Task<List<Clash>> OfDaysAsync(LearningDb db, DateOnly from, DateOnly to, Guid[]? courses, DateTimeOffset now, CancellationToken stop) => db.Database.SqlQuery<Clash>($"""
        with d as (
            select s.id, coalesce(s.parent_id, s.id) as family, s.ref, c.title, c.id as course, s.venue, case when s.mode <> 'virtual' then lower(btrim(s.venue)) end as place,
                p.starts_at, p.ends_at, p.starts_local, p.ends_local, p.starts_local::date as day
            from session_parts p join sessions s on s.id = p.session_id join courses c on c.id = s.course_id
            where s.status = 'planned' and p.ends_at > {now} and p.starts_local >= {from}::date and p.starts_local < {to}::date),
        t as (select distinct d.*, counted_as(x.person_id) as who from d join session_trainers x on x.session_id = d.id)
        select a.family as "SessionId", null as "Trainer", a.venue as "Venue", b.title as "Title", b.ref as "Ref", b.starts_local as "Starts", b.ends_local as "Ends", true as "Overlaps"
        from d a join d b on b.day = a.day and b.place = a.place and b.family <> a.family and a.starts_at < b.ends_at and b.starts_at < a.ends_at
        where {courses}::uuid[] is null or a.course = any({courses})
        union
        select a.family, btrim(p.given_name || ' ' || p.family_name), null, b.title, b.ref, b.starts_local, b.ends_local, a.starts_at < b.ends_at and b.starts_at < a.ends_at
        from t a join t b on b.who = a.who and b.day = a.day and b.family <> a.family join persons p on p.id = a.who
        where p.erased_at is null and ({courses}::uuid[] is null or a.course = any({courses}))
        order by 6, 5, 2
        """).ToListAsync(stop);

    /// <summary>Of a session, if it were at these times. One statement.</summary>
    public static Task<List<Clash>> OfMoveAsync(LearningDb db, Session session, PlannedTimes times, Zone zone, CancellationToken stop)
    {
        var (starts, ends) = (times.Parts.Select(part => zone.InstantOf(part.Starts)).ToArray(), times.Parts.Select(part => zone.InstantOf(part.Ends)).ToArray());
        var (from, to) = (times.Parts.Select(part => zone.StartOf(DateOnly.FromDateTime(part.Starts))).ToArray(), times.Parts.Select(part => zone.StartOf(DateOnly.FromDateTime(part.Starts).AddDays(1))).ToArray());
        var (family, place) = (session.ParentId ?? session.Id, times.Mode == SessionMode.Virtual ? null : times.Venue);
        return db.Database.SqlQuery<Clash>($"""
            with b as (
                select s.id, s.ref, c.title, s.venue, case when s.mode <> 'virtual' then lower(btrim(s.venue)) end as place, p.starts_local, p.ends_local, bool_or(n.starts_at < p.ends_at and p.starts_at < n.ends_at) as overlaps
                from unnest({starts}, {ends}, {from}, {to}) as n (starts_at, ends_at, day, next) join session_parts p on p.starts_at >= n.day and p.starts_at < n.next
                join sessions s on s.id = p.session_id and s.status = 'planned' and coalesce(s.parent_id, s.id) <> {family} join courses c on c.id = s.course_id
                group by s.id, c.title, p.id),
            t as (select distinct counted_as(x.person_id) as who from session_trainers x join sessions s on s.id = x.session_id where s.id = {session.Id} or s.parent_id = {session.Id})
            select {session.Id} as "SessionId", null as "Trainer", b.venue as "Venue", b.title as "Title", b.ref as "Ref", b.starts_local as "Starts", b.ends_local as "Ends", true as "Overlaps"
            from b where b.overlaps and b.place = lower(btrim({place}))
            union
            select {session.Id}, btrim(p.given_name || ' ' || p.family_name), null, b.title, b.ref, b.starts_local, b.ends_local, b.overlaps
            from b join session_trainers x on x.session_id = b.id join t on t.who = counted_as(x.person_id) join persons p on p.id = t.who where p.erased_at is null
            order by 6, 5, 2
            """).ToListAsync(stop);
    }
}
