using Learning.Audit;
using Learning.Membership;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records.Retention;

/// <summary>
/// Keeps the record of whoever has the link of a notice, without signing in: it counts as activity from today (P5), on the audit trail as theirs. Looking at the link changes nothing, since mail
/// scanners open links. A link works once, and until the record is erased.
/// </summary>
public sealed class KeepRecord(LearningDb db, Zone zone)
{
    /// <summary>The day from which the record would be erased; null where the link is good no more, or never was.</summary>
    public async Task<DateOnly?> LookAsync(string link, CancellationToken stop = default)
    {
        var hash = OneTimeSecret.HashOf(link);
        return await db.RetentionCases.Where(one => one.LinkHash == hash).Select(one => (DateOnly?)one.EraseOn).SingleOrDefaultAsync(stop);
    }

    /// <summary>False where the link is good no more.</summary>
    public async Task<bool> RunAsync(string link, CancellationToken stop = default)
    {
        var hash = OneTimeSecret.HashOf(link);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // The person first, as an erasure does: whoever comes second finds what the first has done.
        await db.Database.ExecuteSqlAsync($"select from persons where id = (select person_id from retention_cases where link_hash = {hash}) for update", stop);
        if ((await db.RetentionCases.FromSql($"select * from retention_cases where link_hash = {hash} for update").AsNoTracking().ToListAsync(stop)).SingleOrDefault() is not { } one)
        {
            return false;
        }

        await db.RetentionCases.Where(row => row.PersonId == one.PersonId).ExecuteDeleteAsync(stop);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = one.PersonId, Verb = "kept their record", SubjectKind = "person", SubjectId = one.PersonId });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return true;
    }
}
