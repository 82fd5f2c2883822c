-- B12: late cancellations and no-shows. What either costs is a setting of the installation, off by default: pounds, with pence or without. Never a payment here.
alter table installation add constraint installation_charges check (name not in ('charge-late', 'charge-no-show') or value ~ '^(0|[1-9][0-9]{0,3})(\.[0-9]{2})?$');

-- C2: who did not come to sessions that are dated in a period, by the marks that stand (A2) of registers that have been returned: signed, and not reopened since. A register that is not returned is
-- unknown. Who is marked "did not attend" for every part that they are marked for; whoever sent a colleague, came in part or sent apologies is none. With the agency that the day counts for (P2).
create function no_shows(first_day date, after_day date) returns table (booking_id uuid, agency_id uuid) language sql stable as $$
    select b.id, agency_of_booking(b.person_id, coalesce(m.agency_id, b.agency_id), s.counted_on)
    from sessions s
    cross join lateral (select e.event from register_events e where e.session_id = s.id order by e.recorded_at desc, e.id desc limit 1) register
    cross join lateral (
        select stands.person_id, (array_agg(stands.agency_id))[1] as agency_id
        from (
            select distinct on (m.part_id, m.person_id) m.part_id, m.person_id, m.mark, m.agency_id
            from marks m where m.session_id = s.id and m.person_id is not null
            order by m.part_id, m.person_id, m.reopening desc, (case when m.reopening = 0 then m.marked_at end) desc nulls last, m.number desc) stands
        group by stands.person_id having bool_and(stands.mark = 'dna')) m
    join bookings b on b.session_id = s.id and b.person_id = m.person_id and b.state = 'confirmed'
    where s.counted_on >= first_day and s.counted_on < after_day and s.status = 'planned' and register.event = 'signed'
$$;

-- The statement of an agency looks for those that were given up late.
create index bookings_late_ones on bookings (session_id) where late;
