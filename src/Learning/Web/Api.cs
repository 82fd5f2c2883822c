using System.Threading.RateLimiting;

using Learning.People;

using Microsoft.AspNetCore.RateLimiting;

namespace Learning.Web;

/// <summary>The HTTP API: /api/v1, for whoever has signed in by cookie or bearer token, 2,000 calls a minute each, errors as problem+json.</summary>
internal static class Api
{
    private const string Limit = "api";
    private const int CallsAMinute = 2000;

    /// <summary>Whether a request is a program's.</summary>
    public static bool Asks(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/api/v1").RequireAuthorization(Policies.SignedIn).RequireRateLimiting(Limit);

    public static IServiceCollection AddApiLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(Limit, context => RateLimitPartition.GetSlidingWindowLimiter(
            // By the token itself and not as its header was written, which can be written in many ways.
            context.User.FindFirst(Policies.Scope.TokenClaim)?.Value ?? WhoAsks.PersonOf(context.User)?.ToString() ?? "",
            _ => new SlidingWindowRateLimiterOptions { PermitLimit = CallsAMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 }));
    });
}
