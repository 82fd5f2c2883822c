using System.Net.Mime;

using Learning.People;

namespace Learning.ELearning;

/// <summary>One's own notes as a text file.</summary>
public static class MyNotesFile
{
    public static void MapMyNotes(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/my/notes.txt", async (MyReflections notes, WhoAsks who, HttpContext http, CancellationToken stop) =>
        {
            http.Response.Headers.ContentDisposition = new ContentDisposition { FileName = "my-notes.txt", DispositionType = DispositionTypeNames.Attachment }.ToString();
            return TypedResults.Text(await notes.TextAsync((await who.ActorAsync()).PersonId!.Value, stop), "text/plain; charset=utf-8");
        }).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();
}
