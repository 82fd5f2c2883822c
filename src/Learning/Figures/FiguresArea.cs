using Learning.Figures.Drafts;

using Microsoft.AspNetCore.Authorization;

namespace Learning.Figures;

/// <summary>What the area of figures brings to the site and to commands.</summary>
public static class FiguresArea
{
    public static IServiceCollection AddFigures(this IServiceCollection services, string content) => services
        .AddSingleton(new ReportFiles(Path.Combine(content, "reports")))
        .AddSingleton(_ => new MeasureWords(Path.Combine(content, "figures", "measures.yaml")))
        .AddSingleton(provider => new QuarterLetter(provider, Path.Combine(content, "figures")).Kind)
        .AddScoped<ReportDefinitions>()
        .AddScoped<ComputeReport>()
        .AddScoped<BuildReports>()
        .AddScoped<NewestBuild>()
        .AddScoped<ExportReport>()
        .AddScoped<FigureBehind>()
        .AddScoped<FigurePeople>()
        .AddScoped<IAuthorizationHandler, PublishedReports>()
        .AddSingleton(new PublishedClaims(Path.Combine(content, "claims")))
        .AddScoped<CheckClaims>()
        .AddScoped<KeepClaim>()
        .AddScoped<ListReports>()
        .AddScoped<ShowReport>()
        .AddScoped<ShowFigure>()
        .AddScoped<Signings>()
        .AddScoped<CountDrift>()
        .AddScoped<NewestDrift>()
        .AddScoped<CheckDraft>()
        .AddScoped<WriteDefinition>()
        .AddScoped<PreviewDraft>()
        .AddScoped<AnswerDraft>()
        .AddScoped<DefinitionVersions>()
        .AddScoped<KnownCodes>();
}
