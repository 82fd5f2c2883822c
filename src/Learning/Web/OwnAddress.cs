namespace Learning.Web;

/// <summary>
/// Holds requests to the address that LEARNING_URL names: a request for another host is refused, and the scheme is the one of that address, whatever a proxy between says. Where it is not set,
/// the site is this machine's and answers to any name.
/// </summary>
internal sealed class OwnAddress(RequestDelegate next, SiteSettings settings)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (settings.PublicAddress is not { } own)
        {
            return next(context);
        }

        // Whoever asks whether this process is well asks it by its own address, past the proxy.
        if (!IsOwn(own, context.Request.Host) && !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) && !context.IsRepeated())
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        }

        context.Request.Scheme = own.Scheme;
        return next(context);
    }

    private static bool IsOwn(Uri own, HostString host) =>
        (host.Host.Equals(own.IdnHost, StringComparison.OrdinalIgnoreCase) || host.Host.Equals(own.Host, StringComparison.OrdinalIgnoreCase))
        && (host.Port ?? (own.Scheme == Uri.UriSchemeHttps ? 443 : 80)) == own.Port;
}
