using Learning.Accounts;
using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>What came of asking to be let back in.</summary>
public abstract record AskRecoveryOutcome
{
    /// <summary>It waits for an answer, by this press or an earlier one.</summary>
    public sealed record Asked(DateTimeOffset At) : AskRecoveryOutcome;

    /// <summary>It was asked so often that it can be asked again only after a while.</summary>
    public sealed record TooMany(TimeSpan Wait) : AskRecoveryOutcome;

    /// <summary>The account is asked for no second step.</summary>
    public sealed record NotNeeded : AskRecoveryOutcome;

    /// <summary>There is no half-finished sign-in, or its ten minutes are over.</summary>
    public sealed record Over : AskRecoveryOutcome;

    private AskRecoveryOutcome()
    {
    }
}

/// <summary>
/// Somebody who has shown the first factor says that the second is lost. Whoever decides is told by mail to call them (see <see cref="RecoveryDeciders"/>), and so is the owner, who can end it. What
/// is said is the same whoever decides. Asking again while it waits changes nothing; a link that was not used ends.
/// </summary>
public sealed class AskForRecovery(LearningDb db, HalfSignIns halves, Allowances allowances, ThisBrowser browser, Zone zone)
{
    public async Task<AskRecoveryOutcome> RunAsync(CancellationToken stop = default)
    {
        if (await halves.ReadAsync(stop) is not { } half)
        {
            return new AskRecoveryOutcome.Over();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (account, now) = (await db.LockAccountAsync(half.AccountId, stop), zone.Now);
        if (account.SecondStepExempt || !await ChangeFactors.HasSecondStepAsync(db, account.Id, stop))
        {
            return new AskRecoveryOutcome.NotNeeded();
        }

        var before = await db.AccountRecoveries.Where(row => row.AccountId == account.Id && row.EndedAt == null && row.UsedAt == null && row.Granted != false).ToListAsync(stop);
        if (before.Find(row => row.StateAt(now) == RecoveryState.Open) is { } open)
        {
            return new AskRecoveryOutcome.Asked(open.AskedAt);
        }

        if (await allowances.TakeAsync([Allowance.RecoveriesFromNetwork.Of(browser.Network), Allowance.RecoveriesOfAccount.Of(account.Id.ToString())], stop) is { } wait)
        {
            return new AskRecoveryOutcome.TooMany(wait);
        }

        foreach (var old in before)
        {
            old.End(old.Granted is null ? RecoveryEnd.Lapsed : RecoveryEnd.AskedAgain, now);
        }

        await db.SaveChangesAsync(stop);
        await AskAsync(account, now, stop);
        await transaction.CommitAsync(stop);
        return new AskRecoveryOutcome.Asked(now);
    }

    private async Task AskAsync(Account account, DateTimeOffset now, CancellationToken stop)
    {
        var secret = Secret.New();
        var recovery = new AccountRecovery { Id = Guid.CreateVersion7(now), AccountId = account.Id, PersonId = account.PersonId, AskedAt = now, Device = browser.Device, StopHash = Secret.Hash(secret) };
        db.AccountRecoveries.Add(recovery);
        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = account.PersonId, Verb = "asked to be let back in", SubjectKind = "person", SubjectId = account.PersonId });
        Outbox.Add(db, now, new Outgoing
        {
            Kind = RecoveryLetters.Begun, PersonId = account.PersonId, SubjectId = recovery.Id, Why = "Somebody asked to be let in to their account without its second step.", Data = new RecoveryLetters.SecretData(secret),
        });
        foreach (var person in (await RecoveryDeciders.OfAsync(db, account.PersonId, zone.Today, stop)).ToTell)
        {
            Outbox.Add(db, now, new Outgoing { Kind = RecoveryLetters.Asked, PersonId = person, SubjectId = recovery.Id, Why = "Somebody asks to be let back in, and it is theirs to decide." });
        }

        await db.SaveChangesAsync(stop);
    }
}
