using System.Text.RegularExpressions;

using Learning.Web;

using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;

namespace Learning.Tests.Permissions;

/// <summary>Something that can be asked of the site: a method and an address, and for a post to a page the form that is sent.</summary>
internal sealed partial record SiteAddress(string Method, string Pattern, string? Form)
{
    /// <summary>As in the matrix: "POST /account#sign-out". Constraints of parameters are left out.</summary>
    public string Name => $"{Method} {Plain}{(Form is null ? "" : $"#{Form}")}";

    /// <summary>The address without constraints: "/my/bookings/{Id}".</summary>
    public string Plain => Constraint().Replace(Pattern, "}");

    /// <summary>The parameters, each with what stands before it: "/my/bookings/{Id}".</summary>
    public IEnumerable<string> Parameters => Parameter().Matches(Plain).Select(match => Plain[..(match.Index + match.Length)]);

    /// <summary>The address with its parameters filled.</summary>
    public string With(IReadOnlyDictionary<string, string> values) =>
        Parameter().Replace(Plain, match => Uri.EscapeDataString(values[Plain[..(match.Index + match.Length)]]));

    [GeneratedRegex("[:=?][^}/]*}")]
    private static partial Regex Constraint();

    [GeneratedRegex("{[^}]+}")]
    private static partial Regex Parameter();
}

/// <summary>Everything that the routing table of the running site answers, and every form of its pages.</summary>
internal static class SiteAddresses
{
    public static IReadOnlyList<SiteAddress> Of(EndpointDataSource routes) => [.. StatedRules.Addresses(routes.Endpoints).SelectMany(Of)
        .DistinctBy(address => address.Name).OrderBy(address => address.Plain, StringComparer.Ordinal).ThenBy(address => address.Name, StringComparer.Ordinal)];

    private static IEnumerable<SiteAddress> Of(RouteEndpoint endpoint)
    {
        var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
        if (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is { } page)
        {
            return SiteForms.Of(page.Type).Select(form => new SiteAddress("POST", pattern, form)).Prepend(new SiteAddress("GET", pattern, null));
        }

        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        return methods.Where(method => method is not ("HEAD" or "OPTIONS")).Select(method => new SiteAddress(method, pattern, null));
    }
}
