using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>
/// What every way of signing in calls, in place of <see cref="EnterSite"/>, once it has seen the first factor: decides whether that opens the site or the second step is asked for.
/// The answer is where the browser goes next.
/// </summary>
public sealed class FinishSignIn(LearningDb db, EnterSite enter, HalfSignIns halves)
{
    /// <summary>The page of the second step.</summary>
    public const string SecondStep = "/account/second-step";

    /// <summary>The page for whoever has lost what the second step takes.</summary>
    public const string Lost = "/account/second-step/lost";

    /// <summary>What protects an account: where somebody goes who had to be let back in.</summary>
    public const string Security = "/account/security";

    /// <summary>The address to go on to. <paramref name="returnUrl"/> is what the visitor wanted; what is no page of this site is forgotten.</summary>
    public async Task<string> RunAsync(Account account, SignInMethod method, string? returnUrl, CancellationToken stop = default)
    {
        if (method is SignInMethod.Password or SignInMethod.Email && !account.SecondStepExempt
            && await db.AccountAuthenticators.AnyAsync(app => app.AccountId == account.Id && app.ConfirmedAt != null, stop))
        {
            await halves.BeginAsync(account, method, Within(returnUrl));
            return SecondStep;
        }

        // A passkey is both steps in one. Who had to be let back in has shown no second step, and is led to set one up.
        return !await enter.RunAsync(account, method, strong: method == SignInMethod.Passkey, stop) ? SignIn.Page : method == SignInMethod.Recovery ? Security : Within(returnUrl);
    }

    /// <summary>Opens the site for somebody who has taken the second step, by their authenticator app or by a recovery code.</summary>
    internal async Task<string> AfterSecondStepAsync(HalfSignIn half, Account account, bool byRecoveryCode, CancellationToken stop)
    {
        await halves.EndAsync();
        return !await enter.RunAsync(account, byRecoveryCode ? SignInMethod.Recovery : half.Method, strong: !byRecoveryCode, stop) ? SignIn.Page : byRecoveryCode ? Security : half.ReturnUrl;
    }

    /// <summary>Only a path of this site: never a way to send somebody elsewhere.</summary>
    public static string Within(string? url) => url is ['/', ..] and not ['/', '/' or '\\', ..] && url.All(letter => letter is > ' ' and < '\u007f') ? url : "/my";
}
