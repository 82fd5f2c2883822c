using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>An agency with whoever leads it, deputies last.</summary>
/// <param name="Parent">The agency that it is a department of, whose leads lead it too.</param>
public sealed record LedBy(Guid Id, string Name, string? Parent, IReadOnlyList<RoleHeld> Leads);

/// <summary>The agencies of today and who leads each, by name: two statements. Nothing for anybody but the business unit.</summary>
public sealed class AgencyLeads(LearningDb db, RoleList roles, Zone zone)
{
    public async Task<IReadOnlyList<LedBy>> AskAsync(Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit)
        {
            return [];
        }

        var leads = (await roles.LeadsAsync(stop)).OrderBy(lead => lead.Deputy).ToLookup(lead => lead.AgencyId);
        return await db.Agencies
            .Where(agency => !db.AgencySuccessions.Any(next => next.AgencyId == agency.Id && next.StartsOn <= zone.Today))
            .OrderBy(agency => agency.Name)
            .Select(agency => new { agency.Id, agency.Name, Parent = db.Agencies.Where(parent => parent.Id == agency.ParentId).Select(parent => parent.Name).FirstOrDefault() })
            .AsAsyncEnumerable().Select(agency => new LedBy(agency.Id, agency.Name, agency.Parent, [.. leads[agency.Id]])).ToListAsync(stop);
    }
}
