namespace Learning.History;

/// <summary>The import of history, and the export of everything.</summary>
public static class HistoryArea
{
    public static IServiceCollection AddHistory(this IServiceCollection services) => services.AddScoped<ImportHistory>().AddScoped<ExportHistory>();
}
