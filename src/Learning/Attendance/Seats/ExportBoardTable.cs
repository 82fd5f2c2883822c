using System.Globalization;

using Learning.Audit;
using Learning.Bookings.Desk;
using Learning.Csv;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Seats;

/// <summary>A forum's attendance as CSV to take away, a line for each seat, for whoever organises it (S1). It names seats and nobody; that somebody took it is on the audit trail (S3).</summary>
public sealed class ExportBoardTable(LearningDb db, BoardTables tables, Zone zone)
{
    /// <summary>False, and nothing written, for anybody else.</summary>
    public async Task<bool> RunAsync(string code, BoardPeriod period, Actor actor, Func<string, Stream> output, CancellationToken stop = default)
    {
        if (await tables.AskAsync(code, period.From, period.To, actor, stop) is not { } table)
        {
            return false;
        }

        var course = await db.Courses.Where(one => one.Code == table.Code).Select(one => one.Id).SingleAsync(stop);
        db.AuditEntries.Add(new AuditEntry { At = zone.Now, ActorId = actor.PersonId, Verb = "exported a forum's attendance as CSV", SubjectKind = "course", SubjectId = course });
        await db.SaveChangesAsync(stop);
        await using var text = new StreamWriter(output($"seats-{CsvFile.NamePart(table.Code)}-{period.From:yyyy-MM-dd}.csv"));
        await using var csv = CsvFile.To(text);
        var counted = Enum.GetValues<SeatCame>();
        await csv.LineAsync(["seat", "agency", .. table.Meetings.Select(meeting => $"{meeting.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {meeting.Ref}"), .. counted.Select(came => BoardWords.Of(came).ToLowerInvariant().Replace(' ', '_'))]);
        foreach (var row in table.Rows)
        {
            await csv.LineAsync([row.Seat, row.Agency ?? "", .. row.Cells.Select(cell => cell is null ? "" : BoardWords.Of(cell)), .. counted.Select(came => row.Count(came).ToString(CultureInfo.InvariantCulture))]);
        }

        return true;
    }
}

/// <summary>What organisers take away from a forum.</summary>
public static class BoardFiles
{
    public static void MapBoardFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/manage/courses/{code}/seats/attendance.csv", AttendanceAsync).RequireAuthorization(Policies.SignedIn).ExcludeFromDescription();

    private static async Task AttendanceAsync(string code, string? from, string? to, ExportBoardTable export, WhoAsks who, Zone zone, HttpContext http, CancellationToken stop)
    {
        var actor = await who.ActorAsync();
        await http.SendCsvAsync(begin => export.RunAsync(code, BoardPeriod.Of(from, to, zone.Today).Period, actor, begin, stop));
    }
}
