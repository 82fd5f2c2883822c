using Learning.Time;

using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Learning.ELearning.Packages;

/// <summary>The site's and the packages' addresses as this installation has them.</summary>
/// <param name="Site">LEARNING_URL; null: whatever name the visitor uses for this machine.</param>
/// <param name="Content">LEARNING_CONTENT_URL; null: the port of its own that the program listens on, under another name of the machine than the visitor uses.</param>
/// <param name="Elsewhere">LEARNING_CONTENT_HOSTS.</param>
public sealed record ContentSetting(Uri? Site, ContentAddress? Content, ContentHosts Elsewhere);

/// <summary>Where packages are shown from: an origin that is not the site's, so that what they bring can read nothing of it (E4). Every address there begins with a pass, which names the package and the attempt and ends after <see cref="Lives"/>.</summary>
public sealed class ContentOrigin(ContentSetting setting, IDataProtectionProvider protection, Zone zone, IServer? server = null)
{
    /// <summary>As long as anybody plays in one go; whoever goes on tomorrow opens the course anew.</summary>
    public static readonly TimeSpan Lives = TimeSpan.FromHours(12);

    private readonly ContentPasses passes = new(protection);

    /// <summary>Whether all packages are shown from one origin, so that each has to find nothing of what another has kept there.</summary>
    public bool IsShared => setting.Content is not { IsStarred: true };

    /// <summary>Whether browsers are to use nothing but https for it: a proxy in front speaks that, and the program itself does not.</summary>
    internal bool IsSecure => setting.Content?.Address.Scheme == Uri.UriSchemeHttps;

    /// <summary>Other hosts that packages may load from, as a Content-Security-Policy names them.</summary>
    public string Elsewhere => setting.Elsewhere.Sources;

    /// <summary>The origin for a Content-Security-Policy, without a slash at its end.</summary>
    /// <param name="asked">A request to the site: the origin depends on the name that the visitor uses for it, where no LEARNING_URL names it.</param>
    public string Of(Package package, HttpRequest asked) => Root(package.Id, SiteOf(asked)).GetLeftPart(UriPartial.Authority);

    /// <summary>The address of a package's top for one attempt, with a slash at its end.</summary>
    public Uri AddressOf(Package package, Guid attempt, HttpRequest asked)
    {
        var site = SiteOf(asked);
        return new Uri(Root(package.Id, site), passes.Seal(new ContentPass(package.Id, attempt, zone.Now + Lives, site.GetLeftPart(UriPartial.Authority))) + "/");
    }

    /// <summary>Whether a request is for packages, by the port that it came to or the name that it asks for.</summary>
    internal bool IsAsked(HttpContext context) => context.Features.Get<ContentPort>() is not null || setting.Content?.Has(context.Request.Host) == true;

    /// <summary>What a pass says to this request, and whether it is still good; null where it was not given here, or for another origin.</summary>
    public (ContentPass Pass, bool Ended)? Open(string sealedPass, HttpRequest request)
    {
        if (passes.Open(sealedPass) is not { } pass || !Uri.TryCreate(pass.Site, UriKind.Absolute, out var site) || Root(pass.Package, site) is not { } root)
        {
            return null;
        }

        var here = root.IdnHost.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase) && root.Port == (request.Host.Port ?? root.Port);
        return here ? (pass, pass.Until <= zone.Now) : null;
    }

    private Uri SiteOf(HttpRequest asked) => setting.Site ?? new UriBuilder(asked.Scheme, asked.Host.Host, asked.Host.Port ?? -1).Uri;

    private Uri Root(Guid package, Uri site) => setting.Content?.Of(package) ?? new UriBuilder(site) { Host = OtherName(site.Host), Port = ContentPort.Of(server), Path = "/" }.Uri;

    // The same machine by another name: cookies are of a name, whatever the port. A machine that is known by one name only has no other.
    private static string OtherName(string host) => host is "127.0.0.1" or "[::1]" ? "localhost" : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" : host;
}

/// <summary>Marks what comes to the port that is for packages alone.</summary>
internal sealed record ContentPort
{
    /// <summary>The port itself: the second that the program listens on.</summary>
    public static int Of(IServer? server) => server?.Features.Get<IServerAddressesFeature>()?.Addresses.ElementAtOrDefault(1) is { } address ? new Uri(address).Port
        : throw new InvalidOperationException("The program does not listen on a port for packages.");
}
