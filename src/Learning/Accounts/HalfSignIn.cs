using System.Security.Claims;

using Learning.Database;
using Learning.People;

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>A sign-in that has shown its first factor and waits for the second: whose, how it began, and the page that it was to open.</summary>
public sealed record HalfSignIn(Guid AccountId, SignInMethod Method, string ReturnUrl);

/// <summary>
/// Keeps a half-finished sign-in for ten minutes, in a cookie that only this site can read or write. It opens nothing: it names the one account whose second step may be tried with it, and
/// is worth nothing once that account's security stamp has changed, or its person is counted as another (P3).
/// </summary>
public sealed class HalfSignIns(LearningDb db, IHttpContextAccessor request)
{
    /// <summary>The scheme of its cookie.</summary>
    public const string Scheme = "half signed in";

    private const string Method = "method";
    private const string Stamp = "stamp";
    private const string Return = "return";

    private HttpContext Http => request.HttpContext ?? throw new InvalidOperationException("Somebody signs in by a request.");

    public Task BeginAsync(Account account, SignInMethod method, string returnUrl) => Http.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, account.Id.ToString()), new(Method, method.Word()), new(Stamp, account.SecurityStamp ?? ""), new(Return, returnUrl)], Scheme)));

    /// <summary>The one of this browser; null where there is none, or its ten minutes are over.</summary>
    public async Task<HalfSignIn?> ReadAsync(CancellationToken stop = default)
    {
        var user = (await Http.AuthenticateAsync(Scheme)).Principal;
        return Guid.TryParse(user?.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            && await db.Users.AnyAsync(account => account.Id == id && (account.SecurityStamp ?? "") == user.FindFirstValue(Stamp)
                && LearningDb.CountedAs(account.PersonId) == account.PersonId && db.Persons.Any(person => person.Id == account.PersonId && person.ErasedAt == null), stop)
            ? new HalfSignIn(id, Words.Parse<SignInMethod>(user!.FindFirstValue(Method)!), FinishSignIn.Within(user!.FindFirstValue(Return)))
            : null;
    }

    public Task EndAsync() => Http.SignOutAsync(Scheme);

    internal static void Cookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "learning-half";
        options.Cookie.Path = "/account";
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromMinutes(10);
        options.SlidingExpiration = false;
    }
}
