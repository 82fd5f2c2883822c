using Learning.Figures.Builds;
using Learning.Figures.Drafts;
using Learning.Figures.Publishing;

using Microsoft.AspNetCore.Authorization;

namespace Learning.Figures;

/// <summary>What the area of figures brings to the site and to commands.</summary>
public static class FiguresArea
{
    public static IServiceCollection AddFigures(this IServiceCollection services, string content) => services
        .AddSingleton(new ReportFiles(Path.Combine(content, "reports")))
        .AddSingleton(_ => new MeasureWords(Path.Combine(content, "figures", "measures.yaml")))
        .AddSingleton(provider => new QuarterLetter(provider, Path.Combine(content, "figures")).Kind)
        .AddSingleton(provider => Protection.From(provider.GetRequiredService<Npgsql.NpgsqlDataSource>()))
        .AddScoped<ReportDefinitions>()
        .AddScoped<ComputeReport>()
        .AddScoped<BuildReports>()
        .AddScoped<NewestBuild>()
        .AddSingleton(_ => new EasyWords(Path.Combine(content, "figures", "easy.yaml")))
        .AddSingleton(new PaperPictures(Path.Combine(content, "figures", "pictures")))
        .AddSingleton<WritePublication>()
        .AddScoped<MakePublished>()
        .AddScoped<ShowPublication>()
        .AddScoped<PublicationFeed>()
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
        .AddSingleton<SignedCopies>()
        .AddScoped<Signings>()
        .AddScoped<CountDrift>()
        .AddScoped<NewestDrift>()
        .AddScoped<CheckDraft>()
        .AddScoped<WriteDefinition>()
        .AddScoped<PreviewDraft>()
        .AddScoped<AnswerDraft>()
        .AddScoped<DefinitionVersions>()
        .AddScoped<KnownCodes>()
        .AddSingleton(new ReadyFiles(Path.Combine(content, "reports", "ready")))
        .AddScoped<MakeReady>()
        .AddScoped<AskForBuild>()
        .AddScoped<RunBuilds>()
        .AddScoped<ShowBuilds>();

    /// <summary>Counts what is asked for, on a server that does the background work.</summary>
    public static IServiceCollection AddBuilding(this IServiceCollection services) => services.AddHostedService<BuildingLoop>();
}
