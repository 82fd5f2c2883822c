using System.Reflection;

using Learning.People;

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.StaticAssets;

namespace Learning.Web;

/// <summary>
/// Deny by default (rule S1): a page or endpoint that does not say who may use it stops the start. It names one of <see cref="Policies"/>, or says that anybody may; not both, since
/// the second would silently win, and not "[Authorize]" alone, which says no more than that somebody is there. An endpoint of the API names the scope that a token needs for it besides.
/// </summary>
internal static class StatedRules
{
    // The framework's own: its answer "no such file" where assets are not published, and redirects that a page has decided.
    private static readonly string[] Frameworks = ["{**path:file}", "_framework/opaque-redirect"];

    private static readonly HashSet<string> Scopes = [Policies.Scope.Read, Policies.Scope.Bookings, Policies.Scope.Registers, Policies.Scope.Figures];

    private static readonly HashSet<string> Known =
        [.. typeof(Policies).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!), .. Scopes];

    /// <summary>Every address of the site but its files and the framework's own.</summary>
    public static IEnumerable<RouteEndpoint> Addresses(IEnumerable<Endpoint> endpoints) => endpoints.OfType<RouteEndpoint>().Where(endpoint =>
        endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null && endpoint.RoutePattern.RawText?.TrimStart('/') is { } path && !Frameworks.Contains(path));

    /// <summary>Throws <see cref="InvalidOperationException"/> with each address that states no rule, or none that can be kept.</summary>
    public static void Check(IEndpointRouteBuilder app)
    {
        var silent = Addresses(app.DataSources.SelectMany(source => source.Endpoints))
            .Select(endpoint => (endpoint.RoutePattern.RawText, Wrong: Wrong(endpoint))).Where(one => one.Wrong is not null)
            .Select(one => $"{one.RawText} {one.Wrong}").Distinct().ToList();
        if (silent.Count > 0)
        {
            throw new InvalidOperationException($"These addresses do not say who may use them: {string.Join("; ", silent)}. State a rule: [Authorize(Policies.…)], or [AllowAnonymous] where anybody may.");
        }
    }

    // A form whose values the page binds; what it does not bind is refused when it is sent.
    private static string? Unnamed(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not { } page ? null : page.Type
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(property => property.GetCustomAttribute<SupplyParameterFromFormAttribute>()).OfType<SupplyParameterFromFormAttribute>()
        .Select(form => form.FormName ?? "").FirstOrDefault(form => endpoint.Metadata.GetMetadata<OpenFormsAttribute>()?.Names.Contains(form) != true);

    private static string? Wrong(RouteEndpoint endpoint)
    {
        var (rules, anybody) = (endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(), endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);
        return (rules, anybody) switch
        {
            ([], false) => "states no rule",
            ([], true) => Unnamed(endpoint) is { } form ? $"is for anybody and takes the form \"{form}\" without naming it in [OpenForms]" : null,
            (_, false) when endpoint.Metadata.GetMetadata<OpenFormsAttribute>() is not null => "names open forms and is not for anybody",
            (_, true) => "states a rule, and that anybody may",
            _ when rules.FirstOrDefault(rule => rule.Policy is null || !Known.Contains(rule.Policy)) is { } unknown => unknown.Policy is null ? "names no policy" : $"names the policy \"{unknown.Policy}\", which there is not",
            _ when endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.OrdinalIgnoreCase) && !rules.Any(rule => Scopes.Contains(rule.Policy!)) => "names no scope that a token needs for it (Policies.Scope)",
            _ => null,
        };
    }
}
