using System.Security.Claims;

using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>Which sessions are live: asked at each request, so that one that was ended elsewhere is signed out at its next press.</summary>
public static class LiveSessions
{
    /// <summary>The claim that names the session.</summary>
    public const string SessionClaim = "session";

    /// <summary>A session that asks for nothing ends after this time; sooner for some (see <see cref="SessionLengths"/>).</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(12);

    /// <summary>A session ends after this time whatever happens; sooner for some.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    // How exactly it is kept when a session last asked: a write at each request would cost more than the request.
    private static readonly TimeSpan SeenWithin = TimeSpan.FromMinutes(5);

    /// <summary>Those that have not ended, run out, or been idle too long.</summary>
    public static IQueryable<AccountSession> Live(this IQueryable<AccountSession> sessions, DateTimeOffset now) =>
        sessions.Where(session => session.EndedAt == null && session.EndsAt > now && session.SeenAt + session.MayIdle > now);

    /// <summary>The session that a request's cookie names.</summary>
    public static Guid? IdOf(ClaimsPrincipal? user) => Guid.TryParse(user?.FindFirstValue(SessionClaim), out var id) ? id : null;

    /// <summary>Ends those of the sessions that have not ended, in one statement.</summary>
    public static Task<int> EndAsync(IQueryable<AccountSession> sessions, DateTimeOffset now, string why, CancellationToken stop = default) =>
        sessions.Where(session => session.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.EndedAt, now).SetProperty(session => session.EndedBecause, why), stop);

    /// <summary>Who asks by a session, which has asked for something just now; null where it is not live. One question for both, because every press asks it.</summary>
    internal static async Task<Actor?> AsksAsync(LearningDb db, ClaimsPrincipal? user, Zone zone, CancellationToken stop)
    {
        if (IdOf(user) is not { } id || WhoAsks.PersonOf(user) is not { } person)
        {
            return null;
        }

        var (now, today, strong) = (zone.Now, zone.Today, user!.HasClaim(WhoAsks.StrongClaim, "yes"));
        var asked = await Asked(db, id, now, person, today, strong).ToListAsync(stop);
        if (asked.Count == 0)
        {
            return null;
        }

        if (asked[0].SeenAt < now - SeenWithin)
        {
            await db.AccountSessions.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenAt, now), stop);
        }

        return Actor.Of(person, strong, [.. asked.Select(row => row.Held).OfType<HeldRole>()]);
    }

    private sealed record Row(DateTimeOffset SeenAt, HeldRole? Held);

    // Translated once, because every request asks it. Which are live is said as in Live, which a translated question cannot call.
    private static readonly Func<LearningDb, Guid, DateTimeOffset, Guid, DateOnly, bool, IAsyncEnumerable<Row>> Asked = EF.CompileAsyncQuery(
        (LearningDb db, Guid id, DateTimeOffset now, Guid person, DateOnly today, bool strong) => db.AccountSessions
            .Where(session => session.Id == id && session.EndedAt == null && session.EndsAt > now && session.SeenAt + session.MayIdle > now)
            .SelectMany(_ => db.RolesOf(person, today, strong).DefaultIfEmpty(), (session, held) => new Row(session.SeenAt, held)));

    internal static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (await AsksAsync(services.GetRequiredService<LearningDb>(), context.Principal, services.GetRequiredService<Zone>(), context.HttpContext.RequestAborted) is { } actor)
        {
            WhoAsks.Know(context.HttpContext, actor);
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }
}
