-- Whoever waits for a session's row while others change it waits for a version that is gone, and those who come later may be first at the new one. In front of the row they queue in the order in
-- which they came. The row's lock is still what keeps the places (B2): every other verb waits for it alone.
create or replace function lock_session(reference text) returns setof sessions language plpgsql volatile rows 1 as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('places of session ' || upper(reference), 0));
    return query select * from sessions where upper(ref) = upper(reference) for update;
end $$;

-- What of a person decides about a booking besides the session's places. Planned once a connection: asked anew each time, planning it took longer than answering.
create function towards(person uuid, reference text, today date)
returns table (overlapping text[], awaits_placing boolean, in_audience boolean, missing text[], waived boolean) language plpgsql stable rows 1 set plan_cache_mode = force_generic_plan as $$
begin
    return query
        select
            array(
                select distinct other.ref
                from bookings b
                join sessions other on other.id = b.session_id and other.id <> s.id and other.status = 'planned' and other.parent_id is distinct from s.id and s.parent_id is distinct from other.id
                join session_parts theirs on theirs.session_id = other.id
                join session_parts ours on ours.session_id = s.id and theirs.starts_at < ours.ends_at and ours.starts_at < theirs.ends_at
                where b.person_id in (select same from persons_of(person) same) and b.state in ('requested', 'confirmed', 'waiting', 'offered')),
            awaits_placing(person, today),
            not exists (select from course_audience a where a.course_id = s.course_id)
                or exists (select from course_audience a join employments e on e.workforce = a.workforce where a.course_id = s.course_id and e.id = employment_on(person, s.counted_on)),
            array(
                select c.title from course_prerequisites p join courses c on c.id = p.needs_id
                where p.course_id = s.course_id and not holds_course(person, p.needs_id, s.counted_on) order by c.title),
            exists (select from booking_waivers w where w.session_id = s.id and w.person_id = person)
        from sessions s where upper(s.ref) = upper(reference);
end $$;
alter function lock_session(text) set plan_cache_mode = force_generic_plan;
alter function standing_on(uuid, uuid) set plan_cache_mode = force_generic_plan;
