using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Reminders;

/// <summary>
/// Queues the reminders of the coming day (rule M4): 7 days and 1 day before a session to whoever has a place, and 1, 3 and 7 days after it to the trainers
/// whose register is not signed (A6), 2 and 5 working days after a request to whoever approves it (B9), each at 09:00 local (T1). Each is queued once, however often and on however many servers this runs (M2). They are
/// queued a day ahead, so that Manage shows what is to come, and up to a day late, so that a stop of the program loses none. Nobody is reminded at an hour
/// that was past already when they got their place: the confirmation has told them. What has changed by then is found before sending (M3).
/// </summary>
public sealed class QueueReminders(LearningDb db, Zone zone)
{
    /// <summary>How many were queued now.</summary>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var (now, local) = (zone.Now, zone.Name);
        var (from, to) = (now.AddDays(-1), now.AddDays(1));
        var queued = await db.Database.ExecuteSqlAsync($"""
            insert into messages (id, kind, person_id, subject_id, occurrence, why, data, session_id, due_at, next_try_at, queued_at, state)
            select gen_random_uuid(), 'session-reminder-' || days, b.person_id, b.id, to_char(s.starts_at at time zone {local}, 'YYYY-MM-DD"T"HH24:MI'),
                case days when 1 then 'They have a place, and the session is the day after.' else 'They have a place, and the session is in a week.' end,
                jsonb_build_object(), s.id, at, at, {now}, 'due'
            from sessions s
            cross join (values (7), (1)) as before (days)
            cross join lateral (select ((s.starts_at at time zone {local})::date - days + time '09:00') at time zone {local} as at) hour
            join bookings b on b.session_id = s.id and b.state = 'confirmed' and b.state_at <= at
            where s.status = 'planned' and s.starts_at > {now} and s.starts_at < {now.AddDays(10)} and at > {from} and at <= {to} and at < s.starts_at
            on conflict (kind, person_id, subject_id, occurrence) do nothing
            """, stop);
        queued += await db.Database.ExecuteSqlAsync($"""
            insert into messages (id, kind, person_id, subject_id, occurrence, why, data, session_id, due_at, next_try_at, queued_at, state)
            select gen_random_uuid(), 'register-unsigned', t.person_id, s.id, days || ' after ' || to_char(s.ends_at at time zone {local}, 'YYYY-MM-DD'),
                'They gave the session, and its register is not signed.', jsonb_build_object(), s.id, at, at, {now}, 'due'
            from sessions s
            cross join (values (1), (3), (7)) as after (days)
            cross join lateral (select ((s.ends_at at time zone {local})::date + days + time '09:00') at time zone {local} as at) hour
            join session_trainers t on t.session_id = s.id
            where s.status = 'planned' and s.ends_at > {now.AddDays(-10)} and s.ends_at < {now} and at > {from} and at <= {to}
                and exists (select from bookings b where b.session_id = s.id and b.state = 'confirmed')
                and (select e.event from register_events e where e.session_id = s.id order by e.recorded_at desc, e.id desc limit 1) is distinct from 'signed'
            on conflict (kind, person_id, subject_id, occurrence) do nothing
            """, stop);
        queued += await Outbox.QueueAsync(db, now, await ApprovalReminders.DueAsync(db, from, to, zone, stop), stop);
        await transaction.CommitAsync(stop);
        return queued;
    }
}
