using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records.Retention;

/// <summary>What came of keeping a record, or of letting it go.</summary>
public abstract record HoldOutcome
{
    /// <summary>It stands as was asked for, by this press or an earlier one.</summary>
    public sealed record Done : HoldOutcome;

    /// <summary>Nothing was changed: the reason cannot be kept.</summary>
    public sealed record Refused(string Reason) : HoldOutcome;

    /// <summary>There is no such person, they were erased, or who asks is not the business unit.</summary>
    public sealed record NotFound : HoldOutcome;

    private HoldOutcome()
    {
    }
}

/// <summary>
/// The business unit keeps somebody's record for a reason, such as a claim or an inquiry, until it lifts that: nothing erases them meanwhile, neither retention nor a wish (P5). Keeping twice is one. Once it is lifted they
/// come onto the list anew, and have all days of notice again. The reason may name people: it goes with the record. On the audit trail, by number.
/// </summary>
public sealed class HoldRecord(IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <summary>Keeps it from now on.</summary>
    public async Task<HoldOutcome> RunAsync(Guid id, string? reason, Actor actor, CancellationToken stop = default)
    {
        var text = reason?.Replace("\0", "", StringComparison.Ordinal).Trim() ?? "";
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!actor.IsUnit || actor.PersonId is not { } by || await LockAsync(db, id, stop) is not { } person)
        {
            return new HoldOutcome.NotFound();
        }

        if (RetentionRules.WhyNotHold(text) is { } wrong)
        {
            return new HoldOutcome.Refused(wrong);
        }

        if (!await db.RecordHolds.AnyAsync(hold => hold.PersonId == person && hold.LiftedAt == null, stop))
        {
            db.RecordHolds.Add(new RecordHold { Id = Guid.CreateVersion7(zone.Now), PersonId = person, Reason = text, HeldAt = zone.Now, HeldBy = by });
            Note(db, "kept a person's record from being erased", person, by);
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }

        return new HoldOutcome.Done();
    }

    /// <summary>Keeps it no longer.</summary>
    public async Task<HoldOutcome> LiftAsync(Guid id, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        if (!actor.IsUnit || actor.PersonId is not { } by || await LockAsync(db, id, stop) is not { } person)
        {
            return new HoldOutcome.NotFound();
        }

        var all = await SamePerson.OfAsync(db, person, stop);
        foreach (var hold in await db.RecordHolds.Where(hold => all.Contains(hold.PersonId) && hold.LiftedAt == null).ToListAsync(stop))
        {
            hold.Lift(zone.Now, by);
            Note(db, "let a person's record go on to be erased", hold.PersonId, by);
        }

        await db.SaveChangesAsync(stop);
        await db.RetentionCases.Where(one => one.PersonId == person).ExecuteDeleteAsync(stop);
        await transaction.CommitAsync(stop);
        return new HoldOutcome.Done();
    }

    // The one that all records of the person are counted as (P3), so that one of them alone cannot go.
    private static async Task<Guid?> LockAsync(LearningDb db, Guid id, CancellationToken stop) => (await db.Persons.FromSql($"""
        select p.* from persons p where p.id = counted_as({id}) and p.erased_at is null for update
        """).AsNoTracking().ToListAsync(stop)).SingleOrDefault()?.Id;

    private void Note(LearningDb db, string verb, Guid person, Guid by) =>
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = by, Verb = verb, SubjectKind = "person", SubjectId = person });
}
