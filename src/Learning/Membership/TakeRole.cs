using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>
/// Takes a role back, with a reason, at once: whoever is signed in with it has lost it at their next press. An administrator may take every one, the business unit that of an agency's
/// lead or deputy, and a lead that of the agency's deputies. The last administrator stays. The person and the administrators are told; on the audit trail (S3).
/// </summary>
public sealed class TakeRole(LearningDb db, Zone zone)
{
    public async Task<RoleOutcome> RunAsync(Guid id, string? reason, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (await FindAsync(db, id, actor, zone.Today, stop) is not { } found)
        {
            return new RoleOutcome.NotFound();
        }

        if (!RoleRules.IsReason(reason))
        {
            return new RoleOutcome.Refused(RoleReason.NeedsReason);
        }

        // All administrators' grants are locked, always in this order: two of them cannot take each other's at the same moment.
        var grants = await db.RoleGrants.FromSql($"""
            select * from role_grants where revoked_at is null and (id = {id} or ({found.Role == Role.Administrator} and role = 'administrator')) order by id for update
            """).ToListAsync(stop);
        if (grants.Find(one => one.Id == id) is not { } grant)
        {
            return new RoleOutcome.NotFound();
        }

        if (grant.Role == Role.Administrator && !grants.Exists(other => other.PersonId != grant.PersonId && other.EndsOn is null && other.StartsOn <= zone.Today))
        {
            return new RoleOutcome.Refused(RoleReason.LastAdministrator);
        }

        grant.Revoke(zone.Now, actor.PersonId, reason!.Trim());
        RoleTrail.Add(db, zone.Now, actor, "took a role back", grant.PersonId, grant.Role, grant.AgencyId, new { grant = grant.Id });
        await Outbox.QueueAsync(db, zone.Now, await RoleLetters.ToAllAsync(db, RoleLetters.Taken, grant, "A role was taken back.", zone.Today, stop), stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new RoleOutcome.Done(grant.Id);
    }

    /// <summary>A role that is held, or will be, and that the actor may take back; null for what there is not, or is not theirs to take.</summary>
    public static async Task<RoleGrant?> FindAsync(LearningDb db, Guid id, Actor actor, DateOnly today, CancellationToken stop = default)
    {
        var grant = await db.RoleGrants.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id && one.RevokedAt == null && (one.EndsOn == null || today < one.EndsOn), stop);
        return grant is null ? null
            : actor.IsAdministrator || (grant.Role == Role.AgencyLead && actor.IsUnit) ? grant
            : grant.Deputy && (await LedAgencies.OfAsync(db, actor, today, stop)).Any(agency => agency.Id == grant.AgencyId) ? grant
            : null;
    }
}
