using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>
/// From now on a record that was merged is counted as itself again (P3): its own addresses open it, and figures as at an instant before now still count one person. A booking that the merge
/// withdrew stays withdrawn. Only for the business unit; refused where it is not merged.
/// </summary>
public sealed class UnmergePerson(IDbContextFactory<LearningDb> databases, Zone zone)
{
    public async Task<MergeOutcome> RunAsync(Guid person, string reason, Actor actor, CancellationToken stop = default)
    {
        await using var db = await databases.CreateDbContextAsync(stop);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({MergePerson.Lock}, 0))", stop);
        if (!actor.IsUnit || await MergePreview.SideAsync(db, person, zone.Today, stop) is not { } side)
        {
            return new MergeOutcome.NotFound();
        }

        if (side.CountedAs == side.Id)
        {
            return new MergeOutcome.Refused($"{side.Name} is counted as themselves.");
        }

        var now = zone.Now;
        db.PersonMerges.Add(new PersonMerge { PersonId = person, IntoId = null, RecordedAt = now, RecordedBy = actor.PersonId, Reason = reason });
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = actor.PersonId, Verb = "undid a merge of a person", SubjectKind = "person", SubjectId = person });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return new MergeOutcome.Done();
    }
}
