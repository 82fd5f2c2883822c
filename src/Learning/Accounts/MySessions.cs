using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>A device on which somebody is signed in.</summary>
public sealed record SessionSeen(Guid Id, string Device, SignInMethod Method, DateTimeOffset OpenedAt, DateTimeOffset SeenAt);

/// <summary>Where somebody is signed in now, newest use first: one's own, in one statement.</summary>
public sealed class MySessions(LearningDb db, Zone zone)
{
    public async Task<IReadOnlyList<SessionSeen>> AskAsync(Actor actor, CancellationToken stop = default) => actor.PersonId is not { } person ? []
        : await db.AccountSessions.Live(zone.Now).Where(session => db.Users.Any(account => account.Id == session.AccountId && account.PersonId == person))
            .OrderByDescending(session => session.SeenAt).ThenByDescending(session => session.OpenedAt)
            .Select(session => new SessionSeen(session.Id, session.Device, session.Method, session.OpenedAt, session.SeenAt)).ToListAsync(stop);
}
