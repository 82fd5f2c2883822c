using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.Identity;

namespace Learning.Accounts;

/// <summary>What came of an address and a password.</summary>
public abstract record PasswordOutcome
{
    /// <summary>They belong together: <paramref name="Next"/> is where the browser goes on to.</summary>
    public sealed record Entered(string Next) : PasswordOutcome;

    /// <summary>They do not, or nobody has the address, or its person has no password: which, is not said.</summary>
    public sealed record Wrong : PasswordOutcome;

    /// <summary>So many wrong ones were tried that none is looked at for a while, be it right or wrong.</summary>
    public sealed record TooMany(TimeSpan Wait) : PasswordOutcome;

    private PasswordOutcome()
    {
    }
}

/// <summary>
/// Signs in by a password. A wrong one costs a try of the address and of the network, in a browser of the person's own only one of that browser (<see cref="Allowance"/>): a stranger who guesses
/// shuts himself out, and the owner still comes in by their own browser, or by a mail from any other. An unknown address takes the same work as a known one.
/// </summary>
public sealed class EnterByPassword(LearningDb db, UserManager<Account> accounts, Allowances allowances, ThisBrowser browser, FinishSignIn finish, ILogger<EnterByPassword> log)
{
    private static readonly Account Nobody = new() { PersonId = Guid.Empty };
    private static string? nobodysHash;

    public async Task<PasswordOutcome> RunAsync(string email, string password, string? returnUrl, CancellationToken stop = default)
    {
        var account = await AccountOf.AddressAsync(db, email, stop);
        AllowanceOf[] tries = await browser.KnowsAsync(account?.PersonId, stop)
            ? [Allowance.WrongPasswordsInOwnBrowser.Of(browser.SecretHash!)]
            : [Allowance.WrongFromNetwork.Of(browser.Network), Allowance.WrongPasswordsForAddress.Of(PersonEmail.Normal(email))];
        if (await allowances.TakeAsync(tries, stop) is { } wait)
        {
            return new PasswordOutcome.TooMany(wait);
        }

        if (!await IsRightAsync(account, password))
        {
            log.LogWarning("A wrong password was tried; person {Person}", account?.PersonId);
            return new PasswordOutcome.Wrong();
        }

        await allowances.GiveBackAsync(tries, stop);
        return new PasswordOutcome.Entered(await finish.RunAsync(account!, SignInMethod.Password, returnUrl, stop));
    }

    private async Task<bool> IsRightAsync(Account? account, string password)
    {
        var hash = nobodysHash ??= accounts.PasswordHasher.HashPassword(Nobody, Secret.New());
        if (account?.PasswordHash is not null)
        {
            return await accounts.CheckPasswordAsync(account, password);
        }

        accounts.PasswordHasher.VerifyHashedPassword(Nobody, hash, password);
        return false;
    }
}
