using Learning.People;

using Microsoft.AspNetCore.Identity;

namespace Learning.Accounts;

/// <summary>
/// Adds a passkey to one's own account, from what the browser answered to the question of /account/passkeys/new. This session has thereby shown a second step. Refused: the answer fits no question
/// to this account, was changed on the way, or names a passkey that some account has already.
/// </summary>
public sealed class AddPasskey(SignInManager<Account> door, UserManager<Account> accounts, ChangeFactors factors, ThisSession session, EnterSite enter, ILogger<AddPasskey> log)
{
    /// <summary>The longest name.</summary>
    public const int LongestName = 60;

    private const int Most = 20;

    public async Task<FactorOutcome> RunAsync(string name, string credentialJson, CancellationToken stop = default)
    {
        Account? changed = null;
        var outcome = await factors.RunAsync(async (account, _) =>
        {
            if (await MadeAsync(account, credentialJson) is not { } passkey || (await accounts.GetPasskeysAsync(account)).Count >= Most)
            {
                return null;
            }

            passkey.Name = name;
            var added = await accounts.AddOrUpdatePasskeyAsync(account, passkey);
            changed = added.Succeeded ? account : null;
            return added.Succeeded ? new FactorChange("added a passkey", "A passkey was added", $"The passkey “{name}” opens your account from now on.") : null;
        }, "That did not work, and no passkey was added. Try again, or use another device", stop, isNew: true);
        if (changed is not null && await session.ReadAsync(stop) is { } here)
        {
            await enter.RunAsync(changed, here.Method, strong: true, stop);
        }

        return outcome;
    }

    private async Task<UserPasskeyInfo?> MadeAsync(Account account, string credentialJson)
    {
        try
        {
            var made = await door.PerformPasskeyAttestationAsync(credentialJson);
            if (made.Succeeded && made.UserEntity.Id == account.Id.ToString())
            {
                return made.Passkey;
            }

            log.LogInformation(made.Failure, "A passkey was not added to the account {Account}", account.Id);
        }
        catch (InvalidOperationException e)
        {
            // Nobody asked, or it is longer ago than the cookie lasts.
            log.LogInformation(e, "A passkey came for the account {Account} that was not asked for", account.Id);
        }

        return null;
    }
}
