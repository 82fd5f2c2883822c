-- B8, A7, E5: whether somebody holds a course on a day and it has not expired, as before; where a certificate stands for what they learnt, until the day that stands on it, whatever the course says now.
create or replace function holds_course(person uuid, course uuid, day date) returns boolean language sql stable as $$
    with theirs as (select same from persons_of(person) same),
    certified as materialized (select k.completion_id, k.session_id, k.expires_on from standing_certificates k where k.person_id = any (array(select same from theirs)) and k.course_id = course),
    held as (
        select x.completed_on as held_on, x.id as completion_id, null::uuid as session_id from completions x where x.course_id = course and x.person_id in (select same from theirs)
        union all
        select s.counted_on, null, s.id
        from sessions s
        join courses c on c.id = s.course_id
        cross join lateral (
            select count(*) as parts, count(*) filter (where exists (
                select from (
                    select distinct on (m.person_id) m.* from marks m
                    where m.session_id = s.id and m.part_id = p.id and m.person_id in (
                        select z.person_id from marks z where z.session_id = s.id and z.part_id = p.id and (z.person_id in (select same from theirs) or z.substitute_id in (select same from theirs)))
                    order by m.person_id, m.reopening desc, (case when m.reopening = 0 then m.marked_at end) desc nulls last, m.number desc) m
                where (m.mark = 'attended' and m.person_id in (select same from theirs)) or (m.mark = 'substitute' and m.substitute_id in (select same from theirs))
                    or (m.mark = 'part' and m.person_id in (select same from theirs) and m.minutes >= c.required_minutes * p.minutes))) as attended
            from session_parts p where p.session_id = s.id) a
        where s.course_id = course and s.status = 'planned' and a.attended > 0 and a.attended >= c.required_parts * a.parts
            and exists (select from marks m where m.session_id = s.id and (m.person_id in (select same from theirs) or m.substitute_id in (select same from theirs))))
    select exists (
        select from held h join courses c on c.id = course
        left join certified k on k.completion_id = h.completion_id or k.session_id = h.session_id
        where h.held_on <= day and case when k.completion_id is null and k.session_id is null then c.validity_months is null or day < h.held_on + make_interval(months => c.validity_months)
            else k.expires_on is null or day < k.expires_on end)
$$;
