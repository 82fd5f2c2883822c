-- Employments as a history that cannot contradict itself (P1, P2), and agencies by date: what they were called and where they belonged (P2, T4), and who stands for them (P4).

create extension if not exists btree_gist;          -- comes with PostgreSQL, and whoever owns a database may have it

-- What somebody decided here stands: an older list that is imported again leaves it alone (H2).
alter table employments add column decided_at timestamptz;

-- P2: on one day somebody works for one agency once, and for one agency at most in the main.
alter table employments
    add constraint employments_agency_once exclude using gist (person_id with =, agency_id with =, daterange(starts_on, ends_on) with &&) deferrable,
    add constraint employments_one_main exclude using gist (person_id with =, daterange(starts_on, ends_on) with &&) where (main) deferrable;

-- T4: what the figures read of an agency, as it has been since starts_on, as was recorded at recorded_at. Written by the database itself at each change, so that no verb can forget it.
-- '-infinity': as far back as anybody asks. A correction holds so far back; a rename, or a move to another parent, from its own day.
alter table agencies
    add column holds_from date not null default '-infinity',            -- since when name, sector and parent are what they are
    add column changed_at timestamptz not null default '-infinity';     -- when that was recorded
create table agency_history (
    id bigint generated always as identity primary key,
    agency_id uuid not null references agencies (id),
    starts_on date not null,
    recorded_at timestamptz not null,
    name text not null,
    sector text not null,
    parent_id uuid references agencies (id)
);
create index agency_history_agency on agency_history (agency_id, id);
insert into agency_history (agency_id, starts_on, recorded_at, name, sector, parent_id) select id, holds_from, changed_at, name, sector, parent_id from agencies;
create trigger agency_history_append_only before update or delete or truncate on agency_history for each statement execute function refuse_change();

create function keep_agency_history() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.changed_at = '-infinity' then
        raise exception 'a change of an agency says when it was recorded (changed_at) and since when it holds (holds_from)';
    end if;
    insert into agency_history (agency_id, starts_on, recorded_at, name, sector, parent_id)
    values (new.id, new.holds_from, new.changed_at, new.name, new.sector, new.parent_id);
    return null;
end $$;
create trigger agencies_keep_history_insert after insert on agencies for each row execute function keep_agency_history();
create trigger agencies_keep_history_update after update on agencies for each row
    when ((old.name, old.sector, old.parent_id) is distinct from (new.name, new.sector, new.parent_id)) execute function keep_agency_history();

-- The agencies as they were on a day, as far as was recorded at an instant. One that was not recorded yet was as its first line says.
create function agencies_then(day date, as_at timestamptz) returns table (id uuid, code text, name text, sector text, parent_id uuid)
language sql stable parallel safe as $$
    select distinct on (a.id) a.id, a.code, h.name, h.sector, h.parent_id
    from agencies a join agency_history h on h.agency_id = a.id
    order by a.id, (h.starts_on <= day and h.recorded_at <= as_at) desc, case when h.starts_on <= day and h.recorded_at <= as_at then h.id end desc, h.id
$$;

-- Who stands for an agency on a day: itself, or, from the day of a merger on, its successor, and that one's.
create function agency_on(agency uuid, day date) returns uuid language sql stable parallel safe as $$
    with recursive chain as (
        select agency as id, 0 as step
        union all
        select s.successor_id, c.step + 1 from chain c join agency_successions s on s.agency_id = c.id and s.starts_on <= day where c.step < 20)
    select id from chain order by step desc limit 1
$$;

-- P2: a booking carries an agency of its own only where one was given with it. Otherwise it is that of the day of the session, which nobody knows before: a booking made in May for July must not
-- hold somebody to the agency that they leave in June. It is settled when the register is first signed, which is when the booking counts (places_booked); after that no move touches it.
create function settle_booking_agencies() returns trigger language plpgsql as $$
begin
    if new.event = 'signed' and not exists (select from register_events e where e.session_id = new.session_id and e.event = 'signed' and e.id < new.id) then
        update bookings b set agency_id = settled.agency_id
        from bookings open join sessions s on s.id = open.session_id
        left join lateral (select m.agency_id from marks m where m.session_id = open.session_id and m.person_id = open.person_id order by m.number desc limit 1) marked on true
        left join employments e on e.id = employment_on(open.person_id, s.counted_on)
        cross join lateral (select coalesce(marked.agency_id, e.agency_id) as agency_id) settled
        where open.session_id = new.session_id and open.agency_id is null and settled.agency_id is not null and b.id = open.id;
    end if;
    return null;
end $$;
create trigger register_events_settle_bookings after insert on register_events for each row execute function settle_booking_agencies();

-- What bookings carry so far without a register is the employment of the day, as it was known when they were made.
update bookings b set agency_id = null
from sessions s
where s.id = b.session_id and b.agency_id is not null and not exists (select from register_events e where e.session_id = s.id and e.event = 'signed')
    and b.agency_id = (select e.agency_id from employments e where e.id = employment_on(b.person_id, s.counted_on));
