-- What of a person decides about a booking besides the session's places: as before, looked up step by step. In one statement it was planned while the tables were still small, once a connection, and a
-- person's other bookings were then found by reading everybody's.
create or replace function towards(person uuid, reference text, today date)
returns table (overlapping text[], awaits_placing boolean, in_audience boolean, missing text[], waived boolean) language plpgsql stable rows 1
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
    asked record;
    others uuid[];
begin
    select s.id, s.course_id, s.parent_id, s.counted_on, s.starts_at, s.ends_at into asked from sessions s where upper(s.ref) = upper(reference);
    if not found then
        return;
    end if;
    others := array(
        select b.session_id from bookings b
        where b.person_id = any (array(select same from persons_of(person) same)) and b.state in ('requested', 'confirmed', 'waiting', 'offered') and b.session_id <> asked.id);
    overlapping := array(
        select distinct other.ref from sessions other
        where other.id = any (others) and other.status = 'planned' and other.parent_id is distinct from asked.id and asked.parent_id is distinct from other.id
            and other.starts_at < asked.ends_at and asked.starts_at < other.ends_at
            and exists (
                select from session_parts theirs join session_parts ours on ours.session_id = asked.id and theirs.starts_at < ours.ends_at and ours.starts_at < theirs.ends_at
                where theirs.session_id = other.id));
    awaits_placing := awaits_placing(person, today);
    in_audience := not exists (select from course_audience a where a.course_id = asked.course_id)
        or exists (select from course_audience a join employments e on e.workforce = a.workforce where a.course_id = asked.course_id and e.id = employment_on(person, asked.counted_on));
    missing := array(
        select c.title from course_prerequisites p join courses c on c.id = p.needs_id
        where p.course_id = asked.course_id and not holds_course(person, p.needs_id, asked.counted_on) order by c.title);
    waived := exists (select from booking_waivers w where w.session_id = asked.id and w.person_id = person);
    return next;
end $$;
alter function standing_on(uuid, uuid) set enable_seqscan = off;
alter function lock_session(text) set enable_seqscan = off;
alter function roles_of(uuid, date, boolean) set enable_seqscan = off;

-- Waits until everything that was committed before is on the disk: for a verb that let others go on first. A call, because it answers nothing.
create procedure reach_disk() language plpgsql as $$
begin
    perform pg_logical_emit_message(true, 'learning', '');
end $$;
