using Learning.People;

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Learning.ELearning.Packages.Playing;

/// <summary>What the player's scripts call, as whoever is signed in, for their own attempts alone (S2). No promise to other programs; another site's page is refused as for every post.</summary>
public static class PackageApi
{
    /// <summary>Bytes that an upload of commits has at most.</summary>
    public const long MostBytes = 1_048_576;

    /// <summary>Which attempt is to be launched, and on which device.</summary>
    public sealed record LaunchAsked(Guid Attempt, Guid Device);

    /// <summary>What need not be kept on the device any longer, what each item has come to, and whether the course is completed.</summary>
    /// <param name="Ripe">It is completed once its content has gone.</param>
    /// <param name="Withdrawn">The version may no longer be finished (E1): it is kept, and not counted.</param>
    public sealed record CommitsAnswer(IReadOnlyList<Guid> Stored, IReadOnlyList<RefusedCommit> Refused, IReadOnlyDictionary<string, ItemAnswer> States, bool Completed, bool Ripe, bool Withdrawn);

    public sealed record RefusedCommit(Guid Id, string Why);

    public sealed record ItemAnswer(string Completion, string Success, decimal? Score);

    public static void MapPackages(this IEndpointRouteBuilder routes)
    {
        var player = routes.MapGroup("/learn/{code}").RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();
        player.MapPost("/launch", LaunchAsync);
        player.MapPost("/commits", SaveAsync).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
    }

    private static async Task<Results<Ok<LaunchAnswer>, NotFound>> LaunchAsync(LaunchAsked asked, HttpRequest request, PackageLaunch launch, ContentOrigin content, WhoAsks who, CancellationToken stop) =>
        (await who.ActorAsync()).PersonId is { } person
        && await launch.AskAsync(person, asked.Attempt, asked.Device, package => new Uri(content.AddressOf(package, asked.Attempt, request), "~/frame.html").ToString(), stop) is { } answer
            ? TypedResults.Ok(answer) : TypedResults.NotFound();

    private static async Task<Results<Ok<CommitsAnswer>, NotFound>> SaveAsync(SentCommits sent, SaveCommits save, WhoAsks who, CancellationToken stop) =>
        (await who.ActorAsync()).PersonId is { } person && await save.DoAsync(person, sent, stop) is SaveOutcome.Saved saved ? TypedResults.Ok(Answer(saved)) : TypedResults.NotFound();

    private static CommitsAnswer Answer(SaveOutcome.Saved saved) => new(
        saved.Stored, [.. saved.Refused.Select(one => new RefusedCommit(one.Key, one.Value))],
        saved.States.ToDictionary(one => one.Key, one => new ItemAnswer(Database.Words.Word(one.Value.Completion), Database.Words.Word(one.Value.Success), one.Value.Score)), saved.Completed, saved.Ripe, saved.Withdrawn);
}
