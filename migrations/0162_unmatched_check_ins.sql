-- Whoever checked in by a code with an address that is nobody's waits too, once the session is over and nobody has counted heads (A5).
drop function unmatched_people();
create function unmatched_people(at timestamptz) returns table (source text, id uuid, name text, email text, session_id uuid, since timestamptz, why text)
language sql stable parallel safe as $$
    -- A guest of a meeting's report that was recorded without saying who they are (A8).
    select 'meeting', p.id, nullif(p.name, ''), p.email, r.session_id, r.recorded_at, null from meeting_people p join meeting_reports r on r.id = p.report_id where p.outcome is null and r.recorded_at is not null
    -- A mark that its register could not hold (A3); what came long after signing has a page of its own.
    union all
    select 'mark', m.id, (select nullif(btrim(w.given_name || ' ' || w.family_name), '') from persons w where w.id = m.person_id), null, m.session_id, m.recorded_at, m.why
        from mark_strays m where m.why <> 'long after signing' and not exists (select from mark_stray_decisions d where d.stray_id = m.id)
    -- Somebody who came and gave an address alone (A4, A5), until they have a name or are merged into somebody.
    union all
    select 'address', p.id, null, (select e.email from person_emails e where e.person_id = p.id order by e.main desc, e.email limit 1), m.session_id, m.recorded_at, null
        from (select distinct on (coalesce(substitute_id, person_id)) coalesce(substitute_id, person_id) as person_id, session_id, recorded_at from marks
            where flag is not null and flag like '%no name%' order by coalesce(substitute_id, person_id), recorded_at) m
        join persons p on p.id = m.person_id and p.erased_at is null and p.family_name = ''
        where not exists (select from counted_now c where c.person_id = p.id)
    union all
    select 'check-in', c.id, c.name, c.email, c.session_id, s.ends_at, null from self_check_ins c join sessions s on s.id = c.session_id where c.person_id is null and c.taken is null and s.ends_at <= at
$$;
