-- The booking desk: held places, an order of the waiting list that an organiser may change, approval, prerequisites and audience, interest, late cancellations, substitutes, series.

-- S1: who organises a course's sessions besides the business unit: people of the owning agency, named on the course.
create table course_organisers (
    course_id uuid not null references courses (id),
    person_id uuid not null references persons (id),
    primary key (course_id, person_id)
);
create index course_organisers_person on course_organisers (person_id);

-- B8: what has to be held and not expired, and whom a course is for; no row: everybody.
create table course_prerequisites (
    course_id uuid not null references courses (id),
    needs_id uuid not null references courses (id),
    primary key (course_id, needs_id),
    check (course_id <> needs_id)
);
create index course_prerequisites_needs on course_prerequisites (needs_id);
create table course_audience (
    course_id uuid not null references courses (id),
    workforce text not null check (workforce in ('children', 'adults', 'joint', 'volunteer', 'carer', 'student', 'speaker', 'exhibitor', 'public')),
    primary key (course_id, workforce)
);
-- An organiser lets somebody in all the same, on record.
create table booking_waivers (
    id uuid primary key,
    session_id uuid not null references sessions (id),
    person_id uuid not null references persons (id),
    reason text not null check (btrim(reason) <> ''),
    made_at timestamptz not null,
    made_by uuid references persons (id),
    unique (session_id, person_id)
);
create index booking_waivers_person on booking_waivers (person_id);

-- B9: a course may need the manager's approval; its requests hold no place unless it says so.
alter table courses
    add column needs_approval boolean not null default false,
    add column request_holds_place boolean not null default false;
create table booking_approvals (
    booking_id uuid primary key references bookings (id),
    approver_email text,                            -- whoever the person named; null once their record is erased
    asked_at timestamptz not null,
    decided_at timestamptz check (decided_at >= asked_at),
    approved boolean,
    decided_by uuid references persons (id),        -- null: by the link in the mail
    reason text,
    check ((decided_at is null) = (approved is null))
);
create index booking_approvals_open on booking_approvals (asked_at) where decided_at is null;

-- "Tell me when there is a date": one live wish of a person for a course.
create table course_interests (
    id uuid primary key,
    course_id uuid not null references courses (id),
    person_id uuid not null references persons (id),
    asked_at timestamptz not null,
    ended_at timestamptz check (ended_at >= asked_at),
    ended_because text,                             -- booked, taken back
    check ((ended_at is null) = (ended_because is null))
);
create unique index course_interests_live on course_interests (course_id, person_id) where ended_at is null;
create index course_interests_person on course_interests (person_id);

-- B5: places kept for an agency, with its departments, or a sector, until a moment; then they are everyone's.
create table held_places (
    id uuid primary key,
    session_id uuid not null references sessions (id),
    agency_id uuid references agencies (id),
    sector text check (btrim(sector) <> ''),
    places integer not null check (places > 0),
    used integer not null default 0 check (used >= 0),     -- by bookings that hold one of them: counted by the database
    until timestamptz not null,
    made_at timestamptz not null,
    made_by uuid references persons (id),
    released_at timestamptz,
    released_by uuid references persons (id),
    check ((agency_id is null) <> (sector is null)),
    constraint held_places_enough check (used <= places)
);
create unique index held_places_once on held_places (session_id, coalesce(agency_id::text, sector)) where released_at is null;
create index held_places_until on held_places (until) where released_at is null;

alter table sessions
    add column kept integer not null default 0 check (kept >= 0),   -- held places that nobody has yet: counted by the database
    add column minimum integer check (minimum > 0),                 -- fewer people than this, and it is decided on that day whether it takes place
    add column decide_on date,
    add column series_id uuid,                                      -- planned in one form with others
    add column moved_at timestamptz,                                -- B13: whoever booked before may leave without being late
    add column cancelled_because text,
    drop constraint sessions_never_oversold,
    -- B2: confirmed and offered places, and those kept for somebody, never exceed the session's.
    add constraint sessions_never_oversold check (taken + kept <= capacity or beyond_rules);
create index sessions_series on sessions (series_id) where series_id is not null;

alter table bookings
    add column held_id uuid references held_places (id),            -- the held place that it has
    add column holds_place boolean not null default false,          -- B9: a request of a course whose requests hold a place
    add column put_at timestamptz,                                  -- B6: put elsewhere in the waiting list than where it joined, by an organiser
    add column line_at timestamptz not null generated always as (coalesce(put_at, booked_at)) stored,
    add column late boolean not null default false,                 -- B12: given up after the last day to do so
    add column excused_at timestamptz,                              -- B12: an organiser excuses a late cancellation or a no-show
    add column excused_by uuid references persons (id),
    add column excuse text,
    add column instead_of uuid unique references bookings (id),     -- B11: whose place it took over
    add constraint bookings_excused check ((excused_at is null) = (excuse is null)),
    add constraint bookings_late check (not late or state = 'cancelled');
drop index bookings_waiting;
create index bookings_waiting on bookings (session_id, line_at, number) where state = 'waiting';
create index bookings_held on bookings (held_id) where held_id is not null;

-- B1: a new place in the line is a change on record too.
drop trigger bookings_keep_change_update on bookings;
create trigger bookings_keep_change_update after update on bookings for each row
    when ((old.state, old.put_at) is distinct from (new.state, new.put_at)) execute function keep_booking_change();

create function takes_place(state text, holds_place boolean) returns boolean language sql immutable parallel safe as $$
    select state in ('confirmed', 'offered') or (state = 'requested' and holds_place)
$$;

-- B2, B5, B9: taken, the places of each hold that are used, and what is kept of them, by one count of what a statement changed.
create function count_places(changed uuid[], held uuid[], by integer[]) returns void language plpgsql as $$
begin
    update held_places h set used = h.used + n.places
    from (select c.held, sum(c.places)::integer as places from unnest(held, by) as c (held, places) where c.held is not null group by c.held having sum(c.places) <> 0) n
    where h.id = n.held;
    update sessions s set taken = s.taken + n.places, kept = s.kept - n.held
    from (
        select c.session, sum(c.places)::integer as places, (coalesce(sum(c.places) filter (where h.released_at is null and h.id is not null), 0))::integer as held
        from unnest(changed, held, by) as c (session, held, places) left join held_places h on h.id = c.held
        group by c.session having sum(c.places) <> 0 or coalesce(sum(c.places) filter (where h.released_at is null and h.id is not null), 0) <> 0) n
    where s.id = n.session;
end $$;
create or replace function count_taken_on_insert() returns trigger language plpgsql as $$
begin
    if exists (select from new_rows where held_id is not null) then
        perform count_places(array_agg(session_id), array_agg(held_id), array_agg(1)) from new_rows where takes_place(state, holds_place) having count(*) > 0;
    else
        -- Most sessions keep nothing for anybody, and somebody waits for this one's lock.
        update sessions s set taken = s.taken + n.places
        from (select session_id, count(*)::integer as places from new_rows where takes_place(state, holds_place) group by session_id) n
        where s.id = n.session_id;
    end if;
    return null;
end $$;
create or replace function count_taken_on_update() returns trigger language plpgsql as $$
begin
    perform count_places(array_agg(session_id), array_agg(held_id), array_agg(places))
    from (
        select session_id, held_id, 1 as places from new_rows where takes_place(state, holds_place)
        union all
        select session_id, held_id, -1 from old_rows where takes_place(state, holds_place)) changes
    having count(*) > 0;
    return null;
end $$;

create function keep_held() returns trigger language plpgsql as $$
begin
    update sessions s set kept = s.kept + (case when new.released_at is null then new.places - new.used else 0 end)
        - (case when tg_op = 'UPDATE' and old.released_at is null then old.places - old.used else 0 end)
    where s.id = new.session_id;
    return null;
end $$;
create trigger held_places_keep_insert after insert on held_places for each row execute function keep_held();
create trigger held_places_keep_update after update of places, released_at on held_places for each row execute function keep_held();
create trigger held_places_stay before delete or truncate on held_places for each statement execute function refuse_change();

-- The held places of a session that somebody of an agency may have, the narrowest first: their own department's, then its agency's, then the sector's.
create function held_places_for(session uuid, agency uuid) returns setof held_places language sql stable as $$
    select h.* from held_places h
    left join agency_and_above(agency) up on up.id = h.agency_id
    where h.session_id = session and h.released_at is null and (up.id is not null or h.sector = (select a.sector from agencies a where a.id = agency))
    order by up.step nulls last, h.id
$$;

-- P2: the agency that a booking counts for, as far as it is known now.
create function agency_of_booking(person uuid, given uuid, day date) returns uuid language sql stable as $$
    select coalesce(given, (select e.agency_id from employments e where e.id = employment_on(person, day)))
$$;

-- B8, A7: whether somebody holds a course on a day and it has not expired: a completion, or a session of which the required share of parts was attended, by the marks that stand (A2). The
-- day that it expires on is not held any more.
create function holds_course(person uuid, course uuid, day date) returns boolean language sql stable as $$
    with theirs as (select same from persons_of(person) same),
    held as (
        select x.completed_on as held_on from completions x where x.course_id = course and x.person_id in (select same from theirs)
        union all
        select s.counted_on
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
    select exists (select from held h join courses c on c.id = course where h.held_on <= day and (c.validity_months is null or day < h.held_on + make_interval(months => c.validity_months)))
$$;
