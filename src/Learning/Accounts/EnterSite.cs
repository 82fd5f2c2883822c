using System.Security.Claims;

using Learning.Audit;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>
/// Opens a session on this device for somebody who has shown who they are: every way of signing in ends here. The session is always a new one, and one that the browser had before
/// ends: nobody can be given a session that another knows (session fixation). The browser is known from now on; one that was not is told to the person, unless it is their first. On the audit
/// trail. Whoever is erased at the same moment either has signed in before, or is gone (P5), and nothing opens.
/// </summary>
public sealed class EnterSite(LearningDb db, IUserClaimsPrincipalFactory<Account> claims, ThisBrowser browser, IHttpContextAccessor request, Zone zone)
{
    /// <summary>False: there is no such account any more.</summary>
    public async Task<bool> RunAsync(Account account, SignInMethod method, bool strong, CancellationToken stop = default)
    {
        var http = request.HttpContext ?? throw new InvalidOperationException("Somebody signs in by a request.");
        var now = zone.Now;
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(stop) : null;
        if ((await db.Database.SqlQuery<Guid>($"select a.id as \"Value\" from persons p join accounts a on a.person_id = p.id where a.id = {account.Id} for key share").ToListAsync(stop)).Count == 0)
        {
            return false;
        }

        var lengths = await SessionLengths.OfAsync(db, account.PersonId, zone.Today, stop);
        var (deviceId, isNew) = await KnowAsync(account, now, stop);
        var session = new AccountSession
        {
            Id = Guid.CreateVersion7(now), AccountId = account.Id, Method = method, Strong = strong, Device = browser.Device,
            DeviceId = deviceId, OpenedAt = now, ProvedAt = now, SeenAt = now, MayIdle = lengths.Idle, EndsAt = now + lengths.Longest,
        };
        if (LiveSessions.IdOf(http.User) is { } before)
        {
            await LiveSessions.EndAsync(db.AccountSessions.Where(row => row.Id == before), now, "signed in again", stop);
        }

        db.AccountSessions.Add(session);
        if (isNew)
        {
            Outbox.Add(db, now, SignInLetters.NewDevice(session, account.PersonId));
        }

        db.AuditEntries.Add(new AuditEntry { At = now, ActorId = account.PersonId, Verb = "signed in", SubjectKind = "person", SubjectId = account.PersonId });
        await db.SaveChangesAsync(stop);
        if (transaction is not null)
        {
            await transaction.CommitAsync(stop);
        }

        var principal = await claims.CreateAsync(account);
        ((ClaimsIdentity)principal.Identity!).AddClaims([new(LiveSessions.SessionClaim, session.Id.ToString()), new(WhoAsks.StrongClaim, strong ? "yes" : "no")]);
        await http.SignInAsync(IdentityConstants.ApplicationScheme, principal);
        http.User = principal;
        return true;
    }

    private async Task<(Guid Device, bool IsNew)> KnowAsync(Account account, DateTimeOffset now, CancellationToken stop)
    {
        var hash = browser.SecretHash;
        var known = await db.KnownDevices.AsNoTracking().Where(device => device.AccountId == account.Id).ToListAsync(stop);
        if (hash is not null && known.Find(device => device.SecretHash.AsSpan().SequenceEqual(hash)) is { } same)
        {
            await db.KnownDevices.Where(device => device.Id == same.Id).ExecuteUpdateAsync(set => set.SetProperty(device => device.SeenAt, now), stop);
            browser.LeaveAgain();
            return (same.Id, false);
        }

        // The secret is a new one: what another may have put into the browser is worth nothing. Those who share the browser are known by the new one too.
        var secret = Secret.New();
        var added = new KnownDevice { Id = Guid.CreateVersion7(now), AccountId = account.Id, SecretHash = Secret.Hash(secret), Device = browser.Device, FirstAt = now, SeenAt = now };
        if (hash is not null)
        {
            await db.KnownDevices.Where(device => device.SecretHash == hash).ExecuteUpdateAsync(set => set.SetProperty(device => device.SecretHash, added.SecretHash), stop);
        }

        db.KnownDevices.Add(added);
        browser.Leave(secret);
        return (added.Id, known.Count > 0 || await db.AccountSessions.AnyAsync(session => session.AccountId == account.Id, stop));
    }
}

/// <summary>Ends the session of this device, and forgets its cookie.</summary>
public sealed class LeaveSite(LearningDb db, IHttpContextAccessor request, Zone zone)
{
    public async Task RunAsync(CancellationToken stop = default)
    {
        var http = request.HttpContext ?? throw new InvalidOperationException("Somebody signs out by a request.");
        if (LiveSessions.IdOf(http.User) is { } session)
        {
            await LiveSessions.EndAsync(db.AccountSessions.Where(row => row.Id == session), zone.Now, "signed out", stop);
        }

        await http.SignOutAsync(IdentityConstants.ApplicationScheme);
    }
}
