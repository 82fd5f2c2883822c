using Learning.Messages;
using Learning.People;

namespace Learning.Required;

/// <summary>What the area needs to run, and what people take away from it.</summary>
public static class RequiredArea
{
    public static IServiceCollection AddRequired(this IServiceCollection services) => services
        .AddScoped<MyRequired>()
        .AddScoped<AgencyRequired>()
        .AddScoped<NudgePeople>()
        .AddScoped<ExportRequired>()
        .AddScoped<SetRequired>()
        .AddScoped<RequiredList>()
        .AddScoped<SendEvidence>()
        .AddScoped<SentEvidence>()
        .AddScoped<DecideEvidence>()
        .AddMessageKinds(NudgeLetter.Kinds);

    public static void MapRequiredFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/agency/required.csv", RequiredAsync).RequireAuthorization(Policies.Lead).ExcludeFromDescription();
        routes.MapGet("/evidence/{id:guid}/file", FileAsync).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();
    }

    private static async Task RequiredAsync(string? q, string? agency, string? course, string? state, ExportRequired export, WhoAsks who, HttpContext http, CancellationToken stop)
    {
        if (await export.RunAsync(RequiredFilter.Of(q, agency, course, state, null), await who.ActorAsync(), stop) is not { } csv)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await using var text = new StreamWriter(Begin(http, "text/csv; charset=utf-8", "required.csv"));
        await text.WriteAsync(csv.AsMemory(), stop);
    }

    // Never shown by the browser as a page of this site: what somebody sent is saved, under a name of ours.
    private static async Task FileAsync(Guid id, SentEvidence sent, WhoAsks who, HttpContext http, CancellationToken stop)
    {
        if (await sent.FindAsync(id, await who.ActorAsync(), stop) is not { } evidence)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var content = await sent.ContentAsync(id, stop);
        await Begin(http, evidence.MediaType, evidence.FileName).WriteAsync(content, stop);
    }

    private static Stream Begin(HttpContext http, string type, string name)
    {
        http.Response.ContentType = type;
        http.Response.Headers.ContentDisposition = $"attachment; filename={name}";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.Body;
    }
}
