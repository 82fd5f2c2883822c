using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Records.Retention;

/// <summary>
/// Deletes what people needed in order to take part, so many local days after their session's end (P5), with who said that it was met. Needs stand nowhere but in bookings: no message, no mark and
/// no line of the audit trail quotes them. One statement; a second run finds nothing.
/// </summary>
public sealed class PurgeNeeds(LearningDb db, Zone zone)
{
    /// <summary>Of how many bookings they were deleted.</summary>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        var before = await BeforeAsync(db, zone, zone.Today, stop);
        return await db.Database.ExecuteSqlAsync($"""
            with ended as (
                select s.id from sessions s where s.ends_at < {before} and exists (select from bookings b where b.session_id = s.id and b.needs is not null) order by s.id for update)
            update bookings b set needs = null, needs_met_at = null, needs_met_by = null from ended e where e.id = b.session_id and b.needs is not null
            """, stop);
    }

    /// <summary>Of how many bookings they go on a day.</summary>
    internal static async Task<int> DueAsync(LearningDb db, Zone zone, DateOnly on, CancellationToken stop)
    {
        var before = await BeforeAsync(db, zone, on, stop);
        return await db.Bookings.CountAsync(booking => booking.Needs != null && booking.Session!.EndsAt < before, stop);
    }

    // Of sessions that ended before this instant they are to go on that day.
    private static async Task<DateTimeOffset> BeforeAsync(LearningDb db, Zone zone, DateOnly on, CancellationToken stop) =>
        zone.StartOf(on.AddDays(1 - (await RetentionPeriods.ReadAsync(db, stop)).NeedsDays));
}
