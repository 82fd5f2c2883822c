using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>
/// An administrator signs somebody out wherever they are signed in, or everybody, when something has gone wrong: a lost laptop, a leaver, a break-in. It takes effect at the next press. The person's
/// browsers are strange again. On the audit trail (S3).
/// </summary>
public sealed class SignPeopleOut(LearningDb db, IHttpContextAccessor request, Zone zone)
{
    private const string Why = "signed out by an administrator";

    /// <summary>How many sessions ended; null where nobody has the address, or it is not the actor's to do.</summary>
    public async Task<int?> OneAsync(string email, Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsAdministrator || await AddressHolder.OfAsync(db, email, stop) is not { } person)
        {
            return null;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var accounts = db.Users.Where(account => account.PersonId == person).Select(account => account.Id);
        var ended = await EndAsync(db.AccountSessions.Where(session => accounts.Contains(session.AccountId)), stop);
        await db.KnownDevices.Where(device => accounts.Contains(device.AccountId)).ExecuteDeleteAsync(stop);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "signed a person out", SubjectKind = "person", SubjectId = person });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return ended;
    }

    /// <summary>The same of everybody, but for the session of who asks.</summary>
    public async Task<int?> EverybodyAsync(Actor actor, CancellationToken stop = default)
    {
        if (!actor.IsAdministrator)
        {
            return null;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var here = LiveSessions.IdOf(request.HttpContext?.User);
        var ended = await EndAsync(db.AccountSessions.Where(session => session.Id != here), stop);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "signed everybody out", SubjectKind = "site" });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return ended;
    }

    // Those that have run out count for nobody, but end with the others.
    private async Task<int> EndAsync(IQueryable<AccountSession> sessions, CancellationToken stop)
    {
        var live = await sessions.Live(zone.Now).CountAsync(stop);
        await LiveSessions.EndAsync(sessions, zone.Now, Why, stop);
        return live;
    }
}
