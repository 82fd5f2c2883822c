using System.Globalization;

using Learning.People;

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Learning.Attendance;

/// <summary>Registers for tablets and programs: the contract's <c>/api/v1/registers</c>.</summary>
public static class RegisterApi
{
    /// <summary>What was stored, old or new, and what of it somebody should look at.</summary>
    public sealed record Answer(IReadOnlyList<Guid> Stored, IReadOnlyList<FlaggedMark> Flagged, long Version);

    public static void MapRegisters(this IEndpointRouteBuilder api)
    {
        api.MapGet("/registers/{reference}", OneAsync).RequireAuthorization(Policies.Scope.Registers).WithSummary("A register with what stands of everybody; 304 for the version that If-None-Match names")
            .Produces<RegisterJson.Register>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/registers/{reference}/marks", RecordAsync).RequireAuthorization(Policies.Scope.Registers).WithSummary("Send marks; the same id again changes nothing")
            .Accepts<SentMarks>("application/json").WithMetadata(new RequestSizeLimitAttribute(ReadSentMarks.LargestBody))
            .Produces<Answer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    // A tablet asks every few seconds what others have marked: what it has already is not sent again.
    private static async Task<IResult> OneAsync(string reference, HttpContext http, RegisterSheets sheets, WhoAsks who, CancellationToken stop)
    {
        var known = http.Request.Headers.IfNoneMatch.ToString().Trim('"') is var tag && long.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : (long?)null;
        var answer = await sheets.SinceAsync(reference, await who.ActorAsync(), known, stop);
        if (answer.Unchanged)
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        if (answer.Sheet is not { } sheet)
        {
            return Closed(answer.Access);
        }

        http.Response.Headers.ETag = $"\"{sheet.State.Version}\"";
        return TypedResults.Ok(RegisterJson.Of(sheet));
    }

    internal static ProblemHttpResult Closed(RegisterAccess access) => access switch
    {
        RegisterAccess.TooEarly => TypedResults.Problem($"This register opens {RegisterRules.OpenDays} days before the session.", statusCode: StatusCodes.Status403Forbidden),
        RegisterAccess.Over => TypedResults.Problem("This register is signed and closed. The business unit can open it.", statusCode: StatusCodes.Status403Forbidden),
        _ => NoRegister(),
    };

    private static async Task<IResult> RecordAsync(string reference, HttpRequest request, RecordMarks record, WhoAsks who, CancellationToken stop)
    {
        if (!request.HasJsonContentType())
        {
            return TypedResults.Problem("Send JSON, as application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }

        MarkBatch? batch;
        try
        {
            (batch, var wrong) = await ReadSentMarks.FromAsync(request.Body, stop);
            if (batch is null)
            {
                return TypedResults.Problem(wrong, statusCode: StatusCodes.Status400BadRequest);
            }
        }
        catch (BadHttpRequestException e)
        {
            return TypedResults.Problem(
                e.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"The body is larger than {ReadSentMarks.LargestBody:N0} bytes. Send fewer marks at a time." : "The body ended too soon.",
                statusCode: e.StatusCode);
        }

        var actor = await who.ActorAsync();
        return NotTheirs(request, actor) ?? await record.RunAsync(reference, batch, actor, stop) switch
        {
            RecordOutcome.Recorded recorded => (IResult)TypedResults.Ok(new Answer(recorded.Stored, recorded.Flagged, recorded.Version)),
            RecordOutcome.Refused refused => TypedResults.Problem(refused.Reason, statusCode: StatusCodes.Status409Conflict),
            _ => NoRegister(),
        };
    }

    // A tablet says whose marks it sends: they go in that person's name or stay where they are.
    internal static ProblemHttpResult? NotTheirs(HttpRequest request, Actor actor) =>
        request.Headers["Tablet-Owner"].ToString() is { Length: > 0 } owner && !(Guid.TryParse(owner, out var id) && id == actor.PersonId)
            ? TypedResults.Problem("Somebody else is signed in on this tablet. What waits here goes when its own trainer signs in.", statusCode: StatusCodes.Status401Unauthorized)
            : null;

    internal static ProblemHttpResult NoRegister() => TypedResults.Problem("There is no such register.", statusCode: StatusCodes.Status404NotFound);
}
