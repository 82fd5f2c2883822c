using Learning.People;

namespace Learning.Membership;

/// <summary>What administrators take away from the audit trail.</summary>
public static class TrailFiles
{
    public static void MapTrailFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/manage/audit.csv", TrailAsync).RequireAuthorization(Policies.Administrator).ExcludeFromDescription();

    private static async Task TrailAsync(
        string? who, string? verb, string? kind, string? subject, string? from, string? until, ExportTrail export, WhoAsks asks, HttpContext http, CancellationToken stop)
    {
        Stream Begin()
        {
            http.Response.ContentType = "text/csv; charset=utf-8";
            http.Response.Headers.ContentDisposition = "attachment; filename=audit-trail.csv";
            http.Response.Headers.CacheControl = "no-store";
            return http.Response.Body;
        }

        if (!await export.RunAsync(TrailFilter.Of(who, verb, kind, subject, from, until, null), await asks.ActorAsync(), Begin, stop))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
