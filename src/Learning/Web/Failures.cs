using System.Diagnostics;

using Microsoft.AspNetCore.Diagnostics;

namespace Learning.Web;

/// <summary>Writes a failure into the log under the reference that whoever asked is shown, by the pattern of the address and not by the address itself.</summary>
internal sealed class Failures(ILogger<Failures> log) : IExceptionHandler
{
    /// <summary>The reference of a request.</summary>
    public static string ReferenceOf(HttpContext? http) => Activity.Current?.TraceId.ToString() ?? http?.TraceIdentifier ?? "none";

    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var pattern = (httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint as RouteEndpoint)?.RoutePattern.RawText;
        if (Sentences.StatusOf(exception) >= StatusCodes.Status500InternalServerError)
        {
            log.LogError(exception, "{Reference} {Method} {Pattern} failed", ReferenceOf(httpContext), httpContext.Request.Method, pattern);
        }
        else
        {
            log.LogWarning("{Reference} {Method} {Pattern} was refused: {Kind}", ReferenceOf(httpContext), httpContext.Request.Method, pattern, exception.GetType().Name);
        }

        return ValueTask.FromResult(false);
    }
}
