namespace Learning.ELearning.Packages;

/// <summary>
/// LEARNING_CONTENT_URL: the origin that packages are shown from, which is not the site's (E4). With "*" as its first label each package has an origin of its own.
/// </summary>
public sealed record ContentAddress
{
    private const string Star = "*.";

    private ContentAddress(Uri address, bool starred) => (Address, IsStarred) = (address, starred);

    /// <summary>Without the star.</summary>
    public Uri Address { get; }

    public bool IsStarred { get; }

    /// <summary>Null where nothing is given.</summary>
    /// <param name="site">LEARNING_URL.</param>
    /// <exception cref="FormatException">With a sentence.</exception>
    public static ContentAddress? Of(string? given, Uri? site)
    {
        if (given is not { Length: > 0 })
        {
            return null;
        }

        var at = given.IndexOf("://", StringComparison.Ordinal) + 3;
        var starred = at > 2 && given.AsSpan(at).StartsWith(Star);
        if (at < 3 || !Uri.TryCreate(starred ? given.Remove(at, Star.Length) : given, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.PathAndQuery != "/" || address.UserInfo.Length > 0 || address.Host.Contains('*', StringComparison.Ordinal))
        {
            throw new FormatException($"LEARNING_CONTENT_URL is \"{given}\"; it is an address of its own for packages and nothing after it, such as https://content.example or https://*.content.example.");
        }

        // Cookies do not keep ports apart: a script on the site's own host name could plant one.
        return site is not null && site.IdnHost.Equals(address.IdnHost, StringComparison.OrdinalIgnoreCase) && !starred
            ? throw new FormatException($"LEARNING_CONTENT_URL has the same host as LEARNING_URL, {site.Host}. Packages are kept apart from the site by a host name of their own.")
            : new(address, starred);
    }

    /// <summary>The origin of one package.</summary>
    public Uri Of(Guid package) => IsStarred ? new UriBuilder(Address) { Host = $"{Label(package)}.{Address.Host}" }.Uri : Address;

    /// <summary>Whether a host, as a browser asks for it, is one of packages.</summary>
    public bool Has(HostString host) => (host.Port ?? (Address.Scheme == Uri.UriSchemeHttps ? 443 : 80)) == Address.Port
        && (IsStarred ? host.Host.EndsWith("." + Address.IdnHost, StringComparison.OrdinalIgnoreCase) : host.Host.Equals(Address.IdnHost, StringComparison.OrdinalIgnoreCase));

    // The last part of an id is by chance; the first is the time at which it was made.
    private static string Label(Guid package) => $"{package:N}"[^12..];
}
