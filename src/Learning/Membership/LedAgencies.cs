using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>An agency that somebody leads themselves, not as a deputy.</summary>
/// <param name="Direct">Named lead of it; else it is a department of one that they lead.</param>
public sealed record LedAgency(Guid Id, string Name, bool Direct);

/// <summary>The agencies whose deputies are somebody's to appoint and to take back: those that they lead, not as a deputy, with the departments.</summary>
public static class LedAgencies
{
    public static Task<List<LedAgency>> OfAsync(LearningDb db, Actor actor, DateOnly today, CancellationToken stop = default) => db.Database.SqlQuery<LedAgency>($"""
        with recursive led as (
            select agency_id, true as direct from role_grants
            where person_id = {actor.PersonId} and role = 'agency lead' and not deputy and revoked_at is null and starts_on <= {today} and (ends_on is null or {today} < ends_on)
            union
            select a.id, false from agencies a join led on a.parent_id = led.agency_id)
        select a.id as "Id", a.name as "Name", bool_or(led.direct) as "Direct" from led join agencies a on a.id = led.agency_id group by a.id, a.name order by a.name
        """).ToListAsync(stop);
}
