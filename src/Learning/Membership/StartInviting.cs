using System.Text.Json;

using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What came of pressing "invite".</summary>
public enum StartOutcome
{
    /// <summary>It goes on by itself from here.</summary>
    Started,

    /// <summary>The list has mistakes, and nobody said to invite the others all the same.</summary>
    HasMistakes,

    /// <summary>There is nobody to invite.</summary>
    Nobody,

    /// <summary>There is no such list, or it is not the actor's.</summary>
    NotFound,
}

/// <summary>A list that was looked up is done: whole, or, where it has mistakes, without those by an explicit choice. Pressing twice is once. On the audit trail (S3).</summary>
public sealed class StartInviting(LearningDb db, Zone zone)
{
    public async Task<StartOutcome> RunAsync(Guid id, bool withoutMistakes, Actor actor, CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var run = (await db.BulkRuns.FromSql($"select * from bulk_runs where id = {id} for update").ToListAsync(stop)).SingleOrDefault();
        if (run is null || !(actor.IsUnit || actor.LeadOf.Contains(run.AgencyId)))
        {
            return StartOutcome.NotFound;
        }

        if (run.State != BulkState.Checked)
        {
            return StartOutcome.Started;
        }

        if (run.Total == 0)
        {
            return StartOutcome.Nobody;
        }

        if (!withoutMistakes && await BulkSeen.MistakesOf(db, id).AnyAsync(stop))
        {
            return StartOutcome.HasMistakes;
        }

        (run.State, run.StartedAt) = (BulkState.Running, zone.Now);
        db.AuditEntries.Add(new AuditEntry
        {
            At = zone.Now, ActorId = actor.PersonId, Verb = "invited people in bulk", SubjectKind = "agency", SubjectId = run.AgencyId, Details = JsonSerializer.Serialize(new { list = run.Id, people = run.Total }),
        });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return StartOutcome.Started;
    }
}
