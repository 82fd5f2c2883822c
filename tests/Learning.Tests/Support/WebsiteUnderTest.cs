using Learning.Accounts;
using Learning.People;
using Learning.Web;

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Learning.Tests.Support;

/// <summary>The real site on a free port, over a test's database and clock. Its background work does not run by itself.</summary>
public sealed class WebsiteUnderTest : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebsiteUnderTest(WebApplication app) => this.app = app;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>The site's own services.</summary>
    public IServiceProvider Services => app.Services;

    public static async Task<WebsiteUnderTest> StartAsync(
        string connectionString, TimeProvider clock, Action<IServiceCollection>? adjust = null, Func<SiteSettings, SiteSettings>? settings = null, Action<IEndpointRouteBuilder>? map = null)
    {
        var plain = new SiteSettings { ConnectionString = connectionString, Port = 0, Role = SiteRole.Web };
        var app = Site.Build(
            settings?.Invoke(plain) ?? plain,
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton(clock));
                // Thousands of sign-ins: hashing passwords as slowly as is safe was a fifth of the tests' work.
                services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000);
                adjust?.Invoke(services);
            },
            map);
        await app.StartAsync();
        return new WebsiteUnderTest(app);
    }

    /// <summary>A visitor without an account.</summary>
    public Visitor Visitor() => new(Address);

    /// <summary>A visitor signed in as a person, by the cookie that the sign-in page gives.</summary>
    public async Task<Visitor> SignedInAsync(Guid personId, bool exempt = true)
    {
        var (email, password) = await AccountAsync(personId, exempt);
        var visitor = Visitor();
        var page = await visitor.Get(SignIn.Page);
        var home = await page.Submit("Sign in", ("Input.Email", email), ("Input.Password", password));
        Assert.DoesNotContain(SignIn.Page, home.Path);
        return visitor;
    }

    /// <summary>
    /// What a person signs in with; the account is made at first use. It is exempt from the second step, as a demonstration's are, so that roles which need one are had by a password alone;
    /// not so where a test says.
    /// </summary>
    public async Task<(string Email, string Password)> AccountAsync(Guid personId, bool exempt = true)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var email = scope.ServiceProvider.GetRequiredService<LearningDb>().PersonEmails.First(row => row.PersonId == personId && row.Main).Email;
        const string password = "Learning-test-1";
        if (await accounts.FindByNameAsync(email) is null)
        {
            var made = await accounts.CreateAsync(new Account { Id = Guid.CreateVersion7(), PersonId = personId, UserName = email, Email = email, EmailConfirmed = true, SecondStepExempt = exempt }, password);
            Assert.True(made.Succeeded, string.Join(", ", made.Errors.Select(error => error.Description)));
        }

        return (email, password);
    }

    /// <summary>A verb as a request with the visitor's cookies would call it, past the page that guards it.</summary>
    public async Task<TResult> AsRequestOf<T, TResult>(Visitor visitor, Func<T, Task<TResult>> call) where T : notnull
    {
        await using var scope = app.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Headers.Cookie = visitor.CookiesOf("/account");
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = http;
        http.User = (await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal ?? new();
        return await call(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
