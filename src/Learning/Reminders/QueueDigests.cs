using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Reminders;

/// <summary>
/// Queues the digests when their hour has come (M4, T1): the agency's week to who leads one, each Monday at 8am; what waits, to the business unit, each working day at 8am; the quarter in figures, to the subgroup and the chair,
/// at 9am of the first working day after it. Each once a person and period (M2). A program that was off sends the week's until Wednesday, the day's until evening, the quarter's for a fortnight; what is older by then
/// is left to the next. Whether there is anything to say, and whether it is wanted, is found before sending (M3).
/// </summary>
public sealed class QueueDigests(LearningDb db, Zone zone)
{
    private static readonly TimeSpan ADay = TimeSpan.FromHours(10), AWeek = TimeSpan.FromDays(3), AQuarter = TimeSpan.FromDays(14);

    private sealed record Digest(string Kind, string[] Roles, DateTimeOffset At, TimeSpan Good, string Occurrence, string Why);

    /// <summary>How many were queued now.</summary>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (now, today, queued) = (zone.Now, zone.Today, 0);
        foreach (var digest in Digests(today).Where(digest => digest.At <= now && now < digest.At + digest.Good))
        {
            var readers = await db.Database.SqlQuery<Guid>($"""
                select distinct counted_as(g.person_id) as "Value" from role_grants g join persons p on p.id = g.person_id and p.erased_at is null
                where g.role = any({digest.Roles}) and g.revoked_at is null and g.starts_on <= {today} and (g.ends_on is null or {today} < g.ends_on)
                """).ToListAsync(stop);
            queued += await Outbox.QueueAsync(db, now, readers.ConvertAll(person => new Outgoing
            {
                Kind = digest.Kind, PersonId = person, SubjectId = person, Occurrence = digest.Occurrence, Why = digest.Why, DueAt = digest.At,
            }), stop);
        }

        await transaction.CommitAsync(stop);
        return queued;
    }

    private IEnumerable<Digest> Digests(DateOnly today)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        yield return new(MessageChoice.AgencyDigest.Name, ["agency lead"], At(monday, 8), AWeek, $"{monday:yyyy-MM-dd}", "They lead an agency, and this is its week.");
        if (WorkingDays.Include(today))
        {
            yield return new(MessageChoice.QueueDigest.Name, ["business unit"], At(today, 8), ADay, $"{today:yyyy-MM-dd}", "They are of the business unit, and this is what waits.");
        }

        var quarter = new DateOnly(today.Year, (((today.Month - 1) / 3) * 3) + 1, 1);
        yield return new(
            MessageChoice.FiguresDigest.Name, ["subgroup member", "chair"], At(WorkingDays.After(quarter.AddDays(-1)), 9), AQuarter, $"{quarter.AddMonths(-3):yyyy-MM-dd}", "They are of the subgroup or its chair, and a quarter has ended.");
    }

    private DateTimeOffset At(DateOnly date, int hour) => zone.InstantOf(date.ToDateTime(new TimeOnly(hour, 0)));
}
