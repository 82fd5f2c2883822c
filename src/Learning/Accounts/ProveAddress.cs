using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>Whoever used what was sent to an address of a person reads its mail: it is theirs (P1).</summary>
internal static class ProveAddress
{
    /// <summary>
    /// Uses the link or code up, notes that the address is proven, and gives the person's account; made where they have none. Null, with nothing changed, where it is good no more, or the address
    /// is not that person's any more. The row must be locked: it lets in once.
    /// </summary>
    public static async Task<Account?> RunAsync(LearningDb db, SignInCode code, DateTimeOffset now, CancellationToken stop)
    {
        if (!code.IsGood(now) || code.PersonId is not { } person || await AddressHolder.OfAsync(db, code.Email!, stop) != person
            || !await db.Persons.AnyAsync(one => one.Id == person && one.ErasedAt == null, stop))
        {
            return null;
        }

        code.Use(now);
        await db.SaveChangesAsync(stop);
        // A link that was printed on the machine went through nobody's mail.
        if (code.AskedFrom != AskedFrom.CommandLine)
        {
            await db.PersonEmails.Where(address => address.Email == code.Email && address.VerifiedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(address => address.VerifiedAt, now), stop);
        }

        return await AccountOf.PersonAsync(db, person, stop);
    }
}
