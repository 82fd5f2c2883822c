using System.Net;
using System.Text.Json.Serialization;

using Learning.Database;
using Learning.ELearning.Packages;
using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
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

    /// <summary>LEARNING_BOUNCES: what the mail service signs its reports with.</summary>
    public BounceSecret Bounces { get; init; } = new((string?)null);

    /// <summary>LEARNING_BOUNCE_MAILBOX: where what comes back is read; null: nowhere.</summary>
    public BounceMailbox? BounceMailbox { get; init; }

    /// <summary>LEARNING_URL: the address that links in messages begin with; null: this machine's.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>LEARNING_CONTENT_URL: the address that packages are shown from; null: another name of this machine, and the next port.</summary>
    public ContentAddress? ContentAddress { get; init; }

    /// <summary>LEARNING_CONTENT_HOSTS: other hosts that packages may load from.</summary>
    public ContentHosts ContentHosts { get; init; } = ContentHosts.None;

    /// <summary>The port for packages alone: the next one, or a free one.</summary>
    public int ContentPort => Port is 0 or IPEndPoint.MaxPort ? 0 : Port + 1;

    /// <summary>LEARNING_PROXIES: the networks of the proxies in front, whose word about the visitor's address is believed.</summary>
    public IReadOnlyList<IPNetwork> Proxies { get; init; } = [];

    /// <summary>LEARNING_KEY: what the keys of cookies and form tokens are sealed with in the database; null: they lie there as they are.</summary>
    public KeySecret? Key { get; init; }

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
    private static volatile bool stated;

    /// <summary>The site, ready to start. <paramref name="adjust"/> lets tests bring a clock of their own, <paramref name="map"/> an address.</summary>
    /// <exception cref="InvalidOperationException">An address states no rule for who may use it (S1).</exception>
    public static WebApplication Build(SiteSettings settings, Action<IServiceCollection>? adjust = null, Action<IEndpointRouteBuilder>? map = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // Whatever the machine's settings say: what goes wrong is never shown to who asked.
            ApplicationName = "Learning", ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.Listen(settings.Listen, settings.Port);
            server.Listen(settings.Listen, settings.ContentPort, PackagesArea.IsContentPort);
            server.AddServerHeader = false;
            Limits.Set(server.Limits);
        });
        LogLines.Use(builder.Logging);
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
        Answer(app, settings);
        map?.Invoke(app);
        if (map is not null || !stated)
        {
            // To look at them, every endpoint is made once more than it is used: a process in which the site starts many times needs to look but once at what is the same each time.
            StatedRules.Check(app);
            stated |= map is null;
        }

        return app;
    }

    /// <summary>What every command stands on too: the database, the clock and zone.</summary>
    public static void AddFoundation(IServiceCollection services, string connectionString)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => Zone.Of(provider.GetRequiredService<TimeProvider>()));
        // What is asked again and again is planned once a connection: in a rush, planning was most of the database's work. Nothing that
        // outlives a transaction is set on a connection (a job lets go of its lock itself), so that none has to be cleaned up between two questions. A setting of the connection string's own wins.
        services.AddSingleton(_ => NpgsqlDataSource.Create($"Max Auto Prepare=200;No Reset On Close=true;{connectionString}"));
        services.AddScoped<RunProgress>();
        services.AddSingleton<Bell>().AddSingleton<RingAfterCommit>();
        // Its data source is the one above, found among the services: named here, the model would be built and every question translated anew for each, and tests have hundreds.
        services.AddPooledDbContextFactory<LearningDb>((provider, options) => options.UseNpgsql()
            .AddInterceptors(SaveAndCommit.Interceptor.Instance, provider.GetRequiredService<RingAfterCommit>()));
        // The framework's accounts with passkeys: the context's model follows this setting.
        services.Configure<IdentityOptions>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<LearningDb>>().CreateDbContext());
    }

    private static void Answer(WebApplication app, SiteSettings settings)
    {
        app.UseProxies(settings);
        app.UseContentOrigin();
        app.UseMiddleware<SecurityHeaders>();
        // A program gets problem+json, a person a page.
        app.UseWhen(Api.Asks, api => api.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = Sentences.StatusOf, SuppressDiagnosticsCallback = _ => true }).UseStatusCodePages());
        app.UseWhen(context => !Api.Asks(context), pages => pages
            .UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error", CreateScopeForErrors = true, StatusCodeSelector = Sentences.StatusOf, SuppressDiagnosticsCallback = _ => true,
            })
            .UseStatusCodePagesWithReExecute("/lost/{0}", createScopeForStatusCodePages: true));
        app.UseMiddleware<OwnAddress>();
        app.UseLegibleAddresses();
        app.UseStrictCookies();
        app.UseCircuits();
        app.UseRouting();
        app.UseMiddleware<SameOrigin>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseLegibleForms();
        app.UseOpenForms();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = SayAsync }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = SayAsync }).AllowAnonymous();
        app.MapPages();
        app.MapOpenApi().AllowAnonymous();
        app.MapSecurityText();
        app.MapAreas();
    }

    private static Task SayAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"{report.Status}");
    }

    internal static IServiceCollection AddWeb(this IServiceCollection services, SiteSettings settings)
    {
        services.AddSingleton(new TextPages(Path.Combine(settings.Content, "pages")));
        services.AddCircuits();
        services.AddScoped<WorkToDo>();
        services.AddMessageKinds(QueueLetter.Kind);
        services.AddKeys(settings.Key);
        services.AddAntiforgery(options => options.Cookie.Name = "learning-form");
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
        services.AddSingleton(provider => ReadInstallation.From(provider.GetRequiredService<NpgsqlDataSource>()));
        // A number is a number, and described as one.
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddExceptionHandler<Failures>().AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Detail ??= Sentences.Of(context.ProblemDetails.Status ?? StatusCodes.Status500InternalServerError);
            context.ProblemDetails.Extensions["traceId"] = Failures.ReferenceOf(context.HttpContext);
        }).AddOpenApi("v1", ApiDocument.Say).AddApiLimits();
        return services;
    }
}
