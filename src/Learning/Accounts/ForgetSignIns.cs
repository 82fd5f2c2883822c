using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Accounts;

/// <summary>
/// Clears away what signing in leaves behind, so that no number of tries fills the database: links and codes a day after they ran out, their mails after a week, sessions 30 days after they
/// ended, browsers not seen for half a year, tries that have come back, and requests to be let back in (<see cref="LapseRecoveries"/>). Who signed in when stays on the audit trail.
/// </summary>
public sealed class ForgetSignIns(LearningDb db, LapseRecoveries recoveries, Zone zone)
{
    internal static readonly TimeSpan Codes = TimeSpan.FromDays(1), Mails = TimeSpan.FromDays(7), Sessions = TimeSpan.FromDays(30);

    /// <summary>How many rows went.</summary>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        var now = zone.Now;
        var (codes, mails, sessions, devices) = (now - Codes, now - Mails, now - Sessions, now - KnownDevice.Kept);
        // Where there is no mail server nobody else takes the words of a mail away that has run out.
        await db.Database.ExecuteSqlAsync($"""
            update messages m set data = jsonb_build_object(), state = 'dropped', settled_at = {now}, outcome = 'its link and code have run out'
            from sign_in_codes c where c.id = m.subject_id and m.kind = 'sign-in-code' and m.state = 'due' and c.expires_at <= {now}
            """, stop);
        var gone = await db.Database.ExecuteSqlAsync($"delete from messages where kind in ('sign-in-code', 'sign-in-unknown') and queued_at < {mails}", stop);
        gone += await db.SignInCodes.Where(code => code.ExpiresAt < codes).ExecuteDeleteAsync(stop);
        gone += await db.AccountSessions.Where(session => session.EndsAt < sessions || session.EndedAt < sessions || session.SeenAt + session.MayIdle < sessions).ExecuteDeleteAsync(stop);
        gone += await db.KnownDevices.Where(device => device.SeenAt < devices).ExecuteDeleteAsync(stop);
        gone += await db.Database.ExecuteSqlAsync($"""
            delete from known_devices where id in (
                select id from (select id, row_number() over (partition by account_id order by seen_at desc, id) as place from known_devices) d where place > {KnownDevice.Most})
            """, stop);
        gone += await db.Database.ExecuteSqlAsync($"delete from allowances where spent_until <= {now}", stop);
        return gone + await recoveries.RunAsync(stop);
    }
}
