using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>
/// Sets up an authenticator app in two presses: the first makes a key, the second shows by a code that the app has it. Only then is it asked for at sign-in, in place of the app before, and this
/// session has shown a second step.
/// </summary>
public sealed class SetUpAuthenticator(LearningDb db, ChangeFactors factors, AuthenticatorKeys keys, ThisSession session, EnterSite enter)
{
    /// <summary>Makes a new key; one that was made before and not used is forgotten.</summary>
    public Task<FactorOutcome> BeginAsync(CancellationToken stop = default) => factors.RunAsync(async (account, now) =>
    {
        await db.AccountAuthenticators.Where(app => app.AccountId == account.Id && app.ConfirmedAt == null).ExecuteDeleteAsync(stop);
        db.AccountAuthenticators.Add(new AccountAuthenticator { Id = Guid.CreateVersion7(now), AccountId = account.Id, Key = keys.Protect(Totp.NewKey()), BegunAt = now });
        return FactorChange.Prepared;
    }, "", stop);

    /// <summary>The key that waits to be shown to work; null where none does.</summary>
    public async Task<byte[]?> KeyAsync(Guid account, CancellationToken stop = default) =>
        await db.AccountAuthenticators.AsNoTracking().SingleOrDefaultAsync(app => app.AccountId == account && app.ConfirmedAt == null, stop) is { } app ? keys.Read(app.Key) : null;

    /// <summary>Takes the app into use.</summary>
    public async Task<FactorOutcome> ConfirmAsync(string code, CancellationToken stop = default)
    {
        Account? changed = null;
        var outcome = await factors.RunAsync(async (account, now) =>
        {
            var app = await db.AccountAuthenticators.SingleOrDefaultAsync(row => row.AccountId == account.Id && row.ConfirmedAt == null, stop);
            if (app is null || Totp.StepOf(keys.Read(app.Key), TakeSecondStep.Plain(code), now) is not { } step)
            {
                return null;
            }

            var replaced = await db.AccountAuthenticators.Where(row => row.AccountId == account.Id && row.ConfirmedAt != null).ExecuteDeleteAsync(stop) > 0;
            (app.ConfirmedAt, app.LastStep, changed) = (now, step, account);
            return replaced
                ? new FactorChange("replaced the authenticator app", "Your authenticator app was replaced", "From now on you are asked for a code of the new app when you sign in. The old one no longer counts.", EndsOthers: true)
                : new FactorChange("added an authenticator app", "An authenticator app was added", "From now on you are asked for a code of it when you sign in.");
        }, "That code is not right. Check that the phone’s clock is set by itself, and enter the code that the app shows now", stop, isNew: true);
        if (changed is not null && await session.ReadAsync(stop) is { } here)
        {
            await enter.RunAsync(changed, here.Method, strong: true, stop);
        }

        return outcome;
    }

    /// <summary>Takes the app away, and what was begun with another.</summary>
    public Task<FactorOutcome> RemoveAsync(CancellationToken stop = default) => factors.RunAsync(async (account, _) =>
        await db.AccountAuthenticators.Where(app => app.AccountId == account.Id).ExecuteDeleteAsync(stop) == 0 ? null
            : new FactorChange("removed the authenticator app", "Your authenticator app was removed", "You are no longer asked for a code of it when you sign in.", EndsOthers: true),
        "There is no authenticator app", stop);
}
