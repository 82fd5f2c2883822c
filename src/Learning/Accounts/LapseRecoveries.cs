using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>Ends requests to be let back in that nobody has decided in time, and tells their owners; forgets those that are over, a month later. Each is on the audit trail for good.</summary>
public sealed class LapseRecoveries(LearningDb db, Zone zone)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>How many ended or were forgotten.</summary>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (now, asked, over) = (zone.Now, zone.Now - AccountRecovery.Waits, zone.Now - Kept);
        // The accounts first, as everybody does; one that somebody is at is left for the next run.
        var accounts = await db.Users.FromSql($"""
            select a.* from accounts a
            where exists (select from account_recoveries r where r.account_id = a.id and r.decided_at is null and r.ended_at is null and r.asked_at <= {asked}) order by a.id for update skip locked
            """).ToDictionaryAsync(account => account.Id, stop);
        var ids = accounts.Keys.ToArray();
        var lapsed = await db.AccountRecoveries.Where(row => ids.Contains(row.AccountId) && row.DecidedAt == null && row.EndedAt == null && row.AskedAt <= asked).ToListAsync(stop);
        foreach (var recovery in lapsed)
        {
            recovery.End(RecoveryEnd.Lapsed, now);
            SecurityTrail.Add(db, accounts[recovery.AccountId], null, "a request to be let back in lapsed", "Nobody has let you back in",
                "Somebody asked to be let in to your account without your second step, and nobody decided in time. If that was you, write to us, or ask again.", now);
        }

        await db.SaveChangesAsync(stop);
        var gone = await db.AccountRecoveries.Where(row => (row.EndedAt ?? row.UsedAt ?? row.LinkEndsAt ?? row.DecidedAt) < over).ExecuteDeleteAsync(stop);
        await transaction.CommitAsync(stop);
        return lapsed.Count + gone;
    }
}
