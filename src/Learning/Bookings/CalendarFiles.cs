using Microsoft.AspNetCore.Http.HttpResults;

namespace Learning.Bookings;

/// <summary>The addresses that calendars read: somebody's own, by a secret, and those of a course and a venue, which anybody may read.</summary>
public static class CalendarFiles
{
    public static void MapCalendarFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/calendar/{token}.ics", async Task<Results<ContentHttpResult, NotFound>> (string token, CalendarFeeds feeds, HttpContext http, CancellationToken stop) =>
            Answer(await feeds.OfLinkAsync(token, stop), http)).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/calendar/course/{code}.ics", async Task<Results<ContentHttpResult, NotFound>> (string code, CalendarFeeds feeds, HttpContext http, CancellationToken stop) =>
            Answer(await feeds.OfCourseAsync(code, stop), http)).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/calendar/venue/{venue}.ics", async Task<Results<ContentHttpResult, NotFound>> (string venue, CalendarFeeds feeds, HttpContext http, CancellationToken stop) =>
            Answer(await feeds.OfVenueAsync(venue, stop), http)).AllowAnonymous().ExcludeFromDescription();
    }

    private static Results<ContentHttpResult, NotFound> Answer(string? calendar, HttpContext http)
    {
        if (calendar is null)
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Content(calendar, "text/calendar; charset=utf-8");
    }
}
