namespace Learning.History;

/// <summary>The import of history.</summary>
public static class HistoryArea
{
    public static IServiceCollection AddHistory(this IServiceCollection services) => services.AddScoped<ImportHistory>();
}
