using Microsoft.EntityFrameworkCore;

namespace Learning.Reminders;

/// <summary>Which words about e-learning that lies (after 14 days) and training that runs out (90, 30 and 7 days before) fall due at 09:00 local (M4, T1). The rules about what is held are the database's (A7, B8).</summary>
internal static class LearningReminders
{
    public static Task<int> IdleAsync(LearningDb db, ReminderHours hours, string zone, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        insert into messages (id, kind, person_id, subject_id, occurrence, why, data, due_at, next_try_at, queued_at, state)
        select gen_random_uuid(), 'learning-idle', a.person_id, a.id, to_char(a.last_seen_at at time zone {zone}, 'YYYY-MM-DD'), 'They began e-learning and have not opened it for two weeks.', jsonb_build_object(), at, at, {hours.Now}, 'due'
        from learning_attempts a
        join persons p on p.id = a.person_id and p.erased_at is null
        cross join lateral (select ((a.last_seen_at at time zone {zone})::date + 14 + time '09:00') at time zone {zone} as at) hour
        where a.completed_at is null and a.ended_at is null and a.last_seen_at > {hours.From.AddDays(-16)} and at > {hours.From} and at <= {hours.To}
        on conflict (kind, person_id, subject_id, occurrence) do nothing
        """, stop);

    // By the expiry on the certificate where there is one (E5), which holds_course follows, else by the course. Months cannot be taken back exactly (31 March less a month): three days around are looked at, and then the very day.
    public static Task<int> ExpiryAsync(LearningDb db, ReminderHours hours, string zone, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        with span as (select ({hours.From} at time zone {zone})::date as first, ({hours.To} at time zone {zone})::date as last),
        asked as (
            select c.id, c.validity_months, days, (span.first + days - make_interval(months => c.validity_months))::date - 3 as first, (span.last + days - make_interval(months => c.validity_months))::date + 3 as last
            from span, courses c, (values (90), (30), (7)) as before (days)
            where c.validity_months is not null and (c.withdrawn_on is null or c.withdrawn_on > span.last)),
        held as (
            select x.person_id, a.id, a.days, (x.completed_on + make_interval(months => a.validity_months))::date as ends from asked a join completions x on x.course_id = a.id and x.completed_on between a.first and a.last
            union
            select unnest(array[m.person_id, m.substitute_id]), a.id, a.days, (s.counted_on + make_interval(months => a.validity_months))::date
            from asked a join sessions s on s.course_id = a.id and s.counted_on between a.first and a.last join marks m on m.session_id = s.id and m.mark in ('attended', 'part', 'substitute')
            union
            select k.person_id, k.course_id, before.days, k.expires_on
            from span cross join (values (90), (30), (7)) as before (days) join standing_certificates k on k.expires_on between span.first + before.days and span.last + before.days
            join courses c on c.id = k.course_id and (c.withdrawn_on is null or c.withdrawn_on > span.last))
        insert into messages (id, kind, person_id, subject_id, occurrence, why, data, due_at, next_try_at, queued_at, state)
        select gen_random_uuid(), 'training-expiry', h.person, h.id, to_char(h.ends, 'YYYY-MM-DD') || ', ' || h.days || ' days before', 'Their training runs out in ' || h.days || ' days.', jsonb_build_object('ends', to_char(h.ends, 'YYYY-MM-DD')), at, at, {hours.Now}, 'due'
        from (select distinct counted_as(held.person_id) as person, id, days, ends from held where held.person_id is not null) h
        join persons p on p.id = h.person and p.erased_at is null
        cross join lateral (select (h.ends - h.days + time '09:00') at time zone {zone} as at) hour
        where at > {hours.From} and at <= {hours.To} and holds_course(h.person, h.id, h.ends - 1) and not holds_course(h.person, h.id, h.ends)
        on conflict (kind, person_id, subject_id, occurrence) do nothing
        """, stop);
}
