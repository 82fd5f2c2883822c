using System.Text.Json;

using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;

namespace Learning.ELearning.Packages.Playing;

/// <summary>
/// What content commits while its page goes away. Its frame can tell the site's page nothing any more, since that goes first; so it is sent to the packages' own origin, by the address whose pass names the attempt. Nothing
/// more can be written by it than the frame may say anyway, and nothing is read.
/// </summary>
internal static class LastWords
{
    /// <summary>The last part of the address.</summary>
    public const string Name = "commits";

    public static async Task TakeAsync(HttpContext context, ContentPass pass)
    {
        var (request, stop) = (context.Request, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = PackageApi.MostBytes;
        context.Response.StatusCode = !request.HasJsonContentType() ? StatusCodes.Status415UnsupportedMediaType
            : await ReadAsync(request, stop) is not { } sent ? StatusCodes.Status400BadRequest
            : sent.Attempt != pass.Attempt ? StatusCodes.Status404NotFound
            : await SaveAsync(context.RequestServices, sent, stop) ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
    }

    private static async Task<SentCommits?> ReadAsync(HttpRequest request, CancellationToken stop)
    {
        try
        {
            return await request.ReadFromJsonAsync<SentCommits>(JsonSerializerOptions.Web, stop);
        }
        catch (Exception wrong) when (wrong is JsonException or BadHttpRequestException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task<bool> SaveAsync(IServiceProvider services, SentCommits sent, CancellationToken stop)
    {
        var person = await services.GetRequiredService<LearningDb>().LearningAttempts.Where(one => one.Id == sent.Attempt).Select(one => (Guid?)one.PersonId).SingleOrDefaultAsync(stop);
        return person is { } learner && await services.GetRequiredService<SaveCommits>().DoAsync(learner, sent, stop) is SaveOutcome.Saved;
    }
}
