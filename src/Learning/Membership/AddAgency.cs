using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>A new agency, or department of one, as it was typed.</summary>
public sealed record TypedAgency(string? Name, string? Code, string? Sector, Guid? Parent, bool StatutoryPartner, string? Headcount, string? Domains);

/// <summary>The business unit adds an agency. Refused: a name or code that is missing or another's, domains that are not to be had (<see cref="AgencyRules"/>).</summary>
public sealed class AddAgency(LearningDb db, MailDomains mail, Zone zone)
{
    public async Task<AgencyOutcome> RunAsync(TypedAgency typed, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit)
        {
            return new AgencyOutcome.NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await LockAgencies.AllAsync(db, stop);
        var known = await db.Agencies.Select(agency => new { agency.Id, agency.Name, agency.Code, agency.ParentId }).ToListAsync(stop);
        var mistakes = new List<AgencyMistake>();
        var (name, code, sector, domains) = (AgencyRules.Name(typed.Name), AgencyRules.Code(typed.Code), AgencyRules.Sector(typed.Sector), AgencyRules.Domains(typed.Domains));
        if (name is null)
        {
            mistakes.Add(new(AgencyField.Name, $"Enter its name in one line of at most {AgencyRules.LongestName} characters"));
        }
        else if (known.Exists(agency => agency.ParentId == typed.Parent && agency.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            mistakes.Add(new(AgencyField.Name, "There is one of this name already"));
        }

        if (code is null)
        {
            mistakes.Add(new(AgencyField.Code, $"Enter a code of at most {AgencyRules.LongestCode} letters, digits and hyphens, such as POL"));
        }
        else if (known.Exists(agency => agency.Code.Equals(code, StringComparison.OrdinalIgnoreCase)))
        {
            mistakes.Add(new(AgencyField.Code, "Another agency has this code"));
        }

        if (sector is null)
        {
            mistakes.Add(new(AgencyField.Sector, "Choose its sector"));
        }

        if (typed.Parent is { } parent && known.TrueForAll(agency => agency.Id != parent))
        {
            mistakes.Add(new(AgencyField.Parent, "Choose the agency that it is part of, or none"));
        }

        if (!AgencyRules.TryHeadcount(typed.Headcount, out var headcount))
        {
            mistakes.Add(new(AgencyField.Headcount, "Enter how many people as a whole number, or leave it empty"));
        }

        if (await AgencyDomains.WhyNotAsync(db, domains, mail, stop) is { } why)
        {
            mistakes.Add(new(AgencyField.Domains, why));
        }

        if (mistakes.Count > 0)
        {
            return new AgencyOutcome.Refused(mistakes);
        }

        var added = new Agency
        {
            Id = Guid.CreateVersion7(zone.Now), Code = code!, Name = name!, Sector = sector!, StatutoryPartner = typed.StatutoryPartner, Headcount = headcount, ParentId = typed.Parent, ChangedAt = zone.Now,
        };
        db.Agencies.Add(added);
        db.AgencyDomains.AddRange(domains.Select(domain => new AgencyDomain { Domain = domain, AgencyId = added.Id }));
        LockAgencies.Note(db, actor, "added an agency", added.Id, zone.Now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new AgencyOutcome.Done(added.Id);
    }
}
