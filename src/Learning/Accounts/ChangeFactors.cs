using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>What came of changing what protects an account.</summary>
public abstract record FactorOutcome
{
    public sealed record Done : FactorOutcome;

    /// <summary>Not before they show (again) who they are: see <see cref="FactorRules"/>.</summary>
    public sealed record ProofWanted : FactorOutcome;

    /// <summary>There is nothing to change, or what was given is not right; <paramref name="Why"/> is a sentence for its owner.</summary>
    public sealed record Refused(string Why) : FactorOutcome;

    private FactorOutcome()
    {
    }
}

/// <summary>A change that was made: for the audit trail, and for the mail to its owner.</summary>
/// <param name="EndsOthers">Something was taken away or replaced: whoever has it, or used it elsewhere, is signed out there.</param>
internal sealed record FactorChange(string Verb, string Title, string What, bool EndsOthers = false)
{
    /// <summary>Something was prepared, and nothing has changed yet: nobody is told.</summary>
    public static readonly FactorChange Prepared = new("", "", "");
}

/// <summary>
/// What every change of what protects one's own account has in common: one transaction with the account locked, the rule asked, the trail, the notice by mail, and the end of the sessions elsewhere.
/// </summary>
public sealed class ChangeFactors(LearningDb db, ThisSession session, Zone zone)
{
    /// <summary>Runs a change, which gives what it did, or null where <paramref name="why"/> holds.</summary>
    /// <param name="isNew">Whether it sets up a new second step: in a session that somebody was let back in to, it takes the place of whatever was before, which is lost.</param>
    internal async Task<FactorOutcome> RunAsync(Func<Account, DateTimeOffset, Task<FactorChange?>> change, string why, CancellationToken stop, bool isNew = false)
    {
        if (await session.ReadAsync(stop) is not { } here)
        {
            return new FactorOutcome.ProofWanted();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (account, now) = (await db.LockAccountAsync(here.AccountId, stop), zone.Now);
        if (FactorRules.Wanted(here, await HasSecondStepAsync(db, account.Id, stop), now) != Accounts.ProofWanted.Nothing)
        {
            return new FactorOutcome.ProofWanted();
        }

        // Where the change fails, so does this.
        var replacesLost = isNew && await ForgetLostAsync(account, here, stop);
        if (await change(account, now) is not { } made)
        {
            return new FactorOutcome.Refused(why);
        }

        if (replacesLost)
        {
            made = made with { What = $"{made.What} What you had before no longer opens your account, nor do its recovery codes.", EndsOthers = true };
        }

        if (made != FactorChange.Prepared)
        {
            SecurityTrail.Add(db, account, account.PersonId, made.Verb, made.Title, made.What, now);
        }

        if (made.EndsOthers)
        {
            // A sign-in that is half finished is finished no more.
            account.SecurityStamp = Secret.New();
            await LiveSessions.EndAsync(db.AccountSessions.Where(row => row.AccountId == account.Id && row.Id != here.Id), now, made.Title, stop);
        }

        await db.SaveChangesAsync(stop);
        if (made.EndsOthers && !await HasSecondStepAsync(db, account.Id, stop))
        {
            // They stood in for what is gone.
            await db.RecoveryCodes.Where(code => code.AccountId == account.Id).ExecuteDeleteAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return new FactorOutcome.Done();
    }

    private async Task<bool> ForgetLostAsync(Account account, AccountSession here, CancellationToken stop)
    {
        if (!await db.AccountRecoveries.AnyAsync(recovery => recovery.AccountId == account.Id && recovery.SessionId == here.Id, stop))
        {
            return false;
        }

        await db.AccountAuthenticators.Where(app => app.AccountId == account.Id && app.ConfirmedAt != null).ExecuteDeleteAsync(stop);
        await db.RecoveryCodes.Where(code => code.AccountId == account.Id).ExecuteDeleteAsync(stop);
        await db.UserPasskeys.Where(passkey => passkey.UserId == account.Id).ExecuteDeleteAsync(stop);
        return true;
    }

    /// <summary>Whether an account has a passkey or an authenticator app in use.</summary>
    internal static Task<bool> HasSecondStepAsync(LearningDb db, Guid account, CancellationToken stop) => db.Users.AnyAsync(row => row.Id == account
        && (db.AccountAuthenticators.Any(app => app.AccountId == account && app.ConfirmedAt != null) || db.UserPasskeys.Any(passkey => passkey.UserId == account)), stop);
}
