using System.Security.Claims;

using Learning.Accounts;
using Learning.People;

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Learning.Benchmarks;

/// <summary>An account with a browser that is signed in to it, as the site's own cookie format protects it: typing hundreds of passwords would measure the hash of passwords.</summary>
public sealed record SignedIn(Account Account, AccountSession Session)
{
    public static SignedIn Of(Guid person, string email, bool strong, DateTimeOffset now)
    {
        var account = new Account
        {
            Id = Guid.CreateVersion7(), PersonId = person, UserName = email, NormalizedUserName = email.ToUpperInvariant(), Email = email,
            NormalizedEmail = email.ToUpperInvariant(), EmailConfirmed = true, SecurityStamp = person.ToString("N"),
        };
        return new(account, new AccountSession
        {
            Id = Guid.CreateVersion7(), AccountId = account.Id, Method = SignInMethod.Password, Strong = strong, Device = "A browser", OpenedAt = now, ProvedAt = now, SeenAt = now, EndsAt = now.AddDays(1),
        });
    }

    /// <summary>Their cookies, in order.</summary>
    public static async Task<List<string>> CookiesAsync(WebApplication site, IEnumerable<SignedIn> people)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var now = site.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var principals = scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>();
        var options = scope.ServiceProvider.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var cookies = new List<string>();
        foreach (var (account, session) in people)
        {
            var principal = await principals.CreateAsync(account);
            ((ClaimsIdentity)principal.Identity!).AddClaims([new(LiveSessions.SessionClaim, session.Id.ToString()), new(WhoAsks.StrongClaim, session.Strong ? "yes" : "no")]);
            var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddHours(12) };
            var ticket = new AuthenticationTicket(principal, properties, IdentityConstants.ApplicationScheme);
            cookies.Add($"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}");
        }

        return cookies;
    }
}
