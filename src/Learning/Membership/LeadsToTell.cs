using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>Who leads an agency (S1): its own leads, and those of the agencies above it. Nobody counts as a lead towards themselves.</summary>
internal static class LeadsToTell
{
    private sealed record Led(Guid Agency, Guid Lead);

    /// <summary>The leads to write to: the nearest. Empty: the business unit decides.</summary>
    /// <param name="besides">Somebody who is not to be written to, because it is about them.</param>
    public static async Task<List<Guid>> OfAsync(LearningDb db, Guid agency, Guid? besides, DateOnly today, CancellationToken stop) => [.. (await OfAllAsync(db, [agency], besides, today, stop))[agency]];

    /// <summary>The same of several agencies, in one statement.</summary>
    public static async Task<ILookup<Guid, Guid>> OfAllAsync(LearningDb db, Guid[] agencies, Guid? besides, DateOnly today, CancellationToken stop) => (await db.Database.SqlQuery<Led>($"""
        with led as (
            select asked.id as agency, g.person_id as lead, min(up.step) as step from unnest({agencies}) as asked (id) cross join agency_and_above(asked.id) up
            join role_grants g on g.agency_id = up.id and g.role = 'agency lead' and g.revoked_at is null and g.starts_on <= {today} and (g.ends_on is null or {today} < g.ends_on)
            join persons p on p.id = g.person_id and p.erased_at is null
            where g.person_id is distinct from {besides}::uuid group by asked.id, g.person_id)
        select agency as "Agency", lead as "Lead" from led where step = (select min(step) from led nearest where nearest.agency = led.agency)
        """).ToListAsync(stop)).ToLookup(led => led.Agency, led => led.Lead);

    /// <summary>Of these moves, those that some lead can decide.</summary>
    public static Task<List<Guid>> CanDecideAsync(LearningDb db, Guid[] moves, DateOnly today, CancellationToken stop) => db.Database.SqlQuery<Guid>($"""
        select m.id as "Value" from moves m where m.id = any ({moves}) and exists (
            select from agency_and_above(m.agency_id) up join role_grants g on g.agency_id = up.id and g.role = 'agency lead' and g.person_id <> m.person_id
            where g.revoked_at is null and g.starts_on <= {today} and (g.ends_on is null or {today} < g.ends_on))
        """).ToListAsync(stop);
}
