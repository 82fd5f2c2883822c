using System.Security.Cryptography;

using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>What came of typing a code.</summary>
public abstract record CodeOutcome
{
    /// <summary>It is right: <paramref name="Next"/> is where the browser goes on to.</summary>
    public sealed record Entered(string Next) : CodeOutcome;

    /// <summary>It is wrong, and may be tried <paramref name="Left"/> times more; 0: it is over.</summary>
    public sealed record Wrong(int Left) : CodeOutcome;

    /// <summary>No code is good any more: it was used, has run out, a newer one was asked for, or too many wrong ones were typed.</summary>
    public sealed record Over : CodeOutcome;

    /// <summary>So many wrong codes were typed for the address that for a while only the link lets in.</summary>
    public sealed record TooMany(TimeSpan Wait) : CodeOutcome;

    private CodeOutcome()
    {
    }
}

/// <summary>Signs in by the code of a mail, in the browser that asked for it. For an address that nobody has, every code is wrong, in the same words and time.</summary>
public sealed class EnterByCode(LearningDb db, Allowances allowances, ThisBrowser browser, FinishSignIn finish, Zone zone, ILogger<EnterByCode> log)
{
    public async Task<CodeOutcome> RunAsync(CodeAsked asked, string code, CancellationToken stop = default)
    {
        var hash = Secret.Hash(asked.Secret);
        var own = await db.SignInCodes.AnyAsync(row => row.BrowserHash == hash && row.AskedFrom == AskedFrom.OwnBrowser, stop);
        AllowanceOf[] tries = own && browser.SecretHash is { } device
            ? [Allowance.WrongCodesInOwnBrowser.Of(device)]
            : [Allowance.WrongFromNetwork.Of(browser.Network), Allowance.WrongCodesForAddress.Of(PersonEmail.Normal(asked.Email))];
        if (await allowances.TakeAsync(tries, stop) is { } wait)
        {
            return new CodeOutcome.TooMany(wait);
        }

        var (outcome, row, account) = await UseAsync(hash, asked, code, stop);
        if (outcome is not CodeOutcome.Wrong)
        {
            await allowances.GiveBackAsync(tries, stop);
        }

        return account is null ? outcome : new CodeOutcome.Entered(await finish.RunAsync(account, SignInMethod.Email, row!.ReturnUrl, stop));
    }

    private async Task<(CodeOutcome Outcome, SignInCode? Row, Account? Account)> UseAsync(byte[] hash, CodeAsked asked, string code, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var row = (await db.SignInCodes.FromSql($"select * from sign_in_codes where browser_hash = {hash} for update").ToListAsync(stop)).SingleOrDefault();
        if (row?.IsGood(zone.Now) != true)
        {
            return (new CodeOutcome.Over(), row, null);
        }

        var isRight = CryptographicOperations.FixedTimeEquals(row.CodeHash, Secret.HashCode(code, asked.Secret));
        var account = isRight ? await ProveAddress.RunAsync(db, row, zone.Now, stop) : null;
        if (account is null)
        {
            row.Miss(zone.Now);
            await db.SaveChangesAsync(stop);
            log.LogWarning("A wrong sign-in code was typed; person {Person}", row.PersonId);
        }

        await transaction.CommitAsync(stop);
        return (account is null ? new CodeOutcome.Wrong(SignInCode.MostWrong - row.WrongTries) : new CodeOutcome.Entered(""), row, account);
    }
}
