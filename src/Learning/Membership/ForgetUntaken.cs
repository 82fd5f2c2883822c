using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Membership;

/// <summary>Forgets what nobody took up: sign-ups not confirmed in a week, those of people who were placed by another way, lists that were read, invitations that are long over.</summary>
public sealed class ForgetUntaken(LearningDb db, Zone zone)
{
    /// <summary>How many sign-ups, lists and invitations were forgotten.</summary>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        var (now, over) = (zone.Now, zone.Now - JoiningRules.InvitationKept);
        return await db.Database.ExecuteSqlAsync($"""
                delete from sign_ups where (confirmed_at is null and asked_at < {now - JoiningRules.SignUpKept}) or (confirmed_at is not null and not awaits_placing(person_id, {zone.Today}))
                """, stop)
            + await db.Database.ExecuteSqlAsync($"delete from bulk_runs where made_at < {now - JoiningRules.ListKept} and state <> 'running'", stop)
            + await db.Database.ExecuteSqlAsync($"delete from invitations where coalesce(accepted_at, withdrawn_at, ends_at) < {over}", stop);
    }
}
