using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>What a link that is good says before anybody presses: whom it signs in, and who asked for it where and when.</summary>
public sealed record LinkSeen(string Name, string Email, AskedFrom AskedFrom, string Device, DateTimeOffset AskedAt);

/// <summary>Signs in by the link of a mail, on any device and once. Looking at it changes nothing: the programs that look through mail open every link.</summary>
public sealed class EnterByLink(LearningDb db, FinishSignIn finish, Zone zone)
{
    /// <summary>What it says; null where it is good no more, or never was.</summary>
    public async Task<LinkSeen?> LookAsync(string link, CancellationToken stop = default)
    {
        var (hash, now) = (Secret.Hash(link), zone.Now);
        return await db.SignInCodes.Where(code => code.LinkHash == hash && code.EndedAt == null && code.ExpiresAt > now)
            .Join(db.Persons.Where(person => person.ErasedAt == null), code => code.PersonId, person => person.Id,
                (code, person) => new LinkSeen(person.GivenName + " " + person.FamilyName, code.Email!, code.AskedFrom, code.Device, code.AskedAt))
            .SingleOrDefaultAsync(stop);
    }

    /// <summary>Where the browser goes on to; null where it is good no more. Two presses at once let in once.</summary>
    public async Task<string?> RunAsync(string link, CancellationToken stop = default)
    {
        var hash = Secret.Hash(link);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var code = (await db.SignInCodes.FromSql($"select * from sign_in_codes where link_hash = {hash} for update").ToListAsync(stop)).SingleOrDefault();
        if (code is null || await ProveAddress.RunAsync(db, code, zone.Now, stop) is not { } account)
        {
            return null;
        }

        await transaction.CommitAsync(stop);
        return await finish.RunAsync(account, SignInMethod.Email, code.ReturnUrl, stop);
    }
}
