using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>Where a person stands towards a session: what the rules ask besides the session itself.</summary>
/// <param name="Waiting">How many wait.</param>
/// <param name="NewestWaitingAt">When the last of them joined.</param>
/// <param name="LiveId">The person's live booking, of which there is at most one (B3).</param>
/// <param name="LivePosition">Its number on the waiting list, from 1; null when it does not wait.</param>
/// <param name="Overlapping">References of other sessions that the person has a live booking on and that meet at the same time (B7), part by part.</param>
/// <param name="AgencyId">The person's agency on the day of the session (P2); null: not known.</param>
internal sealed record Standing(
    int Waiting, DateTimeOffset? NewestWaitingAt, Guid? LiveId, int? LivePosition, string[] Overlapping, Guid? AgencyId)
{
    public static async Task<Standing> OfAsync(LearningDb db, Guid sessionId, Guid? personId, CancellationToken stop) =>
        (await db.Database.SqlQuery<Standing>($"""
            select w.waiting as "Waiting", w.newest as "NewestWaitingAt", l.id as "LiveId", l.position as "LivePosition", o.refs as "Overlapping",
                   (select agency_id from employments where id = employment_on({personId}, s.counted_on)) as "AgencyId"
            from sessions s
            cross join lateral (
                select count(*)::integer as waiting, max(booked_at) as newest from bookings where session_id = s.id and state = 'waiting') w
            left join lateral (
                select b.id, case when b.state = 'waiting' then (
                    select count(*)::integer from bookings a
                    where a.session_id = s.id and a.state = 'waiting' and (a.booked_at, a.number) <= (b.booked_at, b.number)) end as position
                from bookings b
                where b.session_id = s.id and b.person_id = {personId} and b.state in ('requested', 'confirmed', 'waiting', 'offered')
                order by b.beyond_rules limit 1) l on true
            cross join lateral (
                select coalesce(array_agg(distinct other.ref), array[]::text[]) as refs
                from bookings b
                join sessions other on other.id = b.session_id and other.id <> s.id and other.status = 'planned'
                    and other.parent_id is distinct from s.id and s.parent_id is distinct from other.id
                join session_parts theirs on theirs.session_id = other.id
                join session_parts ours on ours.session_id = s.id and theirs.starts_at < ours.ends_at and ours.starts_at < theirs.ends_at
                where b.person_id = {personId} and b.state in ('requested', 'confirmed', 'waiting', 'offered')) o
            where s.id = {sessionId}
            """).ToListAsync(stop)).Single();
}
