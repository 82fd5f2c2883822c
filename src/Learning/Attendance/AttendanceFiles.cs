using Learning.Attendance.Paper;
using Learning.Bookings.Desk;
using Learning.People;

namespace Learning.Attendance;

/// <summary>What organisers take away from a register.</summary>
public static class AttendanceFiles
{
    public static void MapAttendanceFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/manage/sessions/{ref}/attendance.csv", AttendanceAsync).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();
        routes.MapSignedSheets();
    }

    private static async Task AttendanceAsync(string @ref, ExportAttendance export, WhoAsks who, HttpContext http, CancellationToken stop)
    {
        var actor = await who.ActorAsync();
        await http.SendCsvAsync(begin => export.RunAsync(@ref, actor, begin, stop));
    }
}
