using Learning.People;

using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>What came of choosing a password.</summary>
public abstract record PasswordChosen
{
    public sealed record Done : PasswordChosen;

    /// <summary>See <see cref="FactorRules"/>.</summary>
    public sealed record ProofWanted : PasswordChosen;

    /// <summary>The password until now is not that.</summary>
    public sealed record WrongNow : PasswordChosen;

    /// <summary>The password until now was tried too often: not before <paramref name="Wait"/> has passed.</summary>
    public sealed record TooMany(TimeSpan Wait) : PasswordChosen;

    /// <summary>The new one is not taken; <paramref name="Why"/> is a sentence for its owner.</summary>
    public sealed record Refused(string Why) : PasswordChosen;

    private PasswordChosen()
    {
    }
}

/// <summary>
/// Sets, changes or removes a password. Whoever signed in with the one until now gives it again; who came by another way may have forgotten it. Refused: <see cref="PasswordRules"/>. Without a
/// password, the e-mail code and passkeys remain.
/// </summary>
public sealed class SetPassword(LearningDb db, ChangeFactors factors, ThisSession session, UserManager<Account> accounts, CommonestPasswords commonest, Allowances allowances)
{
    private static readonly Allowance WrongNow = new("wrong password, change", 10, TimeSpan.FromMinutes(1));

    public async Task<PasswordChosen> RunAsync(string? now, string wanted, CancellationToken stop = default)
    {
        if (await session.ReadAsync(stop) is not { } here)
        {
            return new PasswordChosen.ProofWanted();
        }

        var account = await db.Users.AsNoTracking().SingleAsync(row => row.Id == here.AccountId, stop);
        if (AsksForNow(account.PasswordHash is not null, here.Method))
        {
            AllowanceOf[] tries = [WrongNow.Of(account.Id.ToString())];
            if (await allowances.TakeAsync(tries, stop) is { } wait)
            {
                return new PasswordChosen.TooMany(wait);
            }

            if (!await accounts.CheckPasswordAsync(account, now ?? ""))
            {
                return new PasswordChosen.WrongNow();
            }

            await allowances.GiveBackAsync(tries, stop);
        }

        if (PasswordRules.WhyNot(wanted, commonest.Words, await OwnWordsAsync(account.PersonId, stop)) is { } why)
        {
            return new PasswordChosen.Refused(why);
        }

        var outcome = await factors.RunAsync((row, _) =>
        {
            var had = row.PasswordHash is not null;
            row.PasswordHash = accounts.PasswordHasher.HashPassword(row, wanted);
            return Task.FromResult<FactorChange?>(had
                ? new FactorChange("changed the password", "Your password was changed", "Your password was changed. Wherever else you were signed in, you are signed out.", EndsOthers: true)
                : new FactorChange("set a password", "A password was set", "Your account has a password now. You can still sign in without it."));
        }, "", stop);
        return outcome is FactorOutcome.Done ? new PasswordChosen.Done() : new PasswordChosen.ProofWanted();
    }

    /// <summary>Takes the password away.</summary>
    public Task<FactorOutcome> RemoveAsync(CancellationToken stop = default) => factors.RunAsync((row, _) =>
    {
        if (row.PasswordHash is null)
        {
            return Task.FromResult<FactorChange?>(null);
        }

        row.PasswordHash = null;
        return Task.FromResult<FactorChange?>(
            new FactorChange("removed the password", "Your password was removed", "You sign in by a code that we e-mail you, or with a passkey.", EndsOthers: true));
    }, "Your account has no password", stop);

    /// <summary>Whether the password until now is asked for.</summary>
    public static bool AsksForNow(bool hasPassword, SignInMethod method) => hasPassword && method == SignInMethod.Password;

    private async Task<List<string>> OwnWordsAsync(Guid personId, CancellationToken stop)
    {
        var person = await db.Persons.AsNoTracking().SingleAsync(row => row.Id == personId, stop);
        var addresses = await db.PersonEmails.Where(row => row.PersonId == personId).Select(row => row.Email).ToListAsync(stop);
        return [person.GivenName, person.FamilyName, .. addresses];
    }
}
