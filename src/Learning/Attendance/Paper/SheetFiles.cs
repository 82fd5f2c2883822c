using Learning.People;

namespace Learning.Attendance.Paper;

/// <summary>The signed sheets as they are looked at.</summary>
public static class SheetFiles
{
    public static void MapSignedSheets(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/register/{ref}/sheets/{id:guid}", FileAsync).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();

    // Never shown by the browser as a page of this site: what somebody sent is saved, under a name of ours.
    private static async Task FileAsync(string @ref, Guid id, KeptSheets sheets, WhoAsks who, HttpContext http, CancellationToken stop)
    {
        if (await sheets.ContentAsync(@ref, id, await who.ActorAsync(), stop) is not var (sheet, content))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = sheet.MediaType;
        // A photograph is a picture and nothing else, and is looked at beside the register; a PDF may hold anything.
        http.Response.Headers.ContentDisposition = $"{(sheet.MediaType.StartsWith("image/", StringComparison.Ordinal) ? "inline" : "attachment")}; filename=sheet-{id:N}.{sheet.Extension}";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.Body.WriteAsync(content, stop);
    }
}
