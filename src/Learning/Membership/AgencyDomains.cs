using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>Which domains may propose an agency: each proposes one (P4).</summary>
internal static class AgencyDomains
{
    public static async Task<string?> WhyNotAsync(LearningDb db, IReadOnlyList<string> domains, MailDomains mail, CancellationToken stop)
    {
        if (domains.Select(domain => AgencyRules.WhyNotDomain(domain, mail)).FirstOrDefault(why => why is not null) is { } wrong)
        {
            return wrong;
        }

        var taken = await db.AgencyDomains.Where(domain => domains.Contains(domain.Domain))
            .Join(db.Agencies, domain => domain.AgencyId, agency => agency.Id, (domain, agency) => new { domain.Domain, agency.Name }).OrderBy(row => row.Domain).FirstOrDefaultAsync(stop);
        return taken is null ? null : $"{taken.Domain} proposes {taken.Name} already. Take it from there first";
    }
}

/// <summary>The business unit gives an agency domains: whoever signs up with an address of one is proposed to it (P4), or to its successor.</summary>
public sealed class GiveDomains(LearningDb db, MailDomains mail, Zone zone)
{
    public async Task<AgencyOutcome> RunAsync(Guid id, string? typed, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!actor.IsUnit || await LockAgencies.FindAsync(db, id, stop) is null)
        {
            return new AgencyOutcome.NotFound();
        }

        var own = await db.AgencyDomains.Where(domain => domain.AgencyId == id).Select(domain => domain.Domain).ToListAsync(stop);
        var domains = AgencyRules.Domains(typed).Except(own).ToList();
        if (domains.Count == 0)
        {
            return string.IsNullOrWhiteSpace(typed) ? AgencyOutcome.Wrong(AgencyField.Domains, "Enter a domain such as council.example") : new AgencyOutcome.Done(id);
        }

        if (await AgencyDomains.WhyNotAsync(db, domains, mail, stop) is { } why)
        {
            return AgencyOutcome.Wrong(AgencyField.Domains, why);
        }

        db.AgencyDomains.AddRange(domains.Select(domain => new AgencyDomain { Domain = domain, AgencyId = id }));
        LockAgencies.Note(db, actor, "gave an agency a domain", id, zone.Now, new { domains });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new AgencyOutcome.Done(id);
    }
}

/// <summary>The business unit takes a domain from an agency: it proposes nobody any more.</summary>
public sealed class TakeDomain(LearningDb db, Zone zone)
{
    public async Task<AgencyOutcome> RunAsync(Guid id, string? domain, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!actor.IsUnit || await LockAgencies.FindAsync(db, id, stop) is null)
        {
            return new AgencyOutcome.NotFound();
        }

        if (await db.AgencyDomains.Where(row => row.AgencyId == id && row.Domain == domain).ExecuteDeleteAsync(stop) > 0)
        {
            LockAgencies.Note(db, actor, "took a domain from an agency", id, zone.Now, new { domain });
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }

        return new AgencyOutcome.Done(id);
    }
}
