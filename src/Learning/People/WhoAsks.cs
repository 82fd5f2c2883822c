using System.Security.Claims;

using Microsoft.AspNetCore.Http;

namespace Learning.People;

/// <summary>The actor of the request being answered, with the roles that are live now: read once a request, so that a role taken back is gone at the next press.</summary>
public sealed class WhoAsks(IHttpContextAccessor request, LearningDb db)
{
    /// <summary>The claim that holds the person's id.</summary>
    public const string PersonClaim = "person";

    private Actor? actor;

    /// <summary>Who asks; <see cref="Actor.Nobody"/> where nobody has signed in.</summary>
    public async ValueTask<Actor> ActorAsync() => actor ??= PersonOf(request.HttpContext?.User) is { } person
        ? await Actor.ForAsync(db, person, request.HttpContext!.RequestAborted)
        : Actor.Nobody;

    /// <summary>The person that a principal stands for.</summary>
    public static Guid? PersonOf(ClaimsPrincipal? user) => Guid.TryParse(user?.FindFirstValue(PersonClaim), out var id) ? id : null;
}
