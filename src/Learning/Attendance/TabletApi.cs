using Learning.People;

namespace Learning.Attendance;

/// <summary>What a tablet asks for besides marks: the key of what it keeps, which registers open soon, who may have come; and the signature that it may send twice.</summary>
public static class TabletApi
{
    /// <summary>The owner's number and name, and the key in base64.</summary>
    public sealed record KeyAnswer(Guid Owner, string Name, string Key);

    /// <summary>Registers whose sheets a tablet keeps ready.</summary>
    public sealed record SoonAnswer(IReadOnlyList<string> Sessions);

    /// <summary>A signature as a device made it: its id there.</summary>
    public sealed record SentSignature(Guid? Id);

    /// <summary>How the register stands after a signature: one that comes again after a reopening signs nothing.</summary>
    public sealed record SignedAnswer(bool Signed, DateTimeOffset SignedAt, long Version);

    /// <summary>Whoever is called so: name and agency, no more.</summary>
    public sealed record FoundAnswer(IReadOnlyList<FoundPerson> People);

    /// <summary>Somebody who may have come.</summary>
    public sealed record FoundPerson(Guid PersonId, string Name, string? Agency);

    // The register's own scripts call these: they are no promise to other programs.
    public static void MapTablets(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").ExcludeFromDescription();
        api.MapPost("/tablet-key", KeyAsync).RequireAuthorization(Policies.Scope.Registers);
        api.MapGet("/registers", SoonAsync).RequireAuthorization(Policies.Scope.Registers);
        api.MapPost("/registers/{reference}/signature", SignAsync).RequireAuthorization(Policies.Scope.Registers);
        api.MapGet("/registers/{reference}/people", FindAsync).RequireAuthorization(Policies.Scope.Registers);
    }

    // A token that somebody left in a program opens no tablet.
    private static async Task<IResult> KeyAsync(HttpContext http, GiveTabletKey give, WhoAsks who, CancellationToken stop)
    {
        if (http.User.HasClaim(claim => claim.Type == Policies.Scope.TokenClaim))
        {
            return TypedResults.Problem("This key is given to whoever has signed in with a browser, not to a token.", statusCode: StatusCodes.Status403Forbidden);
        }

        return await give.RunAsync(await who.ActorAsync(), stop) is { } given
            ? TypedResults.Ok(new KeyAnswer(given.Owner, given.Name, Convert.ToBase64String(given.Key)))
            : TypedResults.Problem("You take no register.", statusCode: StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> SoonAsync(RegistersSoon soon, WhoAsks who, CancellationToken stop) => TypedResults.Ok(new SoonAnswer(await soon.AskAsync(await who.ActorAsync(), stop)));

    // Who is missing is said by name, as the form does: the tablet may not have known them.
    private static async Task<IResult> SignAsync(string reference, SentSignature sent, HttpRequest request, SignRegister sign, RegisterSheets sheets, WhoAsks who, CancellationToken stop)
    {
        if (sent.Id is not { } id || id == Guid.Empty)
        {
            return TypedResults.Problem("A signature needs an id, made on the device.", statusCode: StatusCodes.Status400BadRequest);
        }

        var actor = await who.ActorAsync();
        if (RegisterApi.NotTheirs(request, actor) is { } another)
        {
            return another;
        }

        switch (await sign.RunAsync(reference, actor, id, stop))
        {
            case SignOutcome.Signed signed:
                var state = (await sheets.AskAsync(reference, actor, stop)).Sheet?.State;
                return TypedResults.Ok(new SignedAnswer(state?.Signed ?? true, signed.At, state?.Version ?? 0));
            case SignOutcome.Missing missing:
                return TypedResults.Problem(
                    $"Not marked yet: {string.Join(", ", missing.People.Select(person => person.Name).Distinct())}.", statusCode: StatusCodes.Status409Conflict,
                    extensions: new Dictionary<string, object?> { ["missing"] = missing.People.Select(person => new { part = person.PartId, personId = person.PersonId, person.Name }) });
            case SignOutcome.Refused refused:
                return TypedResults.Problem(refused.Reason, statusCode: StatusCodes.Status409Conflict);
            default:
                return RegisterApi.NoRegister();
        }
    }

    private static async Task<IResult> FindAsync(string reference, string? name, RegisterSheets sheets, FindPeople people, WhoAsks who, CancellationToken stop)
    {
        var answer = await sheets.AskAsync(reference, await who.ActorAsync(), stop);
        return answer.Sheet is not { } sheet ? RegisterApi.Closed(answer.Access)
            : TypedResults.Ok(new FoundAnswer([.. (await people.AskAsync(name ?? "", sheet.Session.CountedOn, stop)).Select(found => new FoundPerson(found.Id, found.Name, found.Agency))]));
    }
}
