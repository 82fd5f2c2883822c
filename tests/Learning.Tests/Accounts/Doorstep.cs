using System.Net;

using Learning.Tests.Support;

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Learning.Tests.Accounts;

/// <summary>A browser at the door, without the pages: runs the verbs of signing in as a request from a network would, and keeps its cookies from one to the next.</summary>
internal sealed class Doorstep(Ground ground, string network = "192.0.2.1")
{
    private readonly Dictionary<string, string> cookies = [];

    /// <summary>Runs a verb in a request of this browser.</summary>
    public Task<TResult> With<TVerb, TResult>(Func<TVerb, Task<TResult>> use) where TVerb : notnull => Task.Run(() => ground.With(async (IServiceProvider services) =>
    {
        var http = new DefaultHttpContext { RequestServices = services };
        http.Connection.RemoteIpAddress = IPAddress.Parse(network);
        http.Request.Headers.Cookie = string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        services.GetRequiredService<IHttpContextAccessor>().HttpContext = http;
        var result = await use(services.GetRequiredService<TVerb>());
        foreach (var set in http.Response.Headers.SetCookie)
        {
            var (name, value) = (set!.Split('=')[0], set[(set.IndexOf('=') + 1)..].Split(';')[0]);
            cookies[name] = value;
        }

        return result;
    }));
}
