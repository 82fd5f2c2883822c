using System.Security.Claims;

using Learning.Database;

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

    /// <summary>Anybody, where the report of the address has been published (F7); its draft is for those who see figures.</summary>
    public const string Published = "published, or sees figures";

    /// <summary>The business unit.</summary>
    public const string Unit = "business unit";

    /// <summary>The business unit, or whoever is named on a course to organise it; the verb then decides about the course.</summary>
    public const string Organiser = "organiser";

    /// <summary>The administrator.</summary>
    public const string Administrator = "administrator";

    /// <summary>The business unit or an administrator: what either may approve or hold, such as a request for a role.</summary>
    public const string UnitOrAdministrator = "business unit or administrator";

    /// <summary>What a token of the API is used for: each endpoint states one. Whoever has signed in with a browser is bound by none of them.</summary>
    public static class Scope
    {
        public const string Read = "token: read";
        public const string Bookings = "token: bookings";
        public const string Registers = "token: registers";
        public const string Figures = "token: figures";

        /// <summary>The claim that says that somebody came by a token, and by which.</summary>
        public const string TokenClaim = "token";

        /// <summary>The claim for each scope that the token has.</summary>
        public const string Claim = "scope";

        private static readonly Dictionary<string, TokenScope> Known = new() { [Read] = TokenScope.Read, [Bookings] = TokenScope.Bookings, [Registers] = TokenScope.Registers, [Figures] = TokenScope.Figures };

        /// <summary>The scope that a policy asks of a token; null where it asks for none.</summary>
        public static TokenScope? Of(string? policy) => policy is not null && Known.TryGetValue(policy, out var scope) ? scope : null;
    }

    internal static IServiceCollection AddPolicies(this IServiceCollection services)
    {
        services.AddScoped<WhoAsks>();
        services.AddScoped<IAuthorizationHandler, RoleHandler>();
        services.AddAuthorizationBuilder()
            .AddPolicy(Scope.Read, policy => policy.RequireAssertion(asked => Has(asked.User, TokenScope.Read)))
            .AddPolicy(Scope.Bookings, policy => policy.RequireAssertion(asked => Has(asked.User, TokenScope.Bookings)))
            .AddPolicy(Scope.Registers, policy => policy.RequireAssertion(asked => Has(asked.User, TokenScope.Registers)))
            .AddPolicy(Scope.Figures, policy => policy.RequireAssertion(asked => Has(asked.User, TokenScope.Figures)))
            .AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(Lead, policy => policy.RequireAuthenticatedUser().AddRequirements(new Needs(actor => actor.IsUnit || actor.Roles.Contains(Role.AgencyLead))))
            .AddPolicy(Figures, policy => policy.RequireAuthenticatedUser().AddRequirements(new Needs(actor => actor.SeesFigures)))
            .AddPolicy(Published, policy => policy.AddRequirements(new SeesPublished()))
            .AddPolicy(Unit, policy => policy.RequireAuthenticatedUser().AddRequirements(new Needs(actor => actor.IsUnit)))
            .AddPolicy(Organiser, policy => policy.RequireAuthenticatedUser().AddRequirements(new Needs(actor => actor.IsUnit || actor.IsOrganiser)))
            .AddPolicy(Administrator, policy => policy.RequireAuthenticatedUser().AddRequirements(new Needs(actor => actor.IsAdministrator)))
            .AddPolicy(UnitOrAdministrator, policy => policy.RequireAuthenticatedUser().AddRequirements(new Needs(actor => actor.IsUnit || actor.IsAdministrator)));
        return services;
    }

    /// <summary>What <see cref="Published"/> asks; the area of figures knows what is published.</summary>
    public sealed record SeesPublished : IAuthorizationRequirement;

    private static bool Has(ClaimsPrincipal user, TokenScope scope) => !user.HasClaim(claim => claim.Type == Scope.TokenClaim) || user.HasClaim(Scope.Claim, scope.Word());

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
