using Learning.People;

namespace Learning.Bookings.Desk;

/// <summary>What organisers take away from their sessions.</summary>
public static class DeskFiles
{
    public static void MapDeskFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/manage/sessions/{ref}/delegates.csv", DelegatesAsync).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();

    private static async Task DelegatesAsync(string @ref, string? q, string? state, string? sort, ExportDelegates export, WhoAsks who, HttpContext http, CancellationToken stop)
    {
        var actor = await who.ActorAsync();
        await http.SendCsvAsync(begin => export.RunAsync(@ref, DelegateFilter.Of(q, state, sort), actor, begin, stop));
    }

    /// <summary>Answers with what an export writes into the file that it names, or with 404 where it writes nothing.</summary>
    internal static async Task SendCsvAsync(this HttpContext http, Func<Func<string, Stream>, Task<bool>> export)
    {
        Stream Begin(string name)
        {
            http.Response.ContentType = "text/csv; charset=utf-8";
            http.Response.Headers.ContentDisposition = $"attachment; filename={name}";
            http.Response.Headers.CacheControl = "no-store";
            return http.Response.Body;
        }

        if (!await export(Begin))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
