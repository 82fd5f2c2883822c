using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Learning.People;

/// <summary>Who may open a page or call an endpoint (rules S1, S2). Each states one of these or that anybody may; what states nothing stops the start.</summary>
public static class Policies
{
    /// <summary>Whoever has signed in. The verb or the question then decides about the record.</summary>
    public const string SignedIn = "signed in";

    /// <summary>An agency lead (of some agency), or the business unit.</summary>
    public const string Lead = "agency lead";

    /// <summary>The subgroup, the chair or the business unit: aggregates, sessions and agencies.</summary>
    public const string Figures = "sees figures";

    /// <summary>The business unit.</summary>
    public const string Unit = "business unit";

    /// <summary>The administrator.</summary>
    public const string Administrator = "administrator";

    internal static IServiceCollection AddPolicies(this IServiceCollection services)
    {
        services.AddScoped<WhoAsks>();
        services.AddScoped<IAuthorizationHandler, RoleHandler>();
        services.AddAuthorizationBuilder()
            .AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Lead, policy => policy.RequireAuthenticatedUser().AddRequirements(new Needs(actor => actor.IsUnit || actor.Roles.Contains(Role.AgencyLead))))
            .AddPolicy(Figures, policy => policy.RequireAuthenticatedUser().AddRequirements(new Needs(actor => actor.SeesFigures)))
            .AddPolicy(Unit, policy => policy.RequireAuthenticatedUser().AddRequirements(new Needs(actor => actor.IsUnit)))
            .AddPolicy(Administrator, policy => policy.RequireAuthenticatedUser().AddRequirements(new Needs(actor => actor.Roles.Contains(Role.Administrator))));
        return services;
    }

    private sealed record Needs(Func<Actor, bool> May) : IAuthorizationRequirement;

    private sealed class RoleHandler(WhoAsks who) : AuthorizationHandler<Needs>
    {
        protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, Needs requirement)
        {
            if (requirement.May(await who.ActorAsync()))
            {
                context.Succeed(requirement);
            }
        }
    }
}
