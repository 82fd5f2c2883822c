using Learning.People;

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;

namespace Learning.Web;

/// <summary>
/// The circuits of islands: a web socket to whoever has signed in, and no other way. Which of them may do what is asked in the circuit, at each thing that somebody does (see <see cref="Accounts.WhoActs"/>).
/// </summary>
internal static class Circuits
{
    private const string Hub = "/_blazor";

    /// <summary>Where a request that opens or ends a circuit goes.</summary>
    public static bool IsCircuit(this HttpRequest request) => request.Path.StartsWithSegments(Hub, StringComparison.OrdinalIgnoreCase);

    public static IServiceCollection AddCircuits(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(options => options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1));
        return services;
    }

    /// <summary>The script asks beside the page that it is on, since no page here names another base. What the framework answers besides, to browsers without web sockets and to other scripts, is not there.</summary>
    public static IApplicationBuilder UseCircuits(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/manage" + Hub, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            context.Request.Path = Hub + rest;
        }

        if (context.Request.IsCircuit() && !IsSocket(context) && !context.Request.Path.StartsWithSegments(Hub + "/disconnect", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return next(context);
    });

    private static bool IsSocket(HttpContext context) => context.Request.Path.Value!.TrimEnd('/').Equals(Hub, StringComparison.OrdinalIgnoreCase)
        && (context.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true || context.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect == true);

    /// <summary>The pages, and the circuits of those that have an island.</summary>
    public static void MapPages(this IEndpointRouteBuilder app) => app.MapRazorComponents<App>()
        // Where it compresses, the framework says who may frame the page, in place of all that SecurityHeaders says.
        .AddInteractiveServerRenderMode(options => options.DisableWebSocketCompression = true)
        .Add(endpoint =>
        {
            if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } path } && ("/" + path.TrimStart('/')).StartsWith(Hub, StringComparison.OrdinalIgnoreCase))
            {
                endpoint.Metadata.Add(new AuthorizeAttribute(Policies.SignedIn));
            }
        });
}
