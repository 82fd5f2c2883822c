using System.Security.Cryptography;

using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>Makes ten recovery codes, in place of those before, for an account that has a second step. They are shown once: see <see cref="ShownOnce"/>.</summary>
public sealed class MakeRecoveryCodes(LearningDb db, ThisSession session, ChangeFactors factors, ShownOnce shown, Zone zone)
{
    public async Task<FactorOutcome> RunAsync(CancellationToken stop = default)
    {
        if (await session.ReadAsync(stop) is not { } here)
        {
            return new FactorOutcome.ProofWanted();
        }

        // Slow by design: before the account is locked.
        var (made, rows) = RecoveryCode.NewSet(here.AccountId, zone.Now);
        var outcome = await factors.RunAsync(async (account, _) =>
        {
            if (!await ChangeFactors.HasSecondStepAsync(db, account.Id, stop))
            {
                return null;
            }

            await db.RecoveryCodes.Where(code => code.AccountId == account.Id).ExecuteDeleteAsync(stop);
            db.RecoveryCodes.AddRange(rows);
            return new FactorChange("made recovery codes", "Recovery codes were made", "Ten new recovery codes were made for your account. Earlier ones no longer work.");
        }, "Recovery codes stand in for a passkey or an authenticator app. Add one of those first", stop);
        if (outcome is FactorOutcome.Done)
        {
            shown.Write(string.Join(' ', made));
        }

        return outcome;
    }
}

/// <summary>Carries a secret from the press that made it to the page that shows it, once, in a cookie that only this site can read.</summary>
public sealed class ShownOnce(IHttpContextAccessor request, IDataProtectionProvider protection)
{
    internal const string Name = "learning-once";
    internal static readonly TimeSpan Good = TimeSpan.FromMinutes(10);
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("what is shown once").ToTimeLimitedDataProtector();

    private HttpContext Http => request.HttpContext ?? throw new InvalidOperationException("A page is shown by a request.");

    private CookieOptions Options => new() { HttpOnly = true, Secure = Http.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = FinishSignIn.Security, IsEssential = true };

    public void Write(string secret) => Http.Response.Cookies.Append(Name, protector.Protect(secret, Good), Options);

    /// <summary>What was written, and no more afterwards; null where there is nothing.</summary>
    public string? Take()
    {
        if (Http.Request.Cookies[Name] is not { Length: > 0 } cookie)
        {
            return null;
        }

        Http.Response.Cookies.Delete(Name, Options);
        try
        {
            return protector.Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
