using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;

using Learning.Accounts;
using Learning.People;
using Learning.Tests.Support;

using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Learning.Tests.Permissions;

/// <summary>Asks the site as somebody: with the cookie that signing in gives (made here, so that a thousand askers need no thousand sign-ins), and the token that a form needs.</summary>
internal sealed class Callers(WebsiteUnderTest site) : IDisposable
{
    private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Address };
    private readonly Dictionary<Guid, (Guid Session, string Cookie)> cookies = [];

    /// <summary>The answer in a word: the status; "sign-in" for being sent there; "ok" for a form that was taken in, whether it then had a mistake or led on.</summary>
    public async Task<string> AskAsync(SiteAddress address, string path, object? body, Person? asker)
    {
        // What is sent may end the session, so it gets one of its own.
        var (principal, cookie) = asker is null ? (new ClaimsPrincipal(), "") : await SignedInAsync(asker, again: address.Method != "GET");
        using var request = new HttpRequestMessage(new HttpMethod(address.Method), path);
        if (address.Form is { } form)
        {
            var (token, tokenCookie) = Token(principal);
            cookie = string.Join("; ", new[] { cookie, tokenCookie }.Where(one => one.Length > 0));
            request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = form, ["__RequestVerificationToken"] = token });
        }
        else if (address.Method is "POST" or "PUT" or "PATCH")
        {
            request.Content = JsonContent.Create(body ?? new { });
        }

        if (cookie.Length > 0)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response switch
        {
            { StatusCode: HttpStatusCode.Redirect or HttpStatusCode.SeeOther, Headers.Location: { } to } when to.OriginalString.Contains($"{SignIn.Page}?", StringComparison.Ordinal) => "sign-in",
            { StatusCode: HttpStatusCode.OK or HttpStatusCode.Redirect or HttpStatusCode.SeeOther } when address.Form is not null => "ok",
            _ => ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    private async Task<(ClaimsPrincipal Principal, string Cookie)> SignedInAsync(Person person, bool again)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<LearningDb>();
        await site.AccountAsync(person.Id);
        var account = await db.Users.SingleAsync(row => row.PersonId == person.Id);
        var principal = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync(account);
        // What another form was sent may have ended it.
        var known = cookies.GetValueOrDefault(person.Id);
        var cookie = known.Cookie;
        if (again || !await db.AccountSessions.AnyAsync(row => row.Id == known.Session && row.EndedAt == null))
        {
            var now = scope.ServiceProvider.GetRequiredService<Learning.Time.Zone>().Now;
            var session = new AccountSession
            {
                Id = Guid.CreateVersion7(), AccountId = account.Id, Method = SignInMethod.Passkey, Strong = true, Device = "A test", OpenedAt = now, ProvedAt = now, SeenAt = now, EndsAt = now + LiveSessions.Longest,
            };
            db.AccountSessions.Add(session);
            await db.SaveChangesAsync();
            ((ClaimsIdentity)principal.Identity!).AddClaims([new(LiveSessions.SessionClaim, session.Id.ToString()), new(WhoAsks.StrongClaim, "yes")]);
            var options = scope.ServiceProvider.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
            var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + options.ExpireTimeSpan };
            cookie = $"{options.Cookie.Name}={options.TicketDataFormat.Protect(new AuthenticationTicket(principal, properties, IdentityConstants.ApplicationScheme))}";
            if (!again)
            {
                cookies[person.Id] = (session.Id, cookie);
            }
        }

        return (principal, cookie);
    }

    // A token belongs to who asks, whichever form it is for.
    private (string Token, string Cookie) Token(ClaimsPrincipal principal)
    {
        using var scope = site.Services.CreateScope();
        var tokens = scope.ServiceProvider.GetRequiredService<IAntiforgery>().GetTokens(new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = principal });
        return (tokens.RequestToken!, $"{scope.ServiceProvider.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie.Name}={tokens.CookieToken}");
    }

    public void Dispose() => http.Dispose();
}
