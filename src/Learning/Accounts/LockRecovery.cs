using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>
/// Loads a request to be let back in with its account, the account locked first: whoever asks, decides, ends it or uses its link waits for one another. Null where there is none, or where its person
/// is counted as somebody else by now (P3): that one's account has a second step of its own.
/// </summary>
internal static class LockRecovery
{
    public static async Task<(AccountRecovery Recovery, Account Account)?> RunAsync(LearningDb db, IQueryable<AccountRecovery> one, CancellationToken stop)
    {
        if (await one.AsNoTracking().Select(row => new { row.Id, row.AccountId }).SingleOrDefaultAsync(stop) is not { } found)
        {
            return null;
        }

        var account = (await db.Users.FromSql($"select * from accounts where id = {found.AccountId} for update").ToListAsync(stop)).SingleOrDefault();
        return account is not null
            && await db.AccountRecoveries.SingleOrDefaultAsync(row => row.Id == found.Id && LearningDb.CountedAs(row.PersonId) == row.PersonId, stop) is { } recovery ? (recovery, account) : null;
    }
}
