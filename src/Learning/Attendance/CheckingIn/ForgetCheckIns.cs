using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.CheckingIn;

/// <summary>
/// Deletes what people said of themselves by a code, 30 days after their session: the register has what came of it; and the digests of addresses that counted as reach, after 12 months (P5). One statement each; a second
/// run finds nothing.
/// </summary>
public sealed class ForgetCheckIns(LearningDb db, Zone zone)
{
    private const int Days = 30;
    private const int Months = 12;

    /// <summary>How many were deleted.</summary>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        var (said, counted) = (zone.StartOf(zone.Today.AddDays(1 - Days)), zone.StartOf(zone.Today.AddMonths(-Months)));
        return await db.Database.ExecuteSqlAsync($"delete from self_check_ins c using sessions s where s.id = c.session_id and s.ends_at < {said}", stop)
            + await db.Database.ExecuteSqlAsync($"delete from check_in_addresses a using sessions s where s.id = a.session_id and s.ends_at < {counted}", stop);
    }
}
