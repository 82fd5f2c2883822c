using Learning.People;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>How long a session may ask for nothing, and how long it lasts whatever happens.</summary>
public sealed record SessionLengths(TimeSpan Idle, TimeSpan Longest)
{
    /// <summary>Of most people: a working day, and a week.</summary>
    public static readonly SessionLengths Usual = new(LiveSessions.Idle, LiveSessions.Longest);

    /// <summary>Of the business unit, the chair and the administrator, who see or decide everything: a meeting, and a working day.</summary>
    public static readonly SessionLengths Short = new(TimeSpan.FromHours(2), TimeSpan.FromHours(12));

    /// <summary>Decided when a session is opened; a role that is to begin counts, since it may begin in it. In a demonstration there is nothing to protect.</summary>
    public static async Task<SessionLengths> OfAsync(LearningDb db, Guid personId, DateOnly today, CancellationToken stop)
    {
        var isShort = (await db.Database.SqlQuery<bool>($"""
            select exists (select from role_grants where person_id = {personId} and revoked_at is null and (ends_on is null or {today} < ends_on) and role in ('business unit', 'chair', 'administrator'))
                and not exists (select from installation where name = 'demonstration' and value = 'yes') as "Value"
            """).ToListAsync(stop)).Single();
        return isShort ? Short : Usual;
    }

    /// <summary>Somebody was given such a role: the sessions that they have open become as short as a new one would be. In the verb's transaction.</summary>
    public static Task<int> ShortenAsync(LearningDb db, Guid personId, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        update account_sessions s set may_idle = least(may_idle, {Short.Idle}), ends_at = least(ends_at, opened_at + {Short.Longest})
        from accounts a where a.id = s.account_id and a.person_id = {personId} and s.ended_at is null and not exists (select from installation where name = 'demonstration' and value = 'yes')
        """, stop);

    /// <summary>Whether a role makes sessions short.</summary>
    public static bool AreShortFor(Role role) => role is Role.BusinessUnit or Role.Chair or Role.Administrator;
}
