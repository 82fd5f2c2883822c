namespace Learning.Web;

/// <summary>
/// Refuses what another site makes a browser send, where the browser's cookie would vouch for it: every post to a page (whose form has a token besides), every call of the API, which has none, and every circuit. The browser says where
/// a request comes from (Sec-Fetch-Site, or Origin with whatever is not a plain GET); a program that keeps a cookie says neither. A bearer token is added by nobody but its owner.
/// </summary>
internal sealed class SameOrigin(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var harmless = !Api.Asks(context) && !request.IsCircuit() && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
        if (harmless || request.Headers.Authorization.Count > 0 || context.IsRepeated() || FromHere(request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    // "none" is the person's own doing: a bookmark, an address typed in.
    private static bool FromHere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" or "none" => true,
        "" => request.Headers.Origin.ToString() is not { Length: > 0 } origin || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && IsOwn(from, request)),
        _ => false,
    };

    private static bool IsOwn(Uri from, HttpRequest request) =>
        from.Scheme == request.Scheme && from.IdnHost.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase) && from.Port == (request.Host.Port ?? (request.IsHttps ? 443 : 80));
}
