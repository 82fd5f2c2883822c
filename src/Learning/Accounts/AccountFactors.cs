using System.Buffers.Text;

using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>A passkey as its owner knows it.</summary>
public sealed record PasskeySeen(string Id, string Name, DateTimeOffset MadeAt);

/// <summary>What protects somebody's account, and what is wanted before they may change it.</summary>
/// <param name="AppSince">Since when there is an authenticator app; null: there is none.</param>
/// <param name="CodesLeft">Recovery codes not used yet.</param>
public sealed record AccountFactors(
    Guid AccountId, IReadOnlyList<PasskeySeen> Passkeys, DateTimeOffset? AppSince, int CodesLeft, bool HasPassword, bool IsStrong, SignInMethod Method, bool IsExempt, ProofWanted Wanted)
{
    /// <summary>Whether there is a passkey or an authenticator app.</summary>
    public bool HasSecondStep => Passkeys.Count > 0 || AppSince is not null;
}

/// <summary>Asks what protects the account of this session; null for a visitor, and for a program with a token.</summary>
public sealed class MyFactors(LearningDb db, ThisSession session, Zone zone)
{
    public async Task<AccountFactors?> ReadAsync(CancellationToken stop = default)
    {
        if (await session.ReadAsync(stop) is not { } here)
        {
            return null;
        }

        var account = await db.Users.Where(row => row.Id == here.AccountId).Select(row => new
        {
            App = db.AccountAuthenticators.Where(app => app.AccountId == row.Id && app.ConfirmedAt != null).Select(app => app.ConfirmedAt).FirstOrDefault(),
            Codes = db.RecoveryCodes.Count(code => code.AccountId == row.Id && code.UsedAt == null),
            HasPassword = row.PasswordHash != null,
            row.SecondStepExempt,
        }).SingleAsync(stop);
        var passkeys = await db.UserPasskeys.AsNoTracking().Where(passkey => passkey.UserId == here.AccountId).ToListAsync(stop);
        return new AccountFactors(
            here.AccountId, [.. passkeys.OrderBy(passkey => passkey.Data.CreatedAt).Select(passkey => new PasskeySeen(IdOf(passkey.CredentialId), passkey.Data.Name ?? "A passkey", passkey.Data.CreatedAt))],
            account.App, account.Codes, account.HasPassword, here.Strong, here.Method, account.SecondStepExempt,
            FactorRules.Wanted(here, passkeys.Count > 0 || account.App is not null, zone.Now));
    }

    /// <summary>A credential's id as it stands in an address.</summary>
    internal static string IdOf(byte[] credential) => Base64Url.EncodeToString(credential);
}
