using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Returns;

/// <summary>A return as it is to be recorded. Without numbers it takes back what stands.</summary>
public sealed record NewReturn(Guid AgencyId, string Level, DateOnly CountedOn, int? InScope, int? Valid);

/// <summary>What came of entering returns.</summary>
public abstract record ReturnOutcome
{
    /// <param name="Recorded">New, or different from what stood.</param>
    /// <param name="Unchanged">What stood already, word for word.</param>
    public sealed record Done(int Recorded, int Unchanged) : ReturnOutcome;

    /// <summary>An agency is not the actor's to return for (S2), or a level is not known. Nothing was recorded.</summary>
    public sealed record NotFound : ReturnOutcome;

    private ReturnOutcome()
    {
    }
}

/// <summary>
/// Records returns, all or none: new rows, never changed ones (T4). By a lead for their own agencies and departments, by the business unit for any. What stands already is not written again, so that a
/// form sent twice, or a file uploaded twice, changes nothing.
/// </summary>
public sealed class EnterReturns(LearningDb db, Zone zone)
{
    public async Task<ReturnOutcome> RunAsync(IReadOnlyList<NewReturn> returns, bool byFile, Actor actor, CancellationToken stop = default)
    {
        var agencies = returns.Select(one => one.AgencyId).Distinct().ToArray();
        var levels = await db.TrainingLevels.Select(level => level.Code).ToListAsync(stop);
        if (agencies.Any(agency => !actor.IsUnit && !actor.LeadOf.Contains(agency)) || returns.Any(one => !levels.Contains(one.Level)))
        {
            return new ReturnOutcome.NotFound();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // Two of an agency who return at once wait for each other, so that neither writes what the other has just written.
        if ((await db.Agencies.FromSql($"select * from agencies where id = any({agencies}) order by id for no key update").AsNoTracking().ToListAsync(stop)).Count < agencies.Length)
        {
            return new ReturnOutcome.NotFound();
        }

        var standing = (await StandingReturns.ListAsync(db, agencies, stop)).ToDictionary(one => (one.AgencyId, one.Level, one.CountedOn));
        var fresh = returns.Where(one => standing.TryGetValue((one.AgencyId, one.Level, one.CountedOn), out var stands)
            ? (stands.InScope, stands.Valid) != (one.InScope, one.Valid)
            : one.InScope is not null).ToList();
        var now = zone.Now;
        db.TrainingReturns.AddRange(fresh.Select(one => new TrainingReturn
        {
            Id = Guid.CreateVersion7(), AgencyId = one.AgencyId, Level = one.Level, CountedOn = one.CountedOn, InScope = one.InScope, Valid = one.Valid, ByFile = byFile, RecordedAt = now, RecordedBy = actor.PersonId,
        }));
        foreach (var agency in fresh.GroupBy(one => one.AgencyId))
        {
            db.AuditEntries.Add(new AuditEntry
            {
                At = now, ActorId = actor.PersonId, Verb = "entered training returns", SubjectKind = "agency", SubjectId = agency.Key, Details = JsonSerializer.Serialize(new { returns = agency.Count(), file = byFile }),
            });
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new ReturnOutcome.Done(fresh.Count, returns.Count - fresh.Count);
    }
}
