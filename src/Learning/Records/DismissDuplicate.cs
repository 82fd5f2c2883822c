using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records;

/// <summary>Somebody of the business unit has looked: these are two people, and are not offered as one again. Saying so twice is once.</summary>
public sealed class DismissDuplicate(LearningDb db, Zone zone)
{
    /// <summary>False where one of them is not there, both are the same, or who asks is not the business unit.</summary>
    public async Task<bool> RunAsync(Guid one, Guid two, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsUnit || one == two || await db.Persons.CountAsync(person => person.Id == one || person.Id == two, stop) != 2)
        {
            return false;
        }

        var (now, by) = (zone.Now, actor.PersonId);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var recorded = await db.Database.ExecuteSqlAsync($"""
            insert into not_duplicates (first_id, second_id, recorded_at, recorded_by) values (least({one}, {two}), greatest({one}, {two}), {now}, {by}) on conflict do nothing
            """, stop);
        if (recorded > 0)
        {
            db.AuditEntries.Add(new AuditEntry { At = now, ActorId = by, Verb = "said that two people are not one", SubjectKind = "person", SubjectId = one, Details = $$"""{"other": "{{two}}"}""" });
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return true;
    }
}
