namespace Learning.Reports;

/// <summary>What the area brings: signing and publishing of reports.</summary>
public static class ReportsArea
{
    public static IServiceCollection AddReports(this IServiceCollection services, string content) => services
        .AddSingleton(new InsightFigures(Path.Combine(content, "figures", "insight.yaml")))
        .AddScoped<Insight>()
        .AddScoped<SignedTrends>()
        .AddScoped<Unfinished>()
        .AddScoped<SubtractedReports>()
        .AddScoped<SignReport>()
        .AddScoped<PublishReport>();
}
