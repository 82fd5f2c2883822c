using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>What came of an answer to the second step.</summary>
public abstract record SecondStepOutcome
{
    /// <summary>Signed in; <paramref name="Next"/> is where to go.</summary>
    public sealed record Entered(string Next) : SecondStepOutcome;

    /// <summary>Not a code of this account, or one that was taken before.</summary>
    public sealed record Wrong : SecondStepOutcome;

    /// <summary>Too many wrong answers: none is heard before <paramref name="Until"/>.</summary>
    public sealed record Closed(DateTimeOffset Until) : SecondStepOutcome;

    /// <summary>There is no half-finished sign-in, or its ten minutes are over.</summary>
    public sealed record Over : SecondStepOutcome;

    private SecondStepOutcome()
    {
    }
}

/// <summary>
/// Finishes a half-finished sign-in by a code of the authenticator app or by a recovery code. Each code is taken once: the account's row is locked, so that of two presses with one code, one
/// enters. Wrong answers are counted (<see cref="SecondStepRules"/>), and the owner is told of them by mail.
/// </summary>
public sealed class TakeSecondStep(LearningDb db, HalfSignIns halves, FinishSignIn finish, AuthenticatorKeys keys, Zone zone)
{
    public async Task<SecondStepOutcome> RunAsync(string typed, bool isRecoveryCode, CancellationToken stop = default)
    {
        if (await halves.ReadAsync(stop) is not { } half)
        {
            return new SecondStepOutcome.Over();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (account, now) = (await db.LockAccountAsync(half.AccountId, stop), zone.Now);
        if (account.SecondStepClosedUntil > now)
        {
            return new SecondStepOutcome.Closed(account.SecondStepClosedUntil.Value);
        }

        var right = isRecoveryCode ? await TakeRecoveryCodeAsync(account, typed, now, stop) : await TakeCodeAsync(account, typed, now, stop);
        account.SecondStepTries = right ? 0 : account.SecondStepTries + 1;
        account.SecondStepClosedUntil = right ? null : now + SecondStepRules.ClosedAfter(account.SecondStepTries);
        if (account.SecondStepClosedUntil is not null)
        {
            SecurityTrail.Add(db, account, null, "second step closed", "Wrong codes were entered",
                $"Somebody gave the right password or e-mail code, then {account.SecondStepTries} wrong codes in a row. If that was not you, change your password.", now);
        }

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return right ? new SecondStepOutcome.Entered(await finish.AfterSecondStepAsync(half, account, isRecoveryCode, stop))
            : account.SecondStepClosedUntil is { } until ? new SecondStepOutcome.Closed(until)
            : new SecondStepOutcome.Wrong();
    }

    private async Task<bool> TakeCodeAsync(Account account, string typed, DateTimeOffset now, CancellationToken stop)
    {
        var app = await db.AccountAuthenticators.SingleOrDefaultAsync(row => row.AccountId == account.Id && row.ConfirmedAt != null, stop);
        if (app is null || Totp.StepOf(keys.Read(app.Key), Plain(typed), now) is not { } step || step <= app.LastStep)
        {
            return false;
        }

        app.LastStep = step;
        return true;
    }

    private async Task<bool> TakeRecoveryCodeAsync(Account account, string typed, DateTimeOffset now, CancellationToken stop)
    {
        var codes = await db.RecoveryCodes.Where(code => code.AccountId == account.Id && code.UsedAt == null).ToListAsync(stop);
        if (codes.Count == 0 || RecoveryCode.HashOf(typed, codes[0].Salt) is not { } hash || codes.Find(code => code.Hash.AsSpan().SequenceEqual(hash)) is not { } code)
        {
            return false;
        }

        code.UsedAt = now;
        SecurityTrail.Add(db, account, account.PersonId, "used a recovery code", "A recovery code was used",
            $"One of your recovery codes signed somebody in. {codes.Count - 1} are left.", now);
        return true;
    }

    /// <summary>A code as apps show it, "123 456", without its space.</summary>
    internal static string Plain(string typed) => new([.. typed.Where(letter => !char.IsWhiteSpace(letter))]);
}
