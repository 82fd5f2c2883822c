using System.Globalization;

using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.Http.HttpResults;

namespace Learning.Bookings;

/// <summary>Sessions and bookings for programs: the contract's <c>/api/v1/sessions</c> and <c>/api/v1/bookings</c>.</summary>
public static class BookingsApi
{
    /// <summary>Whom to book for; without an address it is who asks.</summary>
    public sealed record Wanted(string? Email);

    /// <summary>A place that is theirs.</summary>
    public sealed record Booked(Guid Id, string State);

    /// <summary>A wait: the number on the list, from 1.</summary>
    public sealed record Waits(Guid Id, string State, int Position);

    public static void MapBookings(this IEndpointRouteBuilder api)
    {
        api.MapGet("/sessions", ListAsync)
            .WithSummary("Sessions by local date: from is included, to is not")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/sessions/{reference}", OneAsync).WithSummary("A session with its places").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/sessions/{reference}/bookings", BookAsync)
            .WithSummary("Book a place, or join the waiting list where all are held")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapDelete("/bookings/{id:guid}", CancelAsync)
            .WithSummary("Give up a place, a wait or an offer")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
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
        string reference, Wanted? wanted, BookPlace book, WhoAsks who, CancellationToken stop) =>
        await book.RunAsync(new PlaceWanted(reference, wanted?.Email, OverlapKnown: true), await who.ActorAsync(), stop) switch
        {
            BookingOutcome.Confirmed confirmed =>
                TypedResults.Created($"/my/bookings/{confirmed.Id}", new Booked(confirmed.Id, BookingState.Confirmed.Word())),
            BookingOutcome.Waiting waiting =>
                TypedResults.Accepted($"/my/bookings/{waiting.Id}", new Waits(waiting.Id, BookingState.Waiting.Word(), waiting.Position)),
            BookingOutcome.Refused refused => Refused(refused.Reason),
            BookingOutcome.NotAllowed => TypedResults.Problem("You may book for yourself only.", statusCode: StatusCodes.Status403Forbidden),
            _ => TypedResults.Problem("There is no such session, or nobody you may book for has this address.", statusCode: StatusCodes.Status404NotFound),
        };

    private static async Task<Results<NoContent, ProblemHttpResult>> CancelAsync(Guid id, CancelBooking cancel, WhoAsks who, CancellationToken stop) =>
        await cancel.RunAsync(id, await who.ActorAsync(), stop) switch
        {
            ChangeOutcome.Done => TypedResults.NoContent(),
            ChangeOutcome.Refused refused => Refused(refused.Reason),
            _ => TypedResults.Problem("There is no such booking.", statusCode: StatusCodes.Status404NotFound),
        };

    private static ProblemHttpResult NoSession() => TypedResults.Problem("There is no such session.", statusCode: StatusCodes.Status404NotFound);

    private static ProblemHttpResult Refused(BookingReason reason) => TypedResults.Problem(
        statusCode: StatusCodes.Status409Conflict, extensions: new Dictionary<string, object?> { ["reason"] = reason.Word() });

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
