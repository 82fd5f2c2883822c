using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>
/// Takes messages that are due for one lane, a few at a time: others pass them over (for update skip locked) and leave them alone for less than a minute, after which a server that died with them has let go. What somebody
/// waits for at their screen comes before what was planned.
/// </summary>
internal static class ClaimMessages
{
    /// <summary>How many at a time.</summary>
    public const int Batch = 10;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(50);

    public static async Task<List<Message>> TakeAsync(LearningDb db, Zone zone)
    {
        var now = zone.Now;
        return [.. (await db.Messages.FromSql($"""
            update messages set claimed_until = {now + Lease}
            where id in (select id from messages where state = 'due' and next_try_at <= {now} and (claimed_until is null or claimed_until <= {now}) order by due_at > queued_at, next_try_at limit {Batch} for update skip locked)
            returning *
            """).AsNoTracking().ToListAsync()).OrderBy(message => message.DueAt > message.QueuedAt).ThenBy(message => message.NextTryAt)];
    }

    /// <summary>Whether a letter that takes as long as the mail server is waited for is still within the claim; if not, the claim on what is left is made anew.</summary>
    public static async Task KeepAsync(LearningDb db, IReadOnlyList<Message> left, TimeSpan patience, Zone zone)
    {
        if (left[0].ClaimedUntil - zone.Now > patience + TimeSpan.FromSeconds(10))
        {
            return;
        }

        var (ids, until) = (left.Select(message => message.Id).ToArray(), zone.Now + Lease);
        await db.Messages.Where(message => ids.Contains(message.Id) && message.State == MessageState.Due).ExecuteUpdateAsync(set => set.SetProperty(message => message.ClaimedUntil, until));
        foreach (var message in left)
        {
            message.ClaimedUntil = until;
        }
    }

    /// <summary>Lets go of what was claimed and not tried.</summary>
    public static Task LetGoAsync(LearningDb db, IReadOnlyList<Message> left)
    {
        var ids = left.Select(message => message.Id).ToArray();
        return ids.Length == 0 ? Task.CompletedTask
            : db.Messages.Where(message => ids.Contains(message.Id) && message.State == MessageState.Due).ExecuteUpdateAsync(set => set.SetProperty(message => message.ClaimedUntil, (DateTimeOffset?)null));
    }
}
