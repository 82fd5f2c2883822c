using Learning.Database;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Certificates;

/// <summary>What a round came to.</summary>
public sealed record IssueRound(int Issued, int Revoked);

/// <summary>
/// Issues what is due (rule E5): for each completion and each attendance by a signed register (A7) of a course that grants certificates, since the day from which it does. Once, however often and on however many
/// servers this runs (I). A register that was corrected and signed again is looked at again: whose attendance does not hold any more loses the certificate, with a reason; whose holds now gets one, and who
/// lost theirs that way one that replaces it. What the business unit revoked stays revoked. Whoever learnt it lately is told; not of imported history (H4). Many at once by set: a few statements for a
/// thousand people, each batch a transaction of its own, so that a run that is cut short goes on.
/// </summary>
public sealed class IssueCertificates(LearningDb db, Letterhead head, RunProgress progress, Zone zone)
{
    /// <summary>Issuing, reissuing and revoking come one after the other.</summary>
    internal const string Lock = "certificates";

    // Completions and sessions of a batch. A session is some thirty people.
    private const int Completions = 1000, Sessions = 50;

    // Who learnt it longer ago is not written to, as when a course begins to grant for the past.
    private const int ToldDays = 30;

    private sealed record Changed(Guid Session, long Event);

    public async Task<IssueRound> RunAsync(CancellationToken stop = default)
    {
        var changed = await ChangedAsync(stop);
        var waiting = await WaitingAsync(stop);
        var (issued, revoked, done, total) = (0, 0, 0, waiting + changed.Count);
        for (var left = waiting; left > 0; left -= Completions)
        {
            await InOneAsync(async () => issued += await CompletionsAsync(stop), stop);
            await progress.AtAsync(done = Math.Min(waiting, done + Completions), total);
        }

        foreach (var batch in changed.Chunk(Sessions))
        {
            var (sessions, events) = (batch.Select(one => one.Session).ToArray(), batch.Select(one => one.Event).ToArray());
            await InOneAsync(async () =>
            {
                revoked += await RevokeAsync(sessions, stop);
                issued += await AttendancesAsync(sessions, stop);
                await LookedAsync(sessions, events, stop);
            }, stop);
            await progress.AtAsync(done += batch.Length, total);
        }

        return new IssueRound(issued, revoked);
    }

    private async Task InOneAsync(Func<Task> batch, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({Lock}, 0))", stop);
        await batch();
        db.MessagesQueued = true;
        await transaction.CommitAsync(stop);
    }

    // Registers that are signed, and were not when they were looked at last. A session that has certificates is looked after even where its course grants none any more.
    private Task<List<Changed>> ChangedAsync(CancellationToken stop) => db.Database.SqlQuery<Changed>($"""
        select s.id as "Session", e.id as "Event"
        from courses c join sessions s on s.course_id = c.id
        cross join lateral (select r.id, r.event from register_events r where r.session_id = s.id order by r.recorded_at desc, r.id desc limit 1) e
        left join certificate_looks l on l.session_id = s.id
        where (s.counted_on >= c.certificates_from or l.session_id is not null) and s.status = 'planned' and e.event = 'signed' and l.event_id is distinct from e.id
        order by e.id
        """).ToListAsync(stop);

    private async Task<int> WaitingAsync(CancellationToken stop) => (await db.Database.SqlQuery<int>($"""
        select count(*)::int as "Value" from courses c join completions x on x.course_id = c.id and x.completed_on >= c.certificates_from join persons p on p.id = x.person_id and p.erased_at is null and btrim(p.given_name || p.family_name) <> ''
        where not exists (select from certificates k where k.completion_id = x.id)
        """).ToListAsync(stop)).Single();

    private async Task<int> CompletionsAsync(CancellationToken stop) => (await db.Database.SqlQuery<int>($"""
        with due as materialized (
            select x.person_id, x.id as completion_id, c.id as course_id, btrim(p.given_name || ' ' || p.family_name) as holder, c.code, c.title, c.kind, a.version, c.cpd_hours, c.level, c.level_framework, c.participatory_share,
                x.completed_on as held_on, c.validity_months, x.attempt_id is not null and x.completed_on > {zone.Today.AddDays(-ToldDays)} as told
            from courses c join completions x on x.course_id = c.id and x.completed_on >= c.certificates_from
            join persons p on p.id = x.person_id and p.erased_at is null and btrim(p.given_name || p.family_name) <> '' left join learning_attempts a on a.id = x.attempt_id
            where not exists (select from certificates k where k.completion_id = x.id)
            order by x.number limit {Completions}),
        issued as (
            insert into certificates (person_id, completion_id, course_id, holder, course_code, course_title, course_kind, course_version, cpd_hours, level, level_framework, participatory_share, held_on, issued_at, expires_on, partnership)
            select person_id, completion_id, course_id, holder, code, title, kind, version, cpd_hours, level, level_framework, participatory_share, held_on, {zone.Now}, (held_on + make_interval(months => validity_months))::date, {head.From.Name}
            from due order by completion_id
            on conflict do nothing returning id, person_id, completion_id),
        told as (
            insert into messages (id, kind, person_id, subject_id, occurrence, why, data, due_at, next_try_at, queued_at, state)
            select gen_random_uuid(), {CertificateLetter.Name}, counted_as(i.person_id), i.id, '', 'They have completed the course, and it grants a certificate.', jsonb_build_object(), {zone.Now}, {zone.Now}, {zone.Now}, 'due'
            from issued i join due d on d.completion_id = i.completion_id where d.told on conflict do nothing)
        select count(*)::int as "Value" from issued
        """).ToListAsync(stop)).Single();

    // By the marks that stand (A2), each as the person that they are counted as (P3). Who lost theirs as a register was corrected gets one that replaces it.
    private async Task<int> AttendancesAsync(Guid[] sessions, CancellationToken stop) => (await db.Database.SqlQuery<int>($"""
        with due as materialized (
            select t.person_id, s.id as session_id, c.id as course_id, btrim(p.given_name || ' ' || p.family_name) as holder, c.code, c.title, c.kind, c.cpd_hours, c.level, c.level_framework, c.participatory_share,
                s.counted_on as held_on, c.validity_months, k.id as replaces_id, signed_here(s.id) is not null and s.counted_on > {zone.Today.AddDays(-ToldDays)} as told
            from sessions s join courses c on c.id = s.course_id and s.counted_on >= c.certificates_from
            cross join lateral attended_by(s.id) t join persons p on p.id = t.person_id and p.erased_at is null and btrim(p.given_name || p.family_name) <> ''
            left join lateral (
                select k.id, r.certificate_id is not null and r.recorded_by is null as by_register from certificates k left join certificate_revocations r on r.certificate_id = k.id
                where k.session_id = s.id and k.person_id = any (array(select same from persons_of(t.person_id) same)) order by k.serial desc limit 1) k on true
            where s.id = any({sessions}) and is_signed(s.id) and (k.id is null or k.by_register)),
        issued as (
            insert into certificates (person_id, session_id, course_id, holder, course_code, course_title, course_kind, cpd_hours, level, level_framework, participatory_share, held_on, issued_at, expires_on, partnership, replaces_id)
            select person_id, session_id, course_id, holder, code, title, kind, cpd_hours, level, level_framework, participatory_share, held_on, {zone.Now}, (held_on + make_interval(months => validity_months))::date, {head.From.Name}, replaces_id
            from due order by session_id, person_id
            on conflict do nothing returning id, person_id, session_id),
        told as (
            insert into messages (id, kind, person_id, subject_id, occurrence, why, data, session_id, due_at, next_try_at, queued_at, state)
            select gen_random_uuid(), {CertificateLetter.Name}, counted_as(i.person_id), i.id, '', 'They attended, the register is signed, and the course grants a certificate.', jsonb_build_object(), i.session_id, {zone.Now}, {zone.Now}, {zone.Now}, 'due'
            from issued i join due d on d.session_id = i.session_id and d.person_id = i.person_id where d.told on conflict do nothing)
        select count(*)::int as "Value" from issued
        """).ToListAsync(stop)).Single();

    private async Task<int> RevokeAsync(Guid[] sessions, CancellationToken stop) => (await db.Database.SqlQuery<int>($"""
        with lost as (
            insert into certificate_revocations (certificate_id, recorded_at, reason)
            select k.id, {zone.Now}, {ByRegister} from standing_certificates k
            where k.session_id = any({sessions}) and is_signed(k.session_id) and counted_as(k.person_id) not in (select t.person_id from attended_by(k.session_id) t)
            on conflict do nothing returning certificate_id),
        told as (
            insert into messages (id, kind, person_id, subject_id, occurrence, why, data, session_id, due_at, next_try_at, queued_at, state)
            select gen_random_uuid(), {CertificateLetter.Name}, counted_as(k.person_id), k.id, {CertificateLetter.Revoked}, 'The register was corrected, and their certificate does not hold any more.', jsonb_build_object(), k.session_id, {zone.Now}, {zone.Now}, {zone.Now}, 'due'
            from lost l join certificates k on k.id = l.certificate_id join persons p on p.id = k.person_id and p.erased_at is null on conflict do nothing)
        select count(*)::int as "Value" from lost
        """).ToListAsync(stop)).Single();

    private Task<int> LookedAsync(Guid[] sessions, long[] events, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        insert into certificate_looks (session_id, event_id) select session, event from unnest({sessions}, {events}) as l (session, event)
        on conflict (session_id) do update set event_id = excluded.event_id
        """, stop);

    /// <summary>What a certificate says that the correction of a register revoked.</summary>
    internal const string ByRegister = "The register was corrected: by what it says now, the session was not attended.";
}
