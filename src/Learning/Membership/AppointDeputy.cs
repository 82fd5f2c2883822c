using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>
/// An agency's lead appoints a deputy: the same role for the agency, marked as such, for somebody who works for it or one of its departments. A deputy appoints nobody. The lead, the
/// business unit or an administrator takes it back (<see cref="TakeRole"/>). On the audit trail (S3).
/// </summary>
public sealed class AppointDeputy(LearningDb db, Zone zone)
{
    /// <param name="endsOn">The first day on which they are not deputy any more; null: until it is taken back.</param>
    public async Task<RoleOutcome> RunAsync(Guid person, Guid agency, DateOnly? endsOn, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!(await LedAgencies.OfAsync(db, actor, zone.Today, stop)).Exists(led => led.Id == agency) || person == actor.PersonId || !await GrantRole.LockAsync(db, person, stop))
        {
            return new RoleOutcome.NotFound();
        }

        if (!await WorksForAsync(person, agency, stop))
        {
            return new RoleOutcome.Refused(RoleReason.NotOfTheAgency);
        }

        if (RoleRules.WhyNotDays(zone.Today, endsOn, zone.Today) is { } why)
        {
            return new RoleOutcome.Refused(why);
        }

        var outcome = await GrantRole.RunAsync(db, zone, new RoleWanted(person, Role.AgencyLead, agency, zone.Today, endsOn), actor, request: null, deputy: true, stop);
        if (outcome is RoleOutcome.Done)
        {
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }

        return outcome;
    }

    private async Task<bool> WorksForAsync(Guid person, Guid agency, CancellationToken stop) => (await db.Database.SqlQuery<bool>($"""
        with recursive below as (select {agency}::uuid as id union select a.id from agencies a join below on a.parent_id = below.id)
        select exists (select from employments e join below on below.id = e.agency_id
            where e.person_id = {person} and e.starts_on <= {zone.Today} and (e.ends_on is null or {zone.Today} < e.ends_on)) as "Value"
        """).ToListAsync(stop)).Single();
}
