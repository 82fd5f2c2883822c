using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Serialization;

using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Learning.Bookings;

/// <summary>Sessions and bookings for programs: the contract's <c>/api/v1/sessions</c> and <c>/api/v1/bookings</c>.</summary>
public static class BookingsApi
{
    /// <summary>Whom to book for; without an address it is who asks. Who asks for themselves names their manager where the course needs approval (B9).</summary>
    public sealed record Wanted(string? Email, string? Approver = null);

    /// <summary>A place that is theirs.</summary>
    public sealed record Booked(Guid Id, string State);

    /// <summary>A wait: the number on the list, from 1. A request that waits for approval (B9) has none.</summary>
    public sealed record Waits(Guid Id, string State, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Position = null);

    /// <summary>A refusal as problem+json, with a word for the reason.</summary>
    public sealed record Refusal(string Type, string Title, int Status, string Detail, string Reason, string TraceId);

    private const string KeyHeader = "Idempotency-Key";

    public static void MapBookings(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sessions", ListAsync).RequireAuthorization(Policies.Scope.Read)
            .WithSummary("Sessions by local date: from is included, to is not")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/sessions/{reference}", OneAsync).RequireAuthorization(Policies.Scope.Read).WithSummary("A session with its places").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/sessions/{reference}/bookings", BookAsync).RequireAuthorization(Policies.Scope.Bookings)
            .WithSummary("Book a place, or join the waiting list where all are held")
            .WithDescription("For oneself, or for somebody else by their address: a lead for their own people, the business unit for everybody. Asking again is one booking. 202 says that they wait, and as which number, or that a request waits for approval (state \"requested\", no position). With an Idempotency-Key, the same key of the same token gets the same answer (201, 202 or 409) for 24 hours, whatever happened to the booking since; for something else it is refused by 422.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesRefusal().ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithMetadata(
                new ApiExample(null, """{"email":"sam.ward@police.example"}"""),
                new ApiExample(201, """{"id":"0197a3c2-5d1e-7b40-9c55-2f6d1a7e8b90","state":"confirmed"}"""),
                new ApiExample(202, """{"id":"0197a3c2-5d1e-7b40-9c55-2f6d1a7e8b91","state":"waiting","position":3}"""),
                new ApiExample(409, """{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.10","title":"Conflict","status":409,"detail":"Booking has closed.","reason":"booking closed","traceId":"8c1f0f6f0f3a4a52"}"""));
        api.MapDelete("/bookings/{id:guid}", CancelAsync).RequireAuthorization(Policies.Scope.Bookings)
            .WithSummary("Give up a place, a wait or an offer")
            .WithDescription("What frees goes to the first who waits. As often as it is said, it is done once.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesRefusal();
    }

    private static async Task<Results<Ok<List<SessionPlaces>>, ProblemHttpResult>> ListAsync(
        string? from, string? to, string? course, LearningDb db, Zone zone, CancellationToken stop) =>
        !TryDate(from, out var since) || !TryDate(to, out var until)
            ? TypedResults.Problem("from and to are dates such as 2026-11-20.", statusCode: StatusCodes.Status400BadRequest)
            : course?.Any(char.IsControl) == true
                ? TypedResults.Ok(new List<SessionPlaces>())
                : TypedResults.Ok(await SessionPlaces.OfAsync(db, zone, since, until, string.IsNullOrWhiteSpace(course) ? null : course.Trim(), stop));

    private static async Task<Results<Ok<SessionPlaces>, ProblemHttpResult>> OneAsync(
        string reference, LearningDb db, Zone zone, CancellationToken stop) =>
        await SessionPlaces.OfAsync(db, zone, reference, stop) is { } session ? TypedResults.Ok(session) : NoSession();

    // A program says what it means: asking is the tick of B7.
    private static async Task<Results<Created<Booked>, Accepted<Waits>, ProblemHttpResult>> BookAsync(
        string reference, Wanted? wanted, [FromHeader(Name = KeyHeader)] string? key, HttpContext http, BookPlace book, WhoAsks who, CancellationToken stop)
    {
        if (http.Request.Headers.ContainsKey(KeyHeader) && !AskedOnce.IsKey(key ?? ""))
        {
            return TypedResults.Problem($"{KeyHeader} is 1 to {AskedOnce.LongestKey} letters, digits and signs without spaces.", statusCode: StatusCodes.Status400BadRequest);
        }

        var actor = await who.ActorAsync();
        var once = key is null ? null : AskedOnce.Of(CallerOf(http.User, actor), key, reference, wanted?.Email, wanted?.Approver);
        return await book.RunAsync(new PlaceWanted(reference, wanted?.Email, OverlapKnown: true, Approver: wanted?.Approver, Once: once), actor, stop) switch
        {
            BookingOutcome.Confirmed confirmed =>
                TypedResults.Created($"/my/bookings/{confirmed.Id}", new Booked(confirmed.Id, BookingState.Confirmed.Word())),
            BookingOutcome.Waiting waiting =>
                TypedResults.Accepted($"/my/bookings/{waiting.Id}", new Waits(waiting.Id, BookingState.Waiting.Word(), waiting.Position)),
            BookingOutcome.Requested requested => TypedResults.Accepted($"/my/bookings/{requested.Id}", new Waits(requested.Id, BookingState.Requested.Word())),
            BookingOutcome.Refused refused => Refused(refused.Reason),
            BookingOutcome.OtherwiseAsked => TypedResults.Problem($"This {KeyHeader} was used in the last 24 hours to ask for something else. Use a new one.", statusCode: StatusCodes.Status422UnprocessableEntity),
            BookingOutcome.NotAllowed => TypedResults.Problem("You may book for yourself only.", statusCode: StatusCodes.Status403Forbidden),
            _ => TypedResults.Problem("There is no such session, or nobody you may book for has this address.", statusCode: StatusCodes.Status404NotFound),
        };
    }

    private static Guid CallerOf(ClaimsPrincipal user, Actor actor) => Guid.TryParse(user.FindFirstValue(Policies.Scope.TokenClaim), out var token) ? token : actor.PersonId ?? Guid.Empty;

    private static async Task<Results<NoContent, ProblemHttpResult>> CancelAsync(Guid id, CancelBooking cancel, WhoAsks who, CancellationToken stop) =>
        await cancel.RunAsync(id, await who.ActorAsync(), stop: stop) switch
        {
            ChangeOutcome.Done => TypedResults.NoContent(),
            ChangeOutcome.Refused refused => Refused(refused.Reason),
            _ => TypedResults.Problem("There is no such booking.", statusCode: StatusCodes.Status404NotFound),
        };

    private static ProblemHttpResult NoSession() => TypedResults.Problem("There is no such session.", statusCode: StatusCodes.Status404NotFound);

    private static ProblemHttpResult Refused(BookingReason reason) => TypedResults.Problem(
        BookingWords.Why(reason), statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["reason"] = reason.Word() });

    private static RouteHandlerBuilder ProducesRefusal(this RouteHandlerBuilder endpoint) => endpoint.Produces<Refusal>(StatusCodes.Status409Conflict, "application/problem+json");

    private static bool TryDate(string? text, out DateOnly? date)
    {
        date = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        var read = DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed)
            && parsed.Year is >= 1900 and <= 2999;
        date = read ? parsed : null;
        return read;
    }
}
