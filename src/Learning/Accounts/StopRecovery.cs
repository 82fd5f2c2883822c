using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>
/// The owner of an account did not ask to be let back in: whoever has a link of the mails about it, or is signed in as them, ends it, as long as nobody has come in by it. Whoever asked begins anew
/// with the first factor. On the audit trail; the owner is told by mail what else to do.
/// </summary>
public sealed class StopRecovery(LearningDb db, ThisSession session, Zone zone)
{
    /// <summary>What there is to end, or was ended in this way; null where there is nothing.</summary>
    public async Task<RecoveryAsked?> LookAsync(string secret, CancellationToken stop = default) => Seen(await Of(secret).AsNoTracking().SingleOrDefaultAsync(stop));

    /// <summary>The one of the account of this session, which has shown a second step: the first alone must not keep an owner out. Null where there is none.</summary>
    public async Task<RecoveryAsked?> OwnAsync(CancellationToken stop = default) =>
        await session.ReadAsync(stop) is { Strong: true } here ? Seen(await OfAccount(here.AccountId).AsNoTracking().FirstOrDefaultAsync(stop)) : null;

    /// <summary>Whether it has ended by this press.</summary>
    public Task<bool> RunAsync(string secret, CancellationToken stop = default) => EndAsync(Of(secret), stop);

    /// <summary>The same of the account of this session.</summary>
    public async Task<bool> RunOwnAsync(CancellationToken stop = default) => await session.ReadAsync(stop) is { Strong: true } here && await EndAsync(OfAccount(here.AccountId).Take(1), stop);

    private async Task<bool> EndAsync(IQueryable<AccountRecovery> one, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var now = zone.Now;
        if (await LockRecovery.RunAsync(db, one, stop) is not var (recovery, account) || !recovery.IsAlive(now))
        {
            return false;
        }

        recovery.End(RecoveryEnd.Stopped, now);
        account.SecurityStamp = Secret.New();
        SecurityTrail.Add(db, account, account.PersonId, "stopped being let back in", "Nobody is let in without your second step",
            "You said that you had not asked for it. Whoever asked knows your password or reads your e-mail: change your password here, if you have one, and that of your e-mail.", now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    private IQueryable<AccountRecovery> Of(string secret)
    {
        var hash = Secret.Hash(secret);
        return db.AccountRecoveries.Where(row => row.StopHash == hash || row.LinkHash == hash);
    }

    // The newest: one that waits, or a link that is good.
    private IQueryable<AccountRecovery> OfAccount(Guid account) =>
        db.AccountRecoveries.Where(row => row.AccountId == account && row.EndedAt == null && row.UsedAt == null && row.Granted != false).OrderByDescending(row => row.AskedAt);

    private RecoveryAsked? Seen(AccountRecovery? row) =>
        row is null || !row.IsAlive(zone.Now) && row.EndedBecause != RecoveryEnd.Stopped ? null : new RecoveryAsked(row.Device, row.AskedAt, row.EndedBecause == RecoveryEnd.Stopped);
}

/// <summary>A request to be let back in, as its owner is told of it.</summary>
public sealed record RecoveryAsked(string Device, DateTimeOffset AskedAt, bool IsStopped);
