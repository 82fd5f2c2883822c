using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>Takes a passkey of one's own away. Refused: the account has no such passkey.</summary>
public sealed class RemovePasskey(LearningDb db, ChangeFactors factors)
{
    public Task<FactorOutcome> RunAsync(string id, CancellationToken stop = default) => factors.RunAsync(async (account, _) =>
    {
        var passkeys = await db.UserPasskeys.Where(row => row.UserId == account.Id).ToListAsync(stop);
        if (passkeys.Find(row => MyFactors.IdOf(row.CredentialId) == id) is not { } passkey)
        {
            return null;
        }

        db.UserPasskeys.Remove(passkey);
        return new FactorChange("removed a passkey", "A passkey was removed", $"The passkey “{passkey.Data.Name}” no longer opens your account. Delete it on the device too.", EndsOthers: true);
    }, "Your account has no such passkey", stop);
}
