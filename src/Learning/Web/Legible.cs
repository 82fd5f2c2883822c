using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;

namespace Learning.Web;

/// <summary>Refuses, by a status that becomes a sentence, what no page could read: an address without end, a character that no text has, a form that is broken off, too large or too slow.</summary>
internal static class Legible
{
    private const int LongestAddress = 8 * 1024;

    /// <summary>Whether this is the second run of a request, to show the page for an error of the first: it was judged then.</summary>
    public static bool IsRepeated(this HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null;

    /// <summary>Reads the address.</summary>
    public static IApplicationBuilder UseLegibleAddresses(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (context.IsRepeated())
        {
            // The page for an error is looked at, whatever it was that failed.
            request.Method = HttpMethods.Get;
            return next(context);
        }

        if (request.Path.Value!.Length + request.QueryString.Value!.Length > LongestAddress)
        {
            context.Response.StatusCode = StatusCodes.Status414UriTooLong;
            return Task.CompletedTask;
        }

        if (HasNul(request.Path.Value) || request.Query.Any(pair => HasNul(pair.Key) || pair.Value.Any(HasNul)))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        return next(context);
    });

    /// <summary>Reads the form of a post to a page, within the limits of that page; the page finds it read.</summary>
    public static IApplicationBuilder UseLegibleForms(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !context.IsRepeated() && !Api.Asks(context) && !IsJson(context) && await RefusedAsync(request) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        await next(context);

        // A post without its token, or of a form that the page does not have, gets its status and an empty page of its own: it shall get the page with the sentence.
        if (!context.Response.HasStarted && context.Response.StatusCode >= StatusCodes.Status400BadRequest && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        {
            context.Response.ContentType = null;
        }
    });

    // What a page's own scripts send to an address that takes nothing else: it is read there.
    private static bool IsJson(HttpContext context) =>
        context.Request.HasJsonContentType() && context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("application/json") == true;

    private static async Task<int?> RefusedAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
        {
            return request.ContentLength > 0 || request.ContentType is not null ? StatusCodes.Status415UnsupportedMediaType : null;
        }

        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            return form.Any(pair => HasNul(pair.Key) || pair.Value.Any(HasNul)) ? StatusCodes.Status400BadRequest : null;
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }

    // PostgreSQL keeps no text with it, and no keyboard types it.
    private static bool HasNul(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;
}
