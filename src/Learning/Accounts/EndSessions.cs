using Learning.Audit;
using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>
/// Signs somebody's other devices out, one or all of them, at their next press; and forgets these, so that they are as strange as any other (a stolen telephone gets no tries of its own). The
/// device that asks stays. On the audit trail.
/// </summary>
public sealed class EndSessions(LearningDb db, IHttpContextAccessor request, Zone zone)
{
    /// <summary>How many were signed out: 0 where the one is not the actor's, or has ended already.</summary>
    public async Task<int> RunAsync(Guid? only, Actor actor, CancellationToken stop = default)
    {
        if (actor.PersonId is not { } person)
        {
            return 0;
        }

        var (now, here) = (zone.Now, LiveSessions.IdOf(request.HttpContext?.User));
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var ending = await db.AccountSessions.AsNoTracking()
            .Where(session => session.EndedAt == null && session.Id != here && (only == null || session.Id == only)
                && db.Users.Any(account => account.Id == session.AccountId && account.PersonId == person))
            .Select(session => new { session.Id, session.DeviceId }).ToListAsync(stop);
        var (ids, devices) = (ending.Select(session => session.Id).ToArray(), ending.Select(session => session.DeviceId).ToArray());
        var ended = await LiveSessions.EndAsync(db.AccountSessions.Where(session => ids.Contains(session.Id)), now, "signed out from another device", stop);
        if (ended > 0)
        {
            await db.KnownDevices.Where(device => devices.Contains(device.Id) && !db.AccountSessions.Any(session => session.Id == here && session.DeviceId == device.Id)).ExecuteDeleteAsync(stop);
            db.AuditEntries.Add(new AuditEntry { At = now, ActorId = person, Verb = "signed other devices out", SubjectKind = "person", SubjectId = person });
            await db.SaveChangesAsync(stop);
        }

        await transaction.CommitAsync(stop);
        return ended;
    }
}
