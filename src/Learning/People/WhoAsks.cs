using System.Security.Claims;

using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Learning.People;

/// <summary>The actor of the request being answered, with the roles that are live now: read once a request, so that a role taken back is gone at the next press.</summary>
public sealed class WhoAsks(IHttpContextAccessor request, IDbContextFactory<LearningDb> databases)
{
    /// <summary>The claim that holds the person's id.</summary>
    public const string PersonClaim = "person";

    // The parts of a page ask at the same time: one question, on a context of its own, answers them all.
    private Task<Actor>? actor;

    /// <summary>Who asks; <see cref="Actor.Nobody"/> where nobody has signed in.</summary>
    public Task<Actor> ActorAsync() => actor ??= ReadAsync();

    private async Task<Actor> ReadAsync()
    {
        if (PersonOf(request.HttpContext?.User) is not { } person)
        {
            return Actor.Nobody;
        }

        await using var db = await databases.CreateDbContextAsync();
        return await Actor.ForAsync(db, person, request.HttpContext!.RequestAborted);
    }

    /// <summary>The person that a principal stands for.</summary>
    public static Guid? PersonOf(ClaimsPrincipal? user) => Guid.TryParse(user?.FindFirstValue(PersonClaim), out var id) ? id : null;
}
