using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Learning.ELearning.Packages;

/// <summary>What packages need to run, and where they are shown from.</summary>
public static class PackagesArea
{
    public static IServiceCollection AddPackages(this IServiceCollection services, ContentSetting setting) => services
        .AddSingleton(setting)
        .AddSingleton<ContentOrigin>()
        .AddScoped<ImportPackage>()
        .AddScoped<WithdrawPackage>();

    /// <summary>Says of a port that it is for packages alone.</summary>
    public static void IsContentPort(ListenOptions port) => port.Use(next => connection =>
    {
        connection.Features.Set(new ContentPort());
        return next(connection);
    });

    /// <summary>What comes for packages is answered here, before anything of the site sees it.</summary>
    public static IApplicationBuilder UseContentOrigin(this IApplicationBuilder app) => app.UseMiddleware<ContentAnswers>();
}
