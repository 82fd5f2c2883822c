using Learning.Database;
using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Learning.Attendance;

/// <summary>Registers for tablets and programs: the contract's <c>/api/v1/registers</c>.</summary>
public static class RegisterApi
{
    /// <summary>A register. <c>Version</c> rises with whatever changes it.</summary>
    public sealed record Register(string Session, bool Signed, DateTimeOffset? SignedAt, IReadOnlyList<Part> Parts, IReadOnlyList<Row> People, long Version);

    /// <summary>A part; instants are UTC, minutes whole.</summary>
    public sealed record Part(Guid Id, string Title, DateTimeOffset Starts, DateTimeOffset Ends, int Minutes, int MinutesNeeded);

    /// <summary>A row; without a booking it is a walk-in.</summary>
    public sealed record Row(Guid? BookingId, Guid PersonId, string Name, string? Agency, IReadOnlyList<Standing> Marks);

    /// <summary>What stands of a person in a part. <c>Event</c> is what a device names as seen; <c>Conflict</c> is the event of another device that says otherwise.</summary>
    public sealed record Standing(Guid Part, string Mark, int? Minutes, Guid? Substitute, string? SubstituteName, Guid Event, Guid? Conflict);

    /// <summary>What was stored, old or new, and what of it somebody should look at.</summary>
    public sealed record Answer(IReadOnlyList<Guid> Stored, IReadOnlyList<FlaggedMark> Flagged, long Version);

    public static void MapRegisters(this IEndpointRouteBuilder api)
    {
        api.MapGet("/registers/{reference}", OneAsync).WithSummary("A register with what stands of everybody")
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/registers/{reference}/marks", RecordAsync).WithSummary("Send marks; the same id again changes nothing")
            .Accepts<SentMarks>("application/json").WithMetadata(new RequestSizeLimitAttribute(ReadSentMarks.LargestBody))
            .Produces<Answer>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<Results<Ok<Register>, ProblemHttpResult>> OneAsync(
        string reference, RegisterSheets sheets, WhoAsks who, CancellationToken stop)
    {
        var answer = await sheets.AskAsync(reference, await who.ActorAsync(), stop);
        return answer.Sheet is { } sheet ? TypedResults.Ok(Shown(sheet)) : answer.Access switch
        {
            RegisterAccess.TooEarly => TypedResults.Problem($"This register opens {RegisterRules.OpenDays} days before the session.", statusCode: StatusCodes.Status403Forbidden),
            RegisterAccess.Over => TypedResults.Problem("This register is signed and closed. The business unit can open it.", statusCode: StatusCodes.Status403Forbidden),
            _ => NoRegister(),
        };
    }

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

        return await record.RunAsync(reference, batch, await who.ActorAsync(), stop) switch
        {
            RecordOutcome.Recorded recorded => TypedResults.Ok(new Answer(recorded.Stored, recorded.Flagged, recorded.Version)),
            RecordOutcome.Refused refused => TypedResults.Problem(refused.Reason, statusCode: StatusCodes.Status409Conflict),
            _ => NoRegister(),
        };
    }

    private static Register Shown(RegisterSheet sheet) => new(
        sheet.Session.Ref, sheet.State.Signed, sheet.State.SignedAt,
        [.. sheet.Parts.Select(part => new Part(part.Id, part.Title ?? $"Part {part.Number}", part.StartsAt, part.EndsAt, part.Minutes, part.MinutesNeeded))],
        [.. sheet.People.Select(person => new Row(
            person.BookingId, person.PersonId, person.Name, person.Agency,
            [.. sheet.Parts.Where(part => person.Marks.ContainsKey(part.Id)).Select(part => Shown(part.Id, person.Marks[part.Id]))]))],
        sheet.State.Version);

    private static Standing Shown(Guid part, SheetMark mark) => new(
        part, mark.Mark.Kind.Word(), mark.Mark.Minutes, mark.Mark.SubstituteId, mark.SubstituteName, mark.Mark.Id, mark.Disputed ? mark.Other!.Id : null);

    private static ProblemHttpResult NoRegister() => TypedResults.Problem("There is no such register.", statusCode: StatusCodes.Status404NotFound);
}
