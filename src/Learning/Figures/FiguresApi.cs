using System.Text;

using Learning.Figures.Drafts;
using Learning.Figures.Publishing;
using Learning.People;
using Learning.Time;

namespace Learning.Figures;

/// <summary>Computed reports for programs: the contract's <c>/api/v1/reports</c>.</summary>
public static class FiguresApi
{
    public static void MapFigures(this IEndpointRouteBuilder api) => api.MapGet("/reports/{report}/figures", OneAsync)
        .RequireAuthorization(Policies.Figures, Policies.Scope.Figures)
        .WithSummary("A report's figures, counted now as at an instant (inclusive), or as at now")
        .Produces<ComputedReport>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    /// <summary>What people download from a report's page.</summary>
    public static void MapReportFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/reports/{report}/figures.csv", CsvAsync).RequireAuthorization(Policies.Published).ExcludeFromDescription();
        routes.MapGet("/reports/{report}/download/{form}", FileAsync).RequireAuthorization(Policies.Published).ExcludeFromDescription();
        routes.MapGet("/reports/feed.atom", FeedAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/reports/pictures/{picture}.svg", Picture).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/figures/{report}/{figure}.csv", FigureCsvAsync).RequireAuthorization(Policies.Published).ExcludeFromDescription();
        routes.MapGet("/figures/{report}/{figure}.svg", ChartAsync).RequireAuthorization(Policies.Published).ExcludeFromDescription();
        routes.MapGet("/reports/{report}/definition.yaml", DefinitionAsync).RequireAuthorization(Policies.Figures).ExcludeFromDescription();
        routes.MapGet("/reports/{report}/claims/check", ClaimAsync).RequireAuthorization(Policies.Figures).ExcludeFromDescription();
        routes.MapGet("/figures/{report}/{figure}.json", JsonAsync).RequireAuthorization(Policies.Published).ExcludeFromDescription();
    }

    private static async Task<IResult> CsvAsync(string report, ExportReport export, WhoAsks who, CancellationToken stop) =>
        await export.RunAsync(report, await who.ActorAsync(), stop) is { } csv ? TypedResults.Text(csv, "text/csv; charset=utf-8") : TypedResults.NotFound();

    private static async Task<IResult> FileAsync(string report, string form, string? revision, ExportReport export, WhoAsks who, CancellationToken stop) =>
        PublicationForms.Read(form) is { } known && await export.RunAsync(report, revision, known, await who.ActorAsync(), stop) is { } file ? TypedResults.File(file.Bytes, file.Type, file.Name) : TypedResults.NotFound();

    private static async Task<IResult> FigureCsvAsync(string report, string figure, string? revision, ExportReport export, WhoAsks who, CancellationToken stop) =>
        await export.RunAsync(report, figure, revision, chart: false, await who.ActorAsync(), stop) is { } csv ? TypedResults.Text(csv, "text/csv; charset=utf-8") : TypedResults.NotFound();

    private static async Task<IResult> ChartAsync(string report, string figure, string? revision, ExportReport export, WhoAsks who, CancellationToken stop) =>
        await export.RunAsync(report, figure, revision, chart: true, await who.ActorAsync(), stop) is { } svg
            ? TypedResults.File(Encoding.UTF8.GetBytes(svg), "image/svg+xml", $"{Csv.CsvFile.NamePart(FigureWords.Reference(report, figure))}.svg") : TypedResults.NotFound();

    private static async Task<IResult> FeedAsync(PublicationFeed feed, CancellationToken stop) => TypedResults.Text(await feed.WriteAsync(stop), "application/atom+xml; charset=utf-8");

    private static IResult Picture(string picture, PaperPictures pictures) => pictures.Svg(picture) is { } file ? TypedResults.PhysicalFile(file, "image/svg+xml") : TypedResults.NotFound();

    // The definition as it is now, or a version that it had.
    private static async Task<IResult> DefinitionAsync(string report, int? version, ReportDefinitions definitions, DefinitionVersions versions, CancellationToken stop) =>
        (version is { } number ? await versions.TextAsync(report, number, stop) : (await definitions.FindAsync(report, stop))?.Yaml) is { } yaml
            ? TypedResults.File(Encoding.UTF8.GetBytes(yaml), "application/yaml; charset=utf-8", $"{report}{(version is null ? "" : $"-version-{version}")}.yaml") : TypedResults.NotFound();

    // A sentence as it is typed (C1).
    private static async Task<IResult> ClaimAsync(string report, string? sentence, string? figure, ShowReport show, WhoAsks who, CancellationToken stop)
    {
        if (await show.FindAsync(report, null, await who.ActorAsync(), stop) is not { } shown)
        {
            return TypedResults.NotFound();
        }

        return string.IsNullOrWhiteSpace(sentence) || sentence.Length > Claim.Longest || shown.Definition.Find(figure ?? "") is null
            ? TypedResults.Json(new ClaimJson("plain", "")) : TypedResults.Json(ClaimJson.Of(CheckClaims.Typed(shown, sentence, figure!).Verdict));
    }

    // The figure's page for programs: what everybody may read, or with what is behind it for those who see figures.
    private static async Task<IResult> JsonAsync(string report, string figure, ShowFigure show, WhoAsks who, CancellationToken stop, string? revision = null)
    {
        var actor = await who.ActorAsync();
        return await show.FindAsync(report, figure, revision, actor, stop) is { Computed: not null } shown
            ? TypedResults.Text(FigureJson.Write(shown, published: !actor.SeesFigures), "application/json") : TypedResults.NotFound();
    }

    private static async Task<IResult> OneAsync(string report, string? asAt, ReportDefinitions files, ComputeReport compute, WhoAsks who, CancellationToken stop)
    {
        DateTimeOffset? instant = null;
        if (!string.IsNullOrWhiteSpace(asAt))
        {
            // A plus sign that was not escaped arrives as a space.
            if (!Instants.TryParse(asAt.Replace(' ', '+'), out var parsed))
            {
                return TypedResults.Problem("asAt is an instant with its zone, such as 2024-05-01T00:00:00Z.", statusCode: StatusCodes.Status400BadRequest);
            }

            instant = parsed;
        }

        if (await files.FindAsync(report, stop) is not { } definition)
        {
            return TypedResults.Problem("There is no such report.", statusCode: StatusCodes.Status404NotFound);
        }

        try
        {
            return TypedResults.Text(ReportJson.Write(await compute.RunAsync(definition, instant, await who.ActorAsync(), stop)), "application/json");
        }
        catch (DefinitionException wrong)
        {
            return TypedResults.Problem($"The report's definition names what is not here: {wrong.Mistakes[0].What}.", statusCode: StatusCodes.Status409Conflict);
        }
    }
}
