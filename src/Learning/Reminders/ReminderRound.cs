using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Reminders;

/// <summary>What one round of the reminders did.</summary>
/// <param name="Queued">How many messages were queued now.</param>
/// <param name="Late">How many of them had been due before the day that a round looks back by itself.</param>
/// <param name="OffSince">Where the program had been off for longer than that day: when the last round was.</param>
public sealed record ReminderRound(int Queued, int Late, DateTimeOffset? OffSince)
{
    /// <summary>For the record of the job; null where there was nothing to do.</summary>
    public string? InWords(Zone zone) => Queued == 0 ? null
        : $"{British.Count(Queued, "message")} queued for the coming day"
          + (OffSince is { } since && Late > 0 ? $", {Late} of them late: nothing had run since {British.Moment(zone.LocalOf(since))}; each goes out if it still makes sense, else its row says why not" : "");
}

/// <summary>Which hours a round looks after: from a day ago, or from where the last round ended if that is longer ago (two weeks at the most), to a day ahead.</summary>
internal sealed record ReminderHours(DateTimeOffset From, DateTimeOffset Now, DateTimeOffset To, DateTimeOffset? OffSince)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1), Longest = TimeSpan.FromDays(14);

    /// <summary>Takes the round's turn, in the caller's transaction: rounds of two servers come one after the other.</summary>
    public static async Task<ReminderHours> TakeAsync(LearningDb db, DateTimeOffset now, CancellationToken stop)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('reminders', 0))", stop);
        var last = (await db.Database.SqlQuery<DateTimeOffset?>($"""select max(looked_until) as "Value" from reminder_rounds""").ToListAsync(stop)).Single();
        await db.Database.ExecuteSqlAsync($"""
            insert into reminder_rounds (looked_until) values ({now}) on conflict (only_one) do update set looked_until = greatest(reminder_rounds.looked_until, excluded.looked_until)
            """, stop);
        var usual = now - Day;
        return last is { } ended && ended < usual ? new(ended > now - Longest ? ended : now - Longest, now, now + Day, ended) : new(usual, now, now + Day, null);
    }

    /// <summary>Before which a message is late.</summary>
    public DateTimeOffset LateBefore => Now - Day;
}
