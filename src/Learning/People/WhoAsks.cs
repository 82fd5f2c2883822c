using System.Security.Claims;

using Learning.Time;

using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Learning.People;

/// <summary>The actor of the request being answered, with the roles that are live now: read once a request, so that a role that was taken back or has ended is gone at the next press.</summary>
public sealed class WhoAsks(IHttpContextAccessor request, IDbContextFactory<LearningDb> databases, Zone zone)
{
    /// <summary>The claim that holds the person's id.</summary>
    public const string PersonClaim = "person";

    /// <summary>The claim that says "yes" where a passkey or a second factor was shown.</summary>
    public const string StrongClaim = "strong";

    // The parts of a page ask at the same time: one question, on a context of its own, answers them all. So it does the page that says why another is closed, which has a scope of its own
    // and is drawn at once, without waiting for an answer.
    private Task<Actor>? actor;

    /// <summary>Who asks; <see cref="Actor.Nobody"/> where nobody has signed in.</summary>
    public Task<Actor> ActorAsync() => actor ??= request.HttpContext is { } http ? (Task<Actor>)(http.Items[typeof(WhoAsks)] ??= ReadAsync())! : ReadAsync();

    /// <summary>The request's session has been asked about, and who asks by it is known.</summary>
    internal static void Know(HttpContext http, Actor actor) => http.Items[typeof(WhoAsks)] = Task.FromResult(actor);

    private async Task<Actor> ReadAsync()
    {
        if (PersonOf(request.HttpContext?.User) is not { } person)
        {
            return Actor.Nobody;
        }

        await using var db = await databases.CreateDbContextAsync();
        return await Actor.ForAsync(db, person, zone.Today, request.HttpContext!.User.HasClaim(StrongClaim, "yes"), request.HttpContext.RequestAborted);
    }

    /// <summary>The person that a principal stands for.</summary>
    public static Guid? PersonOf(ClaimsPrincipal? user) => Guid.TryParse(user?.FindFirstValue(PersonClaim), out var id) ? id : null;
}
