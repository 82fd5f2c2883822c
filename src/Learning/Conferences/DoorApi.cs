using Learning.Attendance;
using Learning.People;

namespace Learning.Conferences;

/// <summary>The tickets of a door, for the tablet that scans there. Its own script calls it: no promise to other programs.</summary>
public static class DoorApi
{
    public static void MapDoors(this IEndpointRouteBuilder api) =>
        api.MapGet("/registers/{reference}/door", OneAsync).RequireAuthorization(Policies.Scope.Registers).ExcludeFromDescription();

    private static async Task<IResult> OneAsync(string reference, DoorLists doors, WhoAsks who, CancellationToken stop) =>
        (await doors.AskAsync(reference, await who.ActorAsync(), stop)).Door is { } door ? TypedResults.Ok(door) : TypedResults.Problem("There is no such door.", statusCode: StatusCodes.Status404NotFound);
}
