using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Evaluation;

/// <summary>
/// Asks everybody who attended a session (A7) what it was worth once its register is signed, and everybody who has completed an e-learning course; those who do not answer get one word more after a week,
/// and three months after the day it is asked what came of it (M4). Each is asked once a session and stage, however often and on however many servers this runs (M2); a request and its letters commit
/// together (M1). Whether somebody came late onto a register that was opened again and signed again, they are asked then. A register that was imported asks nobody (H4). A program that was off asks what lies back
/// <see cref="EvaluationRules.LetterDays"/> days at the most; what has changed by the hour of a letter is found before it is sent (M3).
/// </summary>
public sealed class AskForEvaluations(LearningDb db, EvaluationForms forms, Zone zone)
{
    // Days: three months, and the time that a letter may be late.
    private const int Longest = 92 + EvaluationRules.LetterDays;

    private sealed record Course(Guid Id, string Code, string Kind);

    /// <summary>How many were asked now.</summary>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('asking for evaluations', 0))", stop);
        var (now, since) = (zone.Now, zone.Now.AddDays(-EvaluationRules.LetterDays));
        var courses = await CoursesAsync(since, now, stop);
        var asked = 0;
        if (courses.Count > 0)
        {
            await KeepFormsAsync(courses, now, stop);
            asked = await AfterSessionsAsync(courses, since, now, stop) + await AfterCoursesAsync(courses, since, now, stop) + await LaterAsync(courses, since, now, stop);
            db.MessagesQueued = await QueueAsync(since, now, stop) > 0;
        }

        await transaction.CommitAsync(stop);
        return asked;
    }

    // The courses that anybody may be asked about now: a handful, with the questions of each.
    private async Task<List<(Guid Id, EvaluationForm Form)>> CoursesAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken stop) => [.. (await db.Database.SqlQuery<Course>($"""
        select c.id as "Id", c.code as "Code", c.kind as "Kind" from courses c where c.id in (
            select s.course_id from register_events e join sessions s on s.id = e.session_id where e.recorded_at > {since} and e.event = 'signed'
            union select x.course_id from completions x where x.recorded_at > {since} and x.attempt_id is not null
            union select coalesce(s.course_id, x.course_id) from evaluation_requests q left join sessions s on s.id = q.session_id left join completions x on x.id = q.completion_id
                where q.stage = 'after' and q.recorded_at > {now.AddDays(-Longest)})
        """).ToListAsync(stop)).Select(course => (course.Id, Form: forms.For(course.Code, course.Kind))).Where(course => course.Form.Asks)];

    private Task<int> KeepFormsAsync(List<(Guid Id, EvaluationForm Form)> courses, DateTimeOffset now, CancellationToken stop)
    {
        var used = courses.Select(course => course.Form).DistinctBy(form => form.Digest).ToList();
        var (digests, yamls) = (used.Select(form => form.Digest).ToArray(), used.Select(form => form.Yaml).ToArray());
        return db.Database.ExecuteSqlAsync($"""
            insert into evaluation_forms (digest, yaml, first_used_at) select digest, yaml, {now} from unnest({digests}, {yamls}) as f (digest, yaml) on conflict do nothing
            """, stop);
    }

    // A workshop is asked about with its conference.
    private Task<int> AfterSessionsAsync(List<(Guid Id, EvaluationForm Form)> courses, DateTimeOffset since, DateTimeOffset now, CancellationToken stop)
    {
        var (ids, digests) = (courses.Select(course => course.Id).ToArray(), courses.Select(course => course.Form.Digest).ToArray());
        return db.Database.ExecuteSqlAsync($"""
            insert into evaluation_requests (id, person_id, session_id, stage, form, recorded_at)
            select gen_random_uuid(), a.person_id, s.id, 'after', f.digest, {now}
            from sessions s join unnest({ids}, {digests}) as f (course, digest) on f.course = s.course_id
            cross join lateral attended_by(s.id) a join persons p on p.id = a.person_id and p.erased_at is null
            where s.status = 'planned' and s.parent_id is null and s.id in (select e.session_id from register_events e where e.recorded_at > {since} and e.event = 'signed') and signed_here(s.id) > {since}
                and not exists (select from evaluation_requests q where q.session_id = s.id and q.stage = 'after' and counted_as(q.person_id) = a.person_id)
            on conflict do nothing
            """, stop);
    }

    private Task<int> AfterCoursesAsync(List<(Guid Id, EvaluationForm Form)> courses, DateTimeOffset since, DateTimeOffset now, CancellationToken stop)
    {
        var (ids, digests) = (courses.Select(course => course.Id).ToArray(), courses.Select(course => course.Form.Digest).ToArray());
        return db.Database.ExecuteSqlAsync($"""
            insert into evaluation_requests (id, person_id, completion_id, stage, form, recorded_at)
            select gen_random_uuid(), x.person_id, x.id, 'after', f.digest, {now}
            from completions x join unnest({ids}, {digests}) as f (course, digest) on f.course = x.course_id join persons p on p.id = x.person_id and p.erased_at is null
            where x.recorded_at > {since} and x.attempt_id is not null
            on conflict do nothing
            """, stop);
    }

    // At 9am of the day three months after; who was asked the first time, whether or not they answered.
    private Task<int> LaterAsync(List<(Guid Id, EvaluationForm Form)> courses, DateTimeOffset since, DateTimeOffset now, CancellationToken stop)
    {
        var asking = courses.Where(course => course.Form.Of(EvaluationStage.Later).Count > 0).ToList();
        var (ids, digests) = (asking.Select(course => course.Id).ToArray(), asking.Select(course => course.Form.Digest).ToArray());
        return db.Database.ExecuteSqlAsync($"""
            insert into evaluation_requests (id, person_id, session_id, completion_id, stage, form, recorded_at)
            select gen_random_uuid(), q.person_id, q.session_id, q.completion_id, 'later', f.digest, {now}
            from evaluation_requests q
            left join sessions s on s.id = q.session_id left join completions x on x.id = q.completion_id
            join unnest({ids}, {digests}) as f (course, digest) on f.course = coalesce(s.course_id, x.course_id)
            join persons p on p.id = q.person_id and p.erased_at is null
            cross join lateral (select ((coalesce(s.counted_on, x.completed_on) + make_interval(months => {EvaluationRules.LaterMonths}))::date + time '09:00') at time zone {zone.Name} as at) hour
            where q.stage = 'after' and q.recorded_at > {now.AddDays(-Longest)} and q.recorded_at < at and at > {since} and at <= {now}
                and (q.session_id is null or (signed_here(q.session_id) is not null and counted_as(q.person_id) in (select a.person_id from attended_by(q.session_id) a)))
                and not exists (select from evaluation_requests l where l.stage = 'later' and l.session_id is not distinct from q.session_id and l.completion_id is not distinct from q.completion_id and counted_as(l.person_id) = counted_as(q.person_id))
            on conflict do nothing
            """, stop);
    }

    // Whose letter was not sent because the register was open again gets one once it is signed again: its occurrence is the signature.
    private Task<int> QueueAsync(DateTimeOffset since, DateTimeOffset now, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        insert into messages (id, kind, person_id, subject_id, occurrence, why, data, session_id, due_at, next_try_at, queued_at, state)
        select gen_random_uuid(), case when k.kind = 'evaluation' and exists (select from conference_rounds r where r.conference_id = q.session_id) then 'conference-thanks' else k.kind end, q.person_id, q.id, to_char(coalesce(signed_here(q.session_id), q.recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'), k.why, jsonb_build_object(), q.session_id, k.at, k.at, {now}, 'due'
        from evaluation_requests q
        cross join lateral (values
            ('evaluation', 'after', case when q.session_id is null then 'They have completed the course.' else 'They attended, and the register is signed.' end, {now}),
            ('evaluation-nudge', 'after', 'They were asked a week before what it was worth.', (({now} at time zone {zone.Name})::date + {EvaluationRules.NudgeDays} + time '09:00') at time zone {zone.Name}),
            ('evaluation-impact', 'later', 'They attended or completed it three months before.', {now})) as k (kind, stage, why, at)
        where q.recorded_at > {since} and k.stage = q.stage and (q.session_id is null or signed_here(q.session_id) is not null)
            and not exists (select from evaluation_responses r where r.request_id = q.id)
            and not exists (select from messages m where m.kind in (k.kind, case k.kind when 'evaluation' then 'conference-thanks' end) and m.person_id = q.person_id and m.subject_id = q.id and m.state in ('due', 'sent', 'parked'))
        on conflict (kind, person_id, subject_id, occurrence) do nothing
        """, stop);
}
