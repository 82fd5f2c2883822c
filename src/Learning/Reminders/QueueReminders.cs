using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Reminders;

/// <summary>
/// Queues the reminders of the coming day (rule M4), each at its local hour (T1): 7 days and 1 day before a session to whoever has a place, at 09:00; how to join, at 07:30 on the morning of each day
/// of a session that is online; 1, 3 and 7 days after it to the trainers whose register is not signed (A6); 2 and 5 working days after a request to whoever approves it (B9); when e-learning has lain for 14 days, and 90, 30 and 7 days before training runs out, to whose it is. Each is queued once, however often and
/// on however many servers this runs (M2). They are queued a day ahead, so that Manage shows what is to come, and a day late; where the program was off for longer, from where it left off: what still
/// makes sense by then is sent, and the rest says on its row why not. Nobody is reminded at an hour that was past already when they got their place, or when the session got its hour: another message
/// has told them. What has changed by then is found before sending (M3).
/// </summary>
public sealed class QueueReminders(LearningDb db, Zone zone)
{
    public async Task<ReminderRound> RunAsync(CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var hours = await ReminderHours.TakeAsync(db, zone.Now, stop);
        var queued = await AheadAsync(hours, stop) + await MorningAsync(hours, stop) + await UnsignedAsync(hours, stop)
            + await LearningReminders.IdleAsync(db, hours, zone.Name, stop) + await LearningReminders.ExpiryAsync(db, hours, zone.Name, stop)
            + await Outbox.QueueAsync(db, hours.Now, await ApprovalReminders.DueAsync(db, hours.From, hours.To, zone, stop), stop);
        var late = hours.OffSince is null ? 0 : await db.Messages.CountAsync(message => message.QueuedAt == hours.Now && message.DueAt < hours.LateBefore, stop);
        await transaction.CommitAsync(stop);
        return new ReminderRound(queued, late, hours.OffSince);
    }

    // Of a conference the workshops are in its own letter (B14). Who got their place after the hour, or whose session was moved after it, has read of it already.
    private Task<int> AheadAsync(ReminderHours hours, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        insert into messages (id, kind, person_id, subject_id, occurrence, why, data, session_id, due_at, next_try_at, queued_at, state)
        select gen_random_uuid(), case when exists (select from conference_rounds r where r.conference_id = s.id) then 'conference-ahead-' else 'session-reminder-' end || days, b.person_id, b.id, to_char(s.starts_at at time zone {zone.Name}, 'YYYY-MM-DD"T"HH24:MI'),
            case days when 1 then 'They have a place, and the session is the day after.' else 'They have a place, and the session is in a week.' end,
            jsonb_build_object(), s.id, at, at, {hours.Now}, 'due'
        from sessions s
        cross join (values (7), (1)) as before (days)
        cross join lateral (select ((s.starts_at at time zone {zone.Name})::date - days + time '09:00') at time zone {zone.Name} as at) hour
        join bookings b on b.session_id = s.id and b.state = 'confirmed' and b.state_at <= at
        where s.status = 'planned' and s.round_id is null and s.starts_at > {hours.From} and s.starts_at < {hours.To.AddDays(9)} and at > {hours.From} and at <= {hours.To} and at < s.starts_at and (s.moved_at is null or s.moved_at <= at)
        on conflict (kind, person_id, subject_id, occurrence) do nothing
        """, stop);

    // Of two parts on a day, the first. Whoever books or hears of a move on the morning itself has the link from that message.
    private Task<int> MorningAsync(ReminderHours hours, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        insert into messages (id, kind, person_id, subject_id, occurrence, why, data, session_id, due_at, next_try_at, queued_at, state)
        select gen_random_uuid(), 'session-joining', b.person_id, b.id, to_char(day.first, 'YYYY-MM-DD"T"HH24:MI'), 'They have a place, and the session is online today.', jsonb_build_object(), s.id, at, at, {hours.Now}, 'due'
        from sessions s
        cross join lateral (select min(p.starts_local) as first from session_parts p where p.session_id = s.id group by p.starts_local::date) day
        cross join lateral (select (day.first::date + time '07:30') at time zone {zone.Name} as at) hour
        join bookings b on b.session_id = s.id and b.state = 'confirmed' and b.state_at <= at
        where s.status = 'planned' and s.mode in ('virtual', 'hybrid') and s.ends_at > {hours.From} and s.starts_at < {hours.To.AddDays(1)} and at > {hours.From} and at <= {hours.To} and day.first::time > time '07:30' and (s.moved_at is null or s.moved_at <= at)
        on conflict (kind, person_id, subject_id, occurrence) do nothing
        """, stop);

    private Task<int> UnsignedAsync(ReminderHours hours, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        insert into messages (id, kind, person_id, subject_id, occurrence, why, data, session_id, due_at, next_try_at, queued_at, state)
        select gen_random_uuid(), 'register-unsigned', t.person_id, s.id, days || ' after ' || to_char(s.ends_at at time zone {zone.Name}, 'YYYY-MM-DD'),
            'They gave the session, and its register is not signed.', jsonb_build_object(), s.id, at, at, {hours.Now}, 'due'
        from sessions s
        cross join (values (1), (3), (7)) as after (days)
        cross join lateral (select ((s.ends_at at time zone {zone.Name})::date + days + time '09:00') at time zone {zone.Name} as at) hour
        join session_trainers t on t.session_id = s.id
        where s.status = 'planned' and s.ends_at > {hours.From.AddDays(-9)} and s.ends_at < {hours.Now} and at > {hours.From} and at <= {hours.To}
            and exists (select from bookings b where b.session_id = s.id and b.state = 'confirmed')
            and (select e.event from register_events e where e.session_id = s.id order by e.recorded_at desc, e.id desc limit 1) is distinct from 'signed'
        on conflict (kind, person_id, subject_id, occurrence) do nothing
        """, stop);
}
