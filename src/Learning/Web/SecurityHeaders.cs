using Learning.ELearning.Packages.Playing;

namespace Learning.Web;

/// <summary>
/// What every answer says to the browser: nothing inline, nothing from another host, no framing, no guessing of types, and that no copy is kept of what somebody signed in was shown.
/// Said as the answer leaves, since what handles an error throws away what was said before.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; "
        + "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // Pages that show something of somebody who has not signed in.
    private static readonly string[] Private = ["/account", "/answer", "/approve", "/checkin", "/verify"];

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state => Say((HttpContext)state), context);
        return next(context);
    }

    private static Task Say(HttpContext context)
    {
        var headers = context.Response.Headers;
        // A page may say something stricter of itself.
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            // The one page that shows what is not the site's own.
            headers.ContentSecurityPolicy = context.Features.Get<FramedContent>() is { } content ? $"{Policy}; frame-src {content.Origin}" : Policy;
        }

        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()";
        // A window that a package's content opens finds its way back to the content, and nothing else does.
        headers["Cross-Origin-Opener-Policy"] = context.Features.Get<FramedContent>() is null ? "same-origin" : "same-origin-allow-popups";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }

        // What has a file's own rule is the same for everybody.
        if (headers.CacheControl.Count == 0 && (context.User.Identity?.IsAuthenticated == true || Private.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))))
        {
            headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }
}
