using System.Net.Sockets;

using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>The browser that makes the request: what it calls itself, where it is, and whether somebody has signed in in it before, by a cookie that signing in leaves there.</summary>
public sealed class ThisBrowser(IHttpContextAccessor request, LearningDb db)
{
    internal const string DeviceCookie = "learning-device";

    private HttpContext Http => request.HttpContext ?? throw new InvalidOperationException("Somebody signs in by a request.");

    /// <summary>"Chrome on Windows".</summary>
    public string Device => DeviceName.Of(Http.Request.Headers.UserAgent);

    /// <summary>The network that it comes from: its address; of version 6 the half that a household or an office is given.</summary>
    public string Network
    {
        get
        {
            var address = Http.Connection.RemoteIpAddress;
            return address is null ? "" : address.IsIPv4MappedToIPv6 ? $"{address.MapToIPv4()}"
                : address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : $"{address}";
        }
    }

    /// <summary>The hash of its secret; null where nobody has signed in in it.</summary>
    public byte[]? SecretHash => Http.Request.Cookies[DeviceCookie] is { Length: > 0 } secret ? Secret.Hash(secret) : null;

    /// <summary>Whether the person has signed in in it before. The same question is asked for a person who does not exist.</summary>
    public async Task<bool> KnowsAsync(Guid? personId, CancellationToken stop = default) => SecretHash is { } hash
        && await db.KnownDevices.AnyAsync(device => device.SecretHash == hash && db.Users.Any(account => account.Id == device.AccountId && account.PersonId == personId), stop);

    /// <summary>Keeps the secret that it has for as long again.</summary>
    public void LeaveAgain() => Leave(Http.Request.Cookies[DeviceCookie]!);

    /// <summary>Leaves the secret by which it is known.</summary>
    public void Leave(string secret) => Http.Response.Cookies.Append(DeviceCookie, secret, new CookieOptions
    {
        HttpOnly = true, Secure = Http.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = "/account", MaxAge = KnownDevice.Kept, IsEssential = true,
    });
}
