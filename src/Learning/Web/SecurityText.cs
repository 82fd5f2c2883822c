using Learning.Time;

namespace Learning.Web;

/// <summary><c>/.well-known/security.txt</c> (RFC 9116): whom to tell of a weakness.</summary>
internal static class SecurityText
{
    public static void MapSecurityText(this IEndpointRouteBuilder routes) => routes.MapGet("/.well-known/security.txt", (Installation installation, SiteSettings settings, Zone zone) => TypedResults.Text(
        $"Contact: mailto:{installation.Contact}\nExpires: {zone.Now.UtcDateTime.AddMonths(6):yyyy-MM-ddTHH:mm:ssZ}\nPreferred-Languages: en\n"
        + (settings.PublicAddress is { } own ? $"Canonical: {new Uri(own, "/.well-known/security.txt")}\n" : ""),
        "text/plain; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
}
