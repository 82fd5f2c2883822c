using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>What the link of somebody who was let back in says before anybody presses.</summary>
public sealed record RecoverySeen(string Name, string Device, DateTimeOffset AskedAt, DateTimeOffset GoodUntil);

/// <summary>
/// Signs in by the link of somebody who was let back in, once, without their second step, and so not strongly: it leads to where another is set up, which takes the place of what was lost (see
/// <see cref="ChangeFactors"/>). They are signed out everywhere else, where the phone may still be signed in, and every browser is strange again. Looking at the link changes nothing.
/// </summary>
public sealed class EnterByRecovery(LearningDb db, FinishSignIn finish, IHttpContextAccessor request, Zone zone)
{
    /// <summary>What it says; null where it is good no more, or never was.</summary>
    public async Task<RecoverySeen?> LookAsync(string link, CancellationToken stop = default)
    {
        var (hash, now) = (Secret.Hash(link), zone.Now);
        var found = await db.AccountRecoveries.AsNoTracking().Where(row => row.LinkHash == hash && LearningDb.CountedAs(row.PersonId) == row.PersonId)
            .Join(db.Persons, row => row.PersonId, person => person.Id, (row, person) => new { Row = row, Name = person.GivenName + " " + person.FamilyName }).SingleOrDefaultAsync(stop);
        return found?.Row.StateAt(now) == RecoveryState.LetIn ? new RecoverySeen(found.Name, found.Row.Device, found.Row.AskedAt, found.Row.LinkEndsAt!.Value) : null;
    }

    /// <summary>Where the browser goes on to; null where it is good no more. Of two presses at once one lets in.</summary>
    public async Task<string?> RunAsync(string link, CancellationToken stop = default)
    {
        var hash = Secret.Hash(link);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var now = zone.Now;
        if (await LockRecovery.RunAsync(db, db.AccountRecoveries.Where(row => row.LinkHash == hash), stop) is not var (recovery, account) || recovery.StateAt(now) != RecoveryState.LetIn)
        {
            return null;
        }

        recovery.Use(now);
        // A sign-in that somebody has half finished is finished no more.
        account.SecurityStamp = Secret.New();
        (account.SecondStepTries, account.SecondStepClosedUntil) = (0, null);
        await LiveSessions.EndAsync(db.AccountSessions.Where(row => row.AccountId == account.Id), now, "let back in after losing a device", stop);
        await db.KnownDevices.Where(row => row.AccountId == account.Id).ExecuteDeleteAsync(stop);
        SecurityTrail.Add(db, account, account.PersonId, "came back in without a second step", "You are back in",
            "The link that we sent you was used to sign in without your second step. You are signed out everywhere else. Set up a new second step now: it takes the place of what you have lost.", now);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);

        var next = await finish.RunAsync(account, SignInMethod.Recovery, null, stop);
        // Not where they were erased at the same moment.
        if (next == FinishSignIn.Security)
        {
            recovery.SessionId = LiveSessions.IdOf(request.HttpContext?.User);
            await db.SaveChangesAsync(stop);
        }

        return next;
    }
}
