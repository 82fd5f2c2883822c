using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>A role to be given. <paramref name="EndsOn"/> is the first day on which it is not held; null: until it is taken back.</summary>
public sealed record RoleWanted(Guid PersonId, Role Role, Guid? AgencyId, DateOnly StartsOn, DateOnly? EndsOn, string? Reason = null);

/// <summary>
/// Gives a person a role from a day on (S1): an administrator every one, the business unit that of an agency's lead. What takes a second person (<see cref="RoleRules.NeedsSecond"/>)
/// becomes a request, with a reason. The person and the administrators, or those who may approve, are told by mail; on the audit trail (S3). Sent twice, the second is refused.
/// </summary>
public sealed class GiveRole(LearningDb db, Zone zone)
{
    public async Task<RoleOutcome> RunAsync(RoleWanted wanted, Actor actor, CancellationToken stop = default)
    {
        if (!RoleRules.MayGive(actor, wanted.Role))
        {
            return new RoleOutcome.NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!await GrantRole.LockAsync(db, wanted.PersonId, stop))
        {
            return new RoleOutcome.NotFound();
        }

        var agency = wanted.Role == Role.AgencyLead ? wanted.AgencyId : null;
        if (wanted.Role == Role.AgencyLead && !await db.Agencies.AnyAsync(row => row.Id == agency, stop))
        {
            return new RoleOutcome.Refused(RoleReason.NeedsAgency);
        }

        var asks = RoleRules.NeedsSecond(actor, wanted.Role, wanted.PersonId);
        if ((RoleRules.WhyNotDays(wanted.StartsOn, wanted.EndsOn, zone.Today) ?? (asks && !RoleRules.IsReason(wanted.Reason) ? RoleReason.NeedsReason : null)) is { } why)
        {
            return new RoleOutcome.Refused(why);
        }

        var outcome = asks
            ? await AskAsync(wanted with { AgencyId = agency }, actor, stop)
            : await GrantRole.RunAsync(db, zone, wanted with { AgencyId = agency }, actor, request: null, deputy: false, stop);
        if (outcome is not RoleOutcome.Refused)
        {
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }

        return outcome;
    }

    private async Task<RoleOutcome> AskAsync(RoleWanted wanted, Actor actor, CancellationToken stop)
    {
        if (await GrantRole.HeldAsync(db, wanted, stop) is { Count: > 0 })
        {
            return new RoleOutcome.Refused(RoleReason.AlreadyHeld);
        }

        if (await db.RoleRequests.AnyAsync(one => one.PersonId == wanted.PersonId && one.Role == wanted.Role && one.AgencyId == wanted.AgencyId && one.Decision == null, stop))
        {
            return new RoleOutcome.Refused(RoleReason.AlreadyAsked);
        }

        var request = new RoleRequest
        {
            Id = Guid.CreateVersion7(), PersonId = wanted.PersonId, Role = wanted.Role, AgencyId = wanted.AgencyId, StartsOn = wanted.StartsOn, EndsOn = wanted.EndsOn,
            Reason = wanted.Reason!.Trim(), AskedAt = zone.Now, AskedBy = actor.PersonId!.Value,
        };
        var approvers = await RoleApprovers.OfAsync(db, request.AskedBy, request.PersonId, zone.Today, stop);
        db.RoleRequests.Add(request);
        RoleTrail.Add(db, zone.Now, actor, "asked for a role", request.PersonId, request.Role, request.AgencyId, new { request = request.Id, from = request.StartsOn, until = request.EndsOn });
        await Outbox.QueueAsync(db, zone.Now, [.. approvers.People.Select(person => new Outgoing
        {
            Kind = RoleLetters.Asked, PersonId = person, SubjectId = request.Id, Why = "A role waits for a second person's approval, and it may be theirs.",
        })], stop);
        return new RoleOutcome.Asked(request.Id, approvers.People.Count, approvers.ByUnit);
    }
}
