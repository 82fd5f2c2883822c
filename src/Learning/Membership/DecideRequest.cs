using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>
/// Decides about a request for a role: approved or refused by one of <see cref="RoleApprovers"/>, withdrawn by whoever asked. The first decision stands, whoever else presses at the same
/// moment or again later: they are told which it was. On the audit trail (S3).
/// </summary>
public sealed class DecideRequest(LearningDb db, Zone zone)
{
    public async Task<RoleOutcome> RunAsync(Guid id, RoleDecision decision, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var request = (await db.RoleRequests.FromSql($"select * from role_requests where id = {id} for update").ToListAsync(stop)).SingleOrDefault();
        if (request is null || actor.PersonId is not { } by || !await MayAsync(request, decision, actor, stop))
        {
            return new RoleOutcome.NotFound();
        }

        if (request.Decision is { } already)
        {
            return already == RoleDecision.Approved
                ? new RoleOutcome.Done(await db.RoleGrants.Where(grant => grant.RequestId == id).Select(grant => grant.Id).SingleAsync(stop))
                : new RoleOutcome.Closed(already);
        }

        RoleOutcome outcome = new RoleOutcome.Closed(decision);
        if (decision == RoleDecision.Approved)
        {
            outcome = await ApproveAsync(request, actor, stop);
            if (outcome is not RoleOutcome.Done)
            {
                return outcome;
            }
        }
        else
        {
            RoleTrail.Add(db, zone.Now, actor, decision == RoleDecision.Refused ? "refused a role" : "withdrew a request for a role", request.PersonId, request.Role, request.AgencyId, new { request = request.Id });
        }

        request.Decide(decision, zone.Now, by);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return outcome;
    }

    // Whoever may approve may refuse.
    private async Task<bool> MayAsync(RoleRequest request, RoleDecision decision, Actor actor, CancellationToken stop) => decision == RoleDecision.Withdrawn
        ? actor.PersonId == request.AskedBy
        : (await RoleApprovers.OfAsync(db, request.AskedBy, request.PersonId, zone.Today, stop)).Include(actor);

    // It begins at the earliest today, however long it waited.
    private async Task<RoleOutcome> ApproveAsync(RoleRequest request, Actor actor, CancellationToken stop)
    {
        if (!await GrantRole.LockAsync(db, request.PersonId, stop))
        {
            return new RoleOutcome.NotFound();
        }

        var startsOn = request.StartsOn < zone.Today ? zone.Today : request.StartsOn;
        return request.EndsOn <= startsOn
            ? new RoleOutcome.Refused(RoleReason.IsOver)
            : await GrantRole.RunAsync(db, zone, new RoleWanted(request.PersonId, request.Role, request.AgencyId, startsOn, request.EndsOn), actor, request, deputy: false, stop);
    }
}
