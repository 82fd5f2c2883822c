using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

using Learning.People;

namespace Learning.ELearning;

/// <summary>Pictures, captions and recordings of courses, to whoever is signed in.</summary>
public static class CourseFileAddresses
{
    // A picture that is opened by itself is a document: it may show what it draws, and nothing else.
    private const string Drawing = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

    public static void MapCourseFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/learn/{code}/files/{version}/{folder}/{name}", FileAsync).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();

    private static async Task<Results<ContentHttpResult, PhysicalFileHttpResult, NotFound>> FileAsync(
        string code, string version, string folder, string name, CourseLibrary library, RecordingShelf shelf, LearningDb db, HttpContext http, CancellationToken stop)
    {
        var path = $"{folder}/{name}";
        if (FolderFile.IsRecording(path) && (library.Recording(code, path) ?? await shelf.FindAsync(db, code, path, stop)) is { } recording)
        {
            Keep(http);
            return TypedResults.PhysicalFile(recording, "video/mp4", enableRangeProcessing: true);
        }

        var type = FolderFile.IsPicture(path) ? "image/svg+xml" : path.EndsWith(".vtt", StringComparison.Ordinal) ? "text/vtt; charset=utf-8" : null;
        if (type is null || await library.FileAsync(db, code, version, path, stop) is not { } text)
        {
            return TypedResults.NotFound();
        }

        Keep(http);
        http.Response.Headers.ContentSecurityPolicy = Drawing;
        return TypedResults.Content(text, type);
    }

    // The address names the version: what is there never changes.
    private static void Keep(HttpContext http) => http.Response.Headers[HeaderNames.CacheControl] = "private, max-age=31536000, immutable";
}
