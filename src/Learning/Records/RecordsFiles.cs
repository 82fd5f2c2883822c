using Learning.People;
using Learning.Records.Retention;
using Learning.Time;

using Microsoft.AspNetCore.Http.Features;

namespace Learning.Records;

/// <summary>What people take away from the pages of records.</summary>
public static class RecordsFiles
{
    public static void MapRecordsFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/agency/people.csv", AgencyAsync).RequireAuthorization(Policies.Lead).ExcludeFromDescription();
        routes.MapGet("/agency/statement.csv", StatementAsync).RequireAuthorization(Policies.Lead).ExcludeFromDescription();
        routes.MapGet("/manage/charges.csv", ChargesAsync).RequireAuthorization(Policies.Unit).ExcludeFromDescription();
        routes.MapGet("/manage/people.csv", PeopleAsync).RequireAuthorization(Policies.Unit).ExcludeFromDescription();
        routes.MapGet("/manage/retention.csv", RetentionAsync).RequireAuthorization(Policies.Unit).ExcludeFromDescription();
        routes.MapGet("/manage/people/{id:guid}/everything", EverythingAsync).RequireAuthorization(Policies.Unit).ExcludeFromDescription();
        routes.MapGet("/account/privacy/everything", MineAsync).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();
    }

    private static async Task PeopleAsync(
        string? q, string? agency, string? role, string? account, string? state, ExportPeople export, WhoAsks who, HttpContext http, CancellationToken stop)
    {
        var taken = await export.RunAsync(PeopleFilter.Of(q, agency, role, account, state, null), await who.ActorAsync(), () => File(http, "text/csv; charset=utf-8", "people.csv"), stop);
        if (!taken)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private static async Task RetentionAsync(string? q, string? state, string? sort, ExportRetention export, WhoAsks who, HttpContext http, CancellationToken stop)
    {
        if (!await export.RunAsync(RetentionFilter.Of(q, state, sort, null), await who.ActorAsync(), () => File(http, "text/csv; charset=utf-8", "retention.csv"), stop))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private static async Task AgencyAsync(string? q, string? agency, string? sort, ExportAgencyPeople export, WhoAsks who, HttpContext http, CancellationToken stop)
    {
        if (await export.RunAsync(AgencyFilter.Of(q, agency, sort, null), await who.ActorAsync(), stop) is { } csv)
        {
            await using var text = new StreamWriter(File(http, "text/csv; charset=utf-8", "people.csv"));
            await text.WriteAsync(csv.AsMemory(), stop);
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private static async Task StatementAsync(string? from, string? to, ExportAbsences export, WhoAsks who, Zone zone, HttpContext http, CancellationToken stop) =>
        await WriteAsync(await export.StatementAsync(StatementPeriod.Of(from, to, zone.Today).Period, await who.ActorAsync(), stop), "statement.csv", http, stop);

    private static async Task ChargesAsync(string? from, string? to, ExportAbsences export, WhoAsks who, Zone zone, HttpContext http, CancellationToken stop) =>
        await WriteAsync(await export.ChargesAsync(StatementPeriod.Of(from, to, zone.Today).Period, await who.ActorAsync(), stop), "charges.csv", http, stop);

    private static async Task WriteAsync(string? csv, string name, HttpContext http, CancellationToken stop)
    {
        if (csv is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await using var text = new StreamWriter(File(http, "text/csv; charset=utf-8", name));
        await text.WriteAsync(csv.AsMemory(), stop);
    }

    private static async Task MineAsync(string? @as, ReportOnPerson report, WhoAsks who, HttpContext http, CancellationToken stop) =>
        await EverythingAsync((await who.ActorAsync()).PersonId!.Value, @as, report, who, http, stop);

    private static async Task EverythingAsync(Guid id, string? @as, ReportOnPerson report, WhoAsks who, HttpContext http, CancellationToken stop)
    {
        var (form, type) = @as switch
        {
            "html" => (HeldAs.Html, "text/html; charset=utf-8"),
            "json" => (HeldAs.Json, "application/json"),
            _ => (HeldAs.Zip, "application/zip"),
        };

        // The framework writes the last bytes of a file in a ZIP at once, whichever way its end is asked for.
        http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = form == HeldAs.Zip;
        if (!await report.RunAsync(id, form, await who.ActorAsync(), () => File(http, type, report.FileName(form)), stop))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    // Nobody's copy stays in a shared computer's cache.
    private static Stream File(HttpContext http, string type, string name)
    {
        http.Response.ContentType = type;
        http.Response.Headers.ContentDisposition = $"attachment; filename={name}";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.Body;
    }
}
