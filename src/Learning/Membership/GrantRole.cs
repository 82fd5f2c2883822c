using Learning.Accounts;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>The last step of every way of giving a role, in the verb's transaction: the grant, who is told, the trail. Whether it may be given has been decided.</summary>
internal static class GrantRole
{
    /// <summary>Locks a person, so that what is found about their roles stays so. False where there is no such person, or only a number.</summary>
    public static async Task<bool> LockAsync(LearningDb db, Guid person, CancellationToken stop) =>
        (await db.Database.SqlQuery<Guid>($"select id as \"Value\" from persons where id = {person} and erased_at is null for no key update").ToListAsync(stop)).Count > 0;

    /// <summary>The grants of the same role that reach into the days wanted.</summary>
    public static Task<List<RoleGrant>> HeldAsync(LearningDb db, RoleWanted wanted, CancellationToken stop) => db.RoleGrants
        .Where(grant => grant.PersonId == wanted.PersonId && grant.Role == wanted.Role && grant.AgencyId == wanted.AgencyId && grant.RevokedAt == null
            && (grant.EndsOn == null || wanted.StartsOn < grant.EndsOn) && (wanted.EndsOn == null || grant.StartsOn < wanted.EndsOn))
        .ToListAsync(stop);

    public static async Task<RoleOutcome> RunAsync(LearningDb db, Zone zone, RoleWanted wanted, Actor actor, RoleRequest? request, bool deputy, CancellationToken stop)
    {
        var held = await HeldAsync(db, wanted, stop);
        if (held.Exists(grant => !grant.Deputy || deputy))
        {
            return new RoleOutcome.Refused(RoleReason.AlreadyHeld);
        }

        // A deputy becomes the lead.
        held.ForEach(grant => grant.Revoke(zone.Now, actor.PersonId, "Became the lead."));
        if (held.Count > 0)
        {
            await db.SaveChangesAsync(stop);
        }

        var grant = new RoleGrant
        {
            Id = Guid.CreateVersion7(), PersonId = wanted.PersonId, Role = wanted.Role, AgencyId = wanted.AgencyId, Deputy = deputy, StartsOn = wanted.StartsOn, EndsOn = wanted.EndsOn,
            GrantedAt = zone.Now, GrantedBy = request?.AskedBy ?? actor.PersonId, RequestId = request?.Id,
        };
        db.RoleGrants.Add(grant);
        if (SessionLengths.AreShortFor(grant.Role))
        {
            await SessionLengths.ShortenAsync(db, grant.PersonId, stop);
        }

        RoleTrail.Add(db, zone.Now, actor, request is not null ? "approved a role" : deputy ? "appointed a deputy" : "gave a role", grant.PersonId, grant.Role, grant.AgencyId,
            new { grant = grant.Id, request = request?.Id, from = grant.StartsOn, until = grant.EndsOn });
        await Outbox.QueueAsync(db, zone.Now, await RoleLetters.ToAllAsync(db, RoleLetters.Given, grant, "A role was given.", zone.Today, stop), stop);
        return new RoleOutcome.Done(grant.Id);
    }
}
