using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>
/// The actor in an open circuit. A circuit lives on after its request: that its session is still live, and which roles are, is asked anew at each thing that somebody does in it, as it is at each request of a page.
/// </summary>
public sealed class WhoActs(AuthenticationStateProvider authentication, IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <summary>Who acts now; <see cref="Actor.Nobody"/> where the session has ended, here or elsewhere, or nobody had signed in.</summary>
    public async Task<Actor> ActorAsync(CancellationToken stop = default)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        await using var db = await databases.CreateDbContextAsync(stop);
        return await LiveSessions.AsksAsync(db, user, zone, stop) ?? Actor.Nobody;
    }
}
