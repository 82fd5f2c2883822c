using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance;

/// <summary>
/// Lets raw attendance files go (P5): so many months after their session, meeting reports with what they said of people, and photographs of signed sheets; their hashes stay, and the marks. Of whom nobody said by then who they are
/// is left out. A report that was looked at and not recorded goes after a week. A second run finds nothing.
/// </summary>
public sealed class PurgeAttendanceFiles(LearningDb db, Zone zone)
{
    /// <summary>Days that a report waits to be recorded.</summary>
    public const int DaysToConfirm = 7;

    /// <summary>How many reports and sheets went.</summary>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        var now = zone.Now;
        var ended = zone.StartOf(zone.Today.AddMonths(-(await RetentionPeriods.ReadAsync(db, stop)).FilesMonths));
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var gone = await db.Database.ExecuteSqlAsync($"delete from meeting_reports where recorded_at is null and sent_at < {now.AddDays(-DaysToConfirm)}", stop);
        await db.Database.ExecuteSqlAsync($"""
            update meeting_files f set content = null from meeting_reports r join sessions s on s.id = r.session_id where r.id = f.report_id and s.ends_at < {ended} and r.recorded_at is not null and f.content is not null
            """, stop);
        await db.Database.ExecuteSqlAsync($"""
            update meeting_people p set name = '', email = null, joins = '[]', decided_at = coalesce(p.decided_at, {now}), outcome = coalesce(p.outcome, 'left out'),
                reason = case when coalesce(p.outcome, 'left out') = 'left out' then 'Gone with the raw file.' end
            from meeting_reports r join sessions s on s.id = r.session_id where r.id = p.report_id and s.ends_at < {ended} and r.recorded_at is not null and r.gone_at is null
            """, stop);
        gone += await db.Database.ExecuteSqlAsync($"""
            update meeting_reports r set gone_at = {now} from sessions s where s.id = r.session_id and s.ends_at < {ended} and r.recorded_at is not null and r.gone_at is null
            """, stop);
        gone += await db.Database.ExecuteSqlAsync($"""
            delete from signed_sheet_files f using signed_sheets h join sessions s on s.id = h.session_id where h.id = f.sheet_id and s.ends_at < {ended}
            """, stop);
        await transaction.CommitAsync(stop);
        return gone;
    }
}
