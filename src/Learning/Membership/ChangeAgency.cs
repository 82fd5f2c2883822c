using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What is said of an agency besides its name.</summary>
/// <param name="Since">Since when sector and parent are so; null: what was written down was wrong, and is put right as far back as it held.</param>
public sealed record AgencyChange(string? Sector, Guid? Parent, bool StatutoryPartner, string? Headcount, DateOnly? Since);

/// <summary>
/// The business unit changes what an agency is. Sector and parent count in figures (F1, F4): they change from a day on, and the years before keep what held then (P2, T4). Refused: a parent that is the
/// agency itself or lies below it, a day to come (<see cref="AgencyRules"/>).
/// </summary>
public sealed class ChangeAgency(LearningDb db, Zone zone)
{
    public async Task<AgencyOutcome> RunAsync(Guid id, AgencyChange typed, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!actor.IsUnit || await LockAgencies.FindAsync(db, id, stop) is not { } agency)
        {
            return new AgencyOutcome.NotFound();
        }

        var mistakes = new List<AgencyMistake>();
        var sector = AgencyRules.Sector(typed.Sector);
        if (sector is null)
        {
            mistakes.Add(new(AgencyField.Sector, "Choose its sector"));
        }

        if (typed.Parent is { } parent && await WhyNotParentAsync(id, parent, stop) is { } circle)
        {
            mistakes.Add(new(AgencyField.Parent, circle));
        }

        if (!AgencyRules.TryHeadcount(typed.Headcount, out var headcount))
        {
            mistakes.Add(new(AgencyField.Headcount, "Enter how many people as a whole number, or leave it empty"));
        }

        var counts = (sector, typed.Parent) != (agency.Sector, agency.ParentId);
        if (counts && typed.Since is { } since && AgencyRules.WhyNotSince(since, agency.HoldsFrom, zone.Today) is { } why)
        {
            mistakes.Add(new(AgencyField.Since, why));
        }

        if (mistakes.Count > 0)
        {
            return new AgencyOutcome.Refused(mistakes);
        }

        if (counts)
        {
            (agency.HoldsFrom, agency.ChangedAt) = (typed.Since ?? agency.HoldsFrom, zone.Now);
        }

        (agency.Sector, agency.ParentId, agency.StatutoryPartner, agency.Headcount) = (sector!, typed.Parent, typed.StatutoryPartner, headcount);
        if (db.Entry(agency).State == EntityState.Modified)
        {
            LockAgencies.Note(db, actor, "changed an agency", id, zone.Now);
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new AgencyOutcome.Done(id);
    }

    private async Task<string?> WhyNotParentAsync(Guid id, Guid parent, CancellationToken stop)
    {
        if (parent == id)
        {
            return "An agency is not part of itself";
        }

        var above = await db.Database.SqlQuery<Guid>($"""select id as "Value" from agency_and_above({parent})""").ToListAsync(stop);
        return above.Count == 0 ? "Choose the agency that it is part of, or none" : above.Contains(id) ? "That agency is part of this one" : null;
    }
}

/// <summary>
/// The business unit renames an agency: it is called so from a day on, and what counted before keeps the name that it had (P2). Without a day the name was mistyped, and is put right as far
/// back as it held. Refused: no name, a day to come (<see cref="AgencyRules"/>).
/// </summary>
public sealed class RenameAgency(LearningDb db, Zone zone)
{
    public async Task<AgencyOutcome> RunAsync(Guid id, string? typed, DateOnly? since, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!actor.IsUnit || await LockAgencies.FindAsync(db, id, stop) is not { } agency)
        {
            return new AgencyOutcome.NotFound();
        }

        if (AgencyRules.Name(typed) is not { } name)
        {
            return AgencyOutcome.Wrong(AgencyField.Name, $"Enter its name in one line of at most {AgencyRules.LongestName} characters");
        }

        if (name == agency.Name)
        {
            return new AgencyOutcome.Done(id);
        }

        if (since is { } day && AgencyRules.WhyNotSince(day, agency.HoldsFrom, zone.Today) is { } why)
        {
            return AgencyOutcome.Wrong(AgencyField.Since, why);
        }

        (agency.Name, agency.HoldsFrom, agency.ChangedAt) = (name, since ?? agency.HoldsFrom, zone.Now);
        LockAgencies.Note(db, actor, since is null ? "corrected the name of an agency" : "renamed an agency", id, zone.Now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new AgencyOutcome.Done(id);
    }
}
