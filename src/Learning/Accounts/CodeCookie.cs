using System.Security.Cryptography;

using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Learning.Accounts;

/// <summary>What a browser has asked for: the secret that makes its code good, and the address, as it was typed.</summary>
public sealed record CodeAsked(string Secret, string Email);

/// <summary>
/// Binds a code to the browser that asked for it, by a cookie that nobody else can read or write: a code that somebody is talked into reading out is no good anywhere else. It says too which
/// address the page is to show, so that the database need not hold the addresses of strangers.
/// </summary>
public sealed class CodeCookie(IHttpContextAccessor request, IDataProtectionProvider protection)
{
    internal const string Name = "learning-code";

    // Longer than the code is good, so that its page can still say so and send another.
    internal static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private readonly IDataProtector protector = protection.CreateProtector("the code that this browser asked for");

    private HttpContext Http => request.HttpContext ?? throw new InvalidOperationException("A browser asks by a request.");

    private CookieOptions Options => new()
    {
        HttpOnly = true, Secure = Http.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = SignIn.Page, MaxAge = Kept, IsEssential = true,
    };

    /// <summary>Gives it to the browser.</summary>
    public void Write(CodeAsked asked) => Http.Response.Cookies.Append(Name, protector.Protect($"{asked.Secret} {asked.Email}"), Options);

    /// <summary>What this browser asked for; null where it asked for nothing, or did so too long ago.</summary>
    public CodeAsked? Read()
    {
        try
        {
            return Http.Request.Cookies[Name] is { Length: > 0 } cookie && protector.Unprotect(cookie).Split(' ', 2) is [var secret, var email] ? new CodeAsked(secret, email) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Takes it away again.</summary>
    public void Forget() => Http.Response.Cookies.Delete(Name, Options);
}
