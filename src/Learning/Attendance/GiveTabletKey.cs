using System.Security.Cryptography;

using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>The key of somebody's tablets, and the name that a tablet shows when it has no network.</summary>
/// <param name="Owner">The person: what a tablet keeps is marked with this number, and nothing else of it can be read without the key.</param>
/// <param name="Key">256 bits for AES-GCM.</param>
public sealed record GivenKey(Guid Owner, string Name, byte[] Key);

/// <summary>
/// Gives whoever takes registers (who gives a session, or the business unit) the key that their tablets encrypt with: the same at each sign-in, so that marks which wait on a tablet open
/// again, and for nobody else. Made at first use; two servers that make it at once make one. Null: somebody who takes no register.
/// </summary>
public sealed class GiveTabletKey(LearningDb db, IDataProtectionProvider protection, Zone zone)
{
    private const int Bytes = 32;

    private readonly IDataProtector protector = protection.CreateProtector("Learning.Tablets");

    public async Task<GivenKey?> RunAsync(Actor actor, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } person || !TakesRegisters(actor))
        {
            return null;
        }

        var account = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.PersonId == person, stop);
        if (account is null)
        {
            return null;
        }

        var made = Convert.ToBase64String(protector.Protect(RandomNumberGenerator.GetBytes(Bytes)));
        await db.Database.ExecuteSqlAsync($"insert into tablet_keys (account_id, key, made_at) values ({account.Id}, {made}, {zone.Now}) on conflict (account_id) do nothing", stop);
        var kept = await db.Set<TabletKey>().AsNoTracking().SingleAsync(row => row.AccountId == account.Id, stop);
        var name = (await db.Persons.AsNoTracking().SingleAsync(row => row.Id == person, stop)).Name;
        return new GivenKey(person, name, protector.Unprotect(Convert.FromBase64String(kept.Key)));
    }

    /// <summary>Whether somebody has registers to take.</summary>
    public static bool TakesRegisters(Actor actor) => actor.IsUnit || actor.IsTrainer;
}
