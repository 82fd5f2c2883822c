using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Reports;

/// <summary>
/// The instant as at which a report is signed (F7): now, or before the oldest transaction that is still open. What such a transaction has recorded would otherwise appear later, dated before the
/// signature, and the same instant would give another number.
/// </summary>
internal static class OldestOpen
{
    // Between the instant that a verb takes for what it records and the beginning of its transaction.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    public static async Task<DateTimeOffset> AsAtAsync(LearningDb db, Zone zone, CancellationToken stop)
    {
        var oldest = (await db.Database.SqlQuery<DateTimeOffset?>($"""
            select min(xact_start) as "Value" from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
            """).ToListAsync(stop)).Single();
        var instant = oldest is { } open && open - Margin < zone.Now ? open - Margin : zone.Now;

        // The database keeps microseconds.
        return instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
