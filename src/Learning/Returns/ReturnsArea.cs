using Learning.People;

namespace Learning.Returns;

/// <summary>What the area needs to run, and what people take away from it.</summary>
public static class ReturnsArea
{
    public static IServiceCollection AddReturns(this IServiceCollection services) => services
        .AddScoped<EnterReturns>()
        .AddScoped<UploadReturns>()
        .AddScoped<ReturnsMatrix>()
        .AddScoped<ExportReturns>();

    public static void MapReturnsFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/insight/returns.csv", MatrixAsync).RequireAuthorization(Policies.Figures).ExcludeFromDescription();

    private static async Task MatrixAsync(string? year, string? published, ExportReturns export, WhoAsks who, HttpContext http, CancellationToken stop)
    {
        var (name, csv) = await export.RunAsync(year, published == "yes", await who.ActorAsync(), stop);
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename={name}";
        http.Response.Headers.CacheControl = "no-store";
        await using var text = new StreamWriter(http.Response.Body);
        await text.WriteAsync(csv.AsMemory(), stop);
    }
}
