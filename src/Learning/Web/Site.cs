using System.Net;

using Learning.Database;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

using Npgsql;

namespace Learning.Web;

/// <summary>What a start of the site needs to know.</summary>
public sealed record SiteSettings
{
    /// <summary>A migrated database.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Where it listens; port 0 takes a free one.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>The address it listens on: this machine only, unless somebody puts a proxy in front.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>The folder of words and data.</summary>
    public string Content { get; init; } = Path.Combine(AppContext.BaseDirectory, "content");

    /// <summary>The mail server; null: messages are kept and shown, and nothing leaves.</summary>
    public MailServer? Mail { get; init; }

    /// <summary>LEARNING_URL: the address that links in messages begin with; null: this machine's.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>Whether this process answers requests, and whether it does the background work.</summary>
    public SiteRole Role { get; init; } = SiteRole.All;
}

/// <summary>LEARNING_ROLE: what a process of the site does.</summary>
public enum SiteRole
{
    All,
    Web,
    Worker,
}

/// <summary>Puts the site together: every area's services, pages and endpoints, in the order of the house.</summary>
public static class Site
{
    /// <summary>The site, ready to start. <paramref name="adjust"/> lets tests bring a clock of their own.</summary>
    public static WebApplication Build(SiteSettings settings, Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "Learning", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Listen(settings.Listen, settings.Port);
            server.AddServerHeader = false;
        });
        if (builder.Configuration["Logging:LogLevel:Default"] is null)
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            // It warns that keys are not encrypted at rest: they lie in the database, beside what they protect.
            builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        }

        AddFoundation(builder.Services, settings.ConnectionString);
        builder.Services.AddAreas(settings);
        builder.Services.AddSingleton(settings);
        adjust?.Invoke(builder.Services);

        var app = builder.Build();
        Answer(app);
        return app;
    }

    /// <summary>What every command stands on too: the database, the clock and zone.</summary>
    public static void AddFoundation(IServiceCollection services, string connectionString)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => Zone.Of(provider.GetRequiredService<TimeProvider>()));
        // What is asked again and again is planned once a connection: in a rush, planning was most of the database's work. A setting of the connection string's own wins.
        services.AddSingleton(_ => NpgsqlDataSource.Create($"Max Auto Prepare=200;{connectionString}"));
        services.AddDbContextFactory<LearningDb>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()), ServiceLifetime.Singleton);
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<LearningDb>>().CreateDbContext());
    }

    private static void Answer(WebApplication app)
    {
        // A program gets problem+json, a person a page.
        app.UseWhen(Api.Asks, api => api.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(context => !Api.Asks(context), pages => pages
            .UseExceptionHandler("/error", createScopeForErrors: true)
            .UseStatusCodePagesWithReExecute("/lost/{0}", createScopeForStatusCodePages: true));
        app.UseMiddleware<SecurityHeaders>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
        app.MapRazorComponents<App>();
        app.MapOpenApi().AllowAnonymous();
        app.MapAreas();
        StatedRules.Check(app);
    }

    internal static IServiceCollection AddWeb(this IServiceCollection services, string content)
    {
        services.AddSingleton(new TextPages(Path.Combine(content, "pages")));
        services.AddRazorComponents();
        services.AddScoped<WorkToDo>();
        services.AddDataProtection().SetApplicationName("Learning");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = new DataProtectionKeys(provider.GetRequiredService<NpgsqlDataSource>())));
        services.AddAntiforgery(options => options.Cookie.Name = "learning-form");
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        services.AddSingleton(provider => ReadInstallation.From(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddProblemDetails().AddOpenApi("v1").AddApiLimits();
        return services;
    }
}
