using Microsoft.AspNetCore.Authorization;

namespace Learning.Web;

/// <summary>Deny by default (rule S1): a page or endpoint that does not say who may use it stops the start.</summary>
internal static class StatedRules
{
    public static void Check(WebApplication app)
    {
        var silent = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText)
            // The framework's own: redirects that a page has decided, and the answer "no such file" where assets are not published.
            .Where(path => path is not null && path != "{**path:file}" && !path.TrimStart('/').StartsWith("_framework/", StringComparison.Ordinal))
            .ToList();
        if (silent.Count > 0)
        {
            throw new InvalidOperationException($"These addresses state no rule for who may use them: {string.Join(", ", silent)}. Add [Authorize] with a policy, or [AllowAnonymous].");
        }
    }
}
