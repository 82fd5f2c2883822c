using System.Text.Json;

using Learning.Database;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>Writes many marks at once, numbered in the order given: the order of recording decides (rule A2), and EF would write them in the order of their ids.</summary>
internal static class StoreMarks
{
    private static readonly JsonSerializerOptions Columns = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task RunAsync(LearningDb db, IReadOnlyCollection<Mark> marks, CancellationToken stop)
    {
        if (marks.Count == 0)
        {
            return;
        }

        var rows = JsonSerializer.Serialize(marks.Select(mark => new
        {
            mark.Id, mark.PartId, mark.SessionId, mark.PersonId, mark.Seat, mark.SeatId, Mark = mark.Kind.Word(), mark.Minutes, mark.SubstituteId, mark.AgencyId, Workforce = mark.Workforce?.Word(),
            mark.SubstituteAgencyId, SubstituteWorkforce = mark.SubstituteWorkforce?.Word(), mark.WalkIn, mark.Device, mark.MarkedAt, mark.RecordedAt, mark.RecordedBy,
            mark.Seen, mark.Flag, mark.Reopening,
        }), Columns);
        await db.Database.ExecuteSqlAsync($"""
            insert into marks (id, part_id, session_id, person_id, seat, seat_id, mark, minutes, substitute_id, agency_id, workforce, substitute_agency_id, substitute_workforce, walk_in,
                device, marked_at, recorded_at, recorded_by, seen, flag, reopening)
            select id, part_id, session_id, person_id, seat, seat_id, mark, minutes, substitute_id, agency_id, workforce, substitute_agency_id, substitute_workforce, walk_in,
                device, marked_at, recorded_at, recorded_by, seen, flag, reopening
            from jsonb_populate_recordset(null::marks, {rows}::jsonb) with ordinality order by ordinality
            """, stop);
    }
}
