using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.Extensions.Primitives;

namespace Learning.Web;

/// <summary>
/// What holds of every cookie, whoever writes it: no script reads it, no other site sends it, and where the site is https it goes over nothing else and its name says so (__Host-, or __Secure- where it has a path),
/// so that nobody can plant one from a neighbouring name or an unprotected network. The program itself knows a cookie by its plain name.
/// </summary>
internal static class Cookies
{
    private const string Host = "__Host-", Secure = "__Secure-";

    public static IApplicationBuilder UseStrictCookies(this IApplicationBuilder app) => app
        .Use((context, next) =>
        {
            if (context.Request.IsHttps && context.Request.Headers.Cookie.Count > 0)
            {
                context.Request.Headers.Cookie = Ours(context.Request.Headers.Cookie);
            }

            return next(context);
        })
        .UseCookiePolicy(new CookiePolicyOptions
        {
            HttpOnly = HttpOnlyPolicy.Always,
            MinimumSameSitePolicy = SameSiteMode.Lax,
            Secure = CookieSecurePolicy.SameAsRequest,
            OnAppendCookie = context => context.CookieName = Named(context.Context, context.CookieName, context.CookieOptions),
            OnDeleteCookie = context => context.CookieName = Named(context.Context, context.CookieName, context.CookieOptions),
        });

    private static string Named(HttpContext context, string name, CookieOptions options) =>
        !context.Request.IsHttps ? name : options.Path is null or "/" && options.Domain is null ? Host + name : Secure + name;

    // Of what the browser sends, those that only an answer of ours over https can have given it.
    private static StringValues Ours(StringValues sent) => string.Join("; ", sent.SelectMany(line => (line ?? "").Split(';', StringSplitOptions.TrimEntries))
        .Select(cookie => cookie.StartsWith(Host, StringComparison.Ordinal) ? cookie[Host.Length..] : cookie.StartsWith(Secure, StringComparison.Ordinal) ? cookie[Secure.Length..] : null)
        .Where(cookie => cookie is not null));
}
