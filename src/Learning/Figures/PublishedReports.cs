using Learning.People;

using Microsoft.AspNetCore.Authorization;

namespace Learning.Figures;

/// <summary>Lets everybody read a report that has been published, and those who see figures every other, too (S2, F7). The report is the one of the address.</summary>
internal sealed class PublishedReports(WhoAsks who, Signings signings, IHttpContextAccessor request) : AuthorizationHandler<Policies.SeesPublished>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, Policies.SeesPublished requirement)
    {
        if ((await who.ActorAsync()).SeesFigures || (request.HttpContext is { } http && Report(http) is { } report && await signings.IsPublishedAsync(report, http.RequestAborted)))
        {
            context.Succeed(requirement);
        }
    }

    private static string? Report(HttpContext http) => (http.GetRouteValue("Name") ?? http.GetRouteValue("report")) as string;
}
