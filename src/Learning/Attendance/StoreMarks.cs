using Learning.Database;

namespace Learning.Attendance;

/// <summary>Writes many marks at once, numbered in the order given: the order of recording decides (rule A2), and EF would write them in the order of their ids.</summary>
internal static class StoreMarks
{
    public static async Task RunAsync(LearningDb db, IReadOnlyCollection<Mark> marks, CancellationToken stop)
    {
        await using var trip = new OneTrip(db);
        In(trip, marks);
        await trip.MakeAsync(stop);
    }

    /// <summary>The same as part of a trip.</summary>
    public static void In(OneTrip trip, IReadOnlyCollection<Mark> marks)
    {
        T[] Of<T>(Func<Mark, T> column) => [.. marks.Select(column)];
        trip.Do($"""
            insert into marks (id, part_id, session_id, person_id, seat, seat_id, mark, minutes, substitute_id, agency_id, workforce, substitute_agency_id, substitute_workforce, walk_in,
                device, marked_at, recorded_at, recorded_by, seen, flag, reopening)
            select id, part_id, session_id, person_id, seat, seat_id, mark, minutes, substitute_id, agency_id, workforce, substitute_agency_id, substitute_workforce, walk_in,
                device, marked_at, recorded_at, recorded_by, seen, flag, reopening
            from unnest({Of(one => one.Id)}, {Of(one => one.PartId)}, {Of(one => one.SessionId)}, {Of(one => one.PersonId)}, {Of(one => one.Seat)}::text[], {Of(one => one.SeatId)}, {Of(one => one.Kind.Word())}, {Of(one => one.Minutes)},
                    {Of(one => one.SubstituteId)}, {Of(one => one.AgencyId)}, {Of(one => one.Workforce?.Word())}::text[], {Of(one => one.SubstituteAgencyId)}, {Of(one => one.SubstituteWorkforce?.Word())}::text[], {Of(one => one.WalkIn)},
                    {Of(one => one.Device)}::text[], {Of(one => one.MarkedAt)}, {Of(one => one.RecordedAt)}, {Of(one => one.RecordedBy)}, {Of(one => one.Seen)}, {Of(one => one.Flag)}::text[], {Of(one => one.Reopening)})
                with ordinality as m (id, part_id, session_id, person_id, seat, seat_id, mark, minutes, substitute_id, agency_id, workforce, substitute_agency_id, substitute_workforce, walk_in,
                    device, marked_at, recorded_at, recorded_by, seen, flag, reopening, place)
            order by place
            """);
    }
}
