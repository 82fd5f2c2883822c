using Learning.People;

using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>What came of a passkey.</summary>
public abstract record PasskeyOutcome
{
    /// <summary>Signed in: <paramref name="Next"/> is where the browser goes on to.</summary>
    public sealed record Entered(string Next) : PasskeyOutcome;

    /// <summary>It opens no account here, or answers another question than was asked: which, is not said.</summary>
    public sealed record Wrong : PasskeyOutcome;

    /// <summary>So many wrong ones came from the network that none is looked at for a while.</summary>
    public sealed record TooMany(TimeSpan Wait) : PasskeyOutcome;

    private PasskeyOutcome()
    {
    }
}

/// <summary>Signs in by a passkey, from what the browser answered to the question of /account/passkeys/sign-in or /prove. An answer is taken once.</summary>
public sealed class EnterByPasskey(
    LearningDb db, SignInManager<Account> door, UserManager<Account> accounts, Allowances allowances, ThisBrowser browser, FinishSignIn finish, ILogger<EnterByPasskey> log)
{
    // As long as an answer could be sent again with its cookie, and longer.
    private static readonly Allowance OneAnswer = new("passkey, one answer", 1, TimeSpan.FromHours(1));

    public async Task<PasskeyOutcome> RunAsync(string credentialJson, string? returnUrl, CancellationToken stop = default)
    {
        AllowanceOf[] tries = [Allowance.WrongFromNetwork.Of(browser.Network)];
        if (await allowances.TakeAsync(tries, stop) is { } wait)
        {
            return new PasskeyOutcome.TooMany(wait);
        }

        if (await OpensAsync(credentialJson, stop) is not { } account)
        {
            return new PasskeyOutcome.Wrong();
        }

        await allowances.GiveBackAsync(tries, stop);
        return new PasskeyOutcome.Entered(await finish.RunAsync(account, SignInMethod.Passkey, returnUrl, stop));
    }

    private async Task<Account?> OpensAsync(string credentialJson, CancellationToken stop)
    {
        if (Passkeys.ChallengeOf(credentialJson) is not { } challenge)
        {
            return null;
        }

        try
        {
            var shown = await door.PerformPasskeyAssertionAsync(credentialJson);
            if (!shown.Succeeded)
            {
                log.LogWarning(shown.Failure, "A passkey was refused");
                return null;
            }

            // Who is merged (P3) signs in to the account that counts, in a way of that account's own: a passkey is none of it, and must not stand in for its second step.
            var isOnes = await db.Persons.AnyAsync(person => person.Id == shown.User.PersonId && person.ErasedAt == null && LearningDb.CountedAs(person.Id) == person.Id, stop);
            return isOnes && await allowances.TakeAsync(OneAnswer.Of(challenge), stop) && (await accounts.AddOrUpdatePasskeyAsync(shown.User, shown.Passkey)).Succeeded ? shown.User : null;
        }
        catch (InvalidOperationException e)
        {
            log.LogInformation(e, "A passkey came that was not asked for");
            return null;
        }
    }
}
