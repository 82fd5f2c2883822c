using System.Security.Claims;

using Learning.Messages;
using Learning.People;

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Learning.Accounts;

/// <summary>The door: the framework's accounts with a cookie for pages, bearer tokens for the API, and the policies of <see cref="Policies"/>.</summary>
public static class SignIn
{
    private const string CookieOrToken = "cookie or token";

    /// <summary>The address of the sign-in page.</summary>
    public const string Page = "/account/sign-in";

    /// <summary>The address of the page where a code is typed.</summary>
    public const string CodePage = "/account/sign-in/code";

    internal static IServiceCollection AddSignIn(this IServiceCollection services, string content, Uri? site)
    {
        services.AddIdentityCore<Account>(options =>
            {
                options.User.RequireUniqueEmail = false;      // P6 is kept by person_emails
                options.Password.RequiredLength = 12;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Lockout.AllowedForNewUsers = false;   // Allowance: a lock that a stranger's guesses close would keep the owner out
            })
            .AddEntityFrameworkStores<LearningDb>().AddSignInManager().AddClaimsPrincipalFactory<AccountClaims>();
        services.AddAuthentication(CookieOrToken)
            .AddPolicyScheme(CookieOrToken, null, options => options.ForwardDefaultSelector = context =>
                IsApi(context.Request) && context.Request.Headers.ContainsKey("Authorization") ? BearerTokens.SchemeName : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, BearerTokens>(BearerTokens.SchemeName, null)
            .AddCookie(HalfSignIns.Scheme, HalfSignIns.Cookie)
            .AddIdentityCookies(cookies =>
            {
                cookies.ApplicationCookie!.Configure(Cookie);
                cookies.TwoFactorUserIdCookie!.Configure(Passkeys.Cookie);
            });
        services.AddHttpContextAccessor().AddCascadingAuthenticationState().AddPolicies();
        services.AddSingleton<Allowances>().AddScoped<ThisBrowser>().AddScoped<WhoActs>().AddScoped<CodeCookie>();
        services.AddScoped<AskForCode>().AddScoped<EnterByCode>().AddScoped<EnterByLink>().AddScoped<EnterByPassword>().AddScoped<MySessions>().AddScoped<EndSessions>().AddScoped<MakeSignInLink>().AddScoped<SignPeopleOut>().AddScoped<ForgetSignIns>();
        services.AddMessageKinds(SignInLetters.Kinds);
        services.AddScoped<MakeAccessToken>().AddScoped<RevokeAccessToken>().AddScoped<TokenList>().AddScoped<EnterSite>().AddScoped<FinishSignIn>().AddScoped<LeaveSite>().AddFactors(content, site);
        return services;
    }

    private static void Cookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "learning";
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.LoginPath = Page;
        options.ReturnUrlParameter = "returnUrl";
        options.ExpireTimeSpan = LiveSessions.Idle;
        options.SlidingExpiration = true;
        options.Events.OnValidatePrincipal = LiveSessions.ValidateAsync;

        // Where somebody goes on to is decided in one place: FinishSignIn.
        options.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;

        // The contract: what somebody may not open answers 403 itself, never by a redirect to a page that answers 200; the API never redirects.
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
        options.Events.OnRedirectToLogin = context =>
        {
            if (IsApi(context.Request))
            {
                return Answer(context, StatusCodes.Status401Unauthorized);
            }

            context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        };
    }

    // A token is for programs: it opens no page.
    private static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

/// <summary>Puts the person behind an account into the cookie: their id and their name.</summary>
public sealed class AccountClaims(UserManager<Account> accounts, IOptions<IdentityOptions> options, LearningDb db)
    : UserClaimsPrincipalFactory<Account>(accounts, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        var person = await db.Persons.AsNoTracking().SingleAsync(row => row.Id == user.PersonId);
        identity.RemoveClaim(identity.FindFirst(ClaimTypes.Name));
        identity.AddClaim(new Claim(ClaimTypes.Name, person.Name));
        identity.AddClaim(new Claim(WhoAsks.PersonClaim, person.Id.ToString()));
        return identity;
    }
}
