using System.Net;

using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

using IPNetwork = System.Net.IPNetwork;

namespace Learning.Web;

/// <summary>How much a request may bring and how long it may take, and whose word counts about where it came from.</summary>
internal static class Limits
{
    /// <summary>Bytes of a body, unless its endpoint says otherwise.</summary>
    public const int LargestBody = 1_000_000;

    public static void Set(KestrelServerLimits limits)
    {
        limits.MaxRequestBodySize = LargestBody;
        limits.MaxRequestHeaderCount = 64;
        // Longer than any address that is answered, so that the refusal can be a page with a sentence.
        limits.MaxRequestLineSize = 128 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }

    /// <summary>LEARNING_PROXIES: addresses or networks with commas between; who the visitor is, and which name they asked for, is believed of these and of nobody else.</summary>
    /// <exception cref="FormatException">With a sentence.</exception>
    public static IReadOnlyList<IPNetwork> Proxies(string? given) => [.. (given ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new FormatException($"LEARNING_PROXIES has \"{text}\"; each is an address or a network, such as 10.0.0.5 or 10.0.0.0/8."))];

    public static IApplicationBuilder UseProxies(this IApplicationBuilder app, SiteSettings settings)
    {
        if (settings.Proxies.Count == 0)
        {
            return app;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.Proxies)
        {
            options.KnownIPNetworks.Add(network);
        }

        return app.UseForwardedHeaders(options);
    }
}
