-- A1: a forum's seats, each of an agency or of a role, and who held each of them from which day to which. A seat is neither a person nor an agency: two lay members are two seats.
create table forum_seats (
    id uuid primary key,
    number bigint generated always as identity,     -- the order in which they are listed
    course_id uuid not null references courses (id),
    name text not null check (btrim(name) <> ''),
    agency_id uuid references agencies (id),        -- whose seat it is; null: of a role outside any agency
    starts_on date not null,
    ends_on date check (ends_on > starts_on),       -- up to, not including
    changes integer not null default 1              -- rises with whatever changes who sits on it: a register's version reads it
);
-- Two seats of one name could not be told apart, on a register or in a table.
create unique index forum_seats_name on forum_seats (course_id, lower(name));

-- A term: somebody, or in so many words nobody. A day without a term is "vacant" after somebody has held the seat, and before "not appointed".
create table seat_terms (
    id uuid primary key,
    seat_id uuid not null references forum_seats (id),
    person_id uuid references persons (id),
    empty text check (empty in ('vacant', 'not-appointed')),
    starts_on date not null,
    ends_on date check (ends_on > starts_on),       -- up to, not including
    recorded_at timestamptz not null,
    recorded_by uuid references persons (id),
    check ((person_id is null) = (empty is not null)),
    constraint seat_terms_once exclude using gist (seat_id with =, daterange(starts_on, ends_on) with &&)
);
create index seat_terms_person on seat_terms (person_id) where person_id is not null;
create trigger seat_terms_not_of_erased before insert or update of person_id on seat_terms for each row when (new.person_id is not null) execute function refuse_erased();

-- No term before its seat is there, or after.
create function refuse_term_without_seat() returns trigger language plpgsql as $$
begin
    if tg_table_name = 'forum_seats' then
        if exists (select from seat_terms t where t.seat_id = new.id and not daterange(new.starts_on, new.ends_on) @> daterange(t.starts_on, t.ends_on)) then
            raise exception 'seat % has terms outside its own days', new.id using errcode = 'restrict_violation';
        end if;
        new.changes := old.changes + 1;
    elsif not exists (select from forum_seats s where s.id = new.seat_id and daterange(s.starts_on, s.ends_on) @> daterange(new.starts_on, new.ends_on)) then
        raise exception 'term % lies outside the days of its seat', new.id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger forum_seats_hold_terms before update on forum_seats for each row execute function refuse_term_without_seat();
create trigger seat_terms_have_seat before insert or update on seat_terms for each row execute function refuse_term_without_seat();
create function keep_seat_changes() returns trigger language plpgsql as $$
begin
    update forum_seats set changes = changes where id in (old.seat_id, new.seat_id);
    return null;
end $$;
create trigger seat_terms_change_seat after insert or update or delete on seat_terms for each row execute function keep_seat_changes();

-- A mark of an empty seat names it, and says what it was called then; what was imported has the name alone.
alter table marks
    add column seat_id uuid references forum_seats (id),
    add constraint marks_of_a_seat_are_of_nobody check (seat_id is null or person_id is null);
alter table mark_strays
    alter column person_id drop not null,
    add column seat_id uuid,
    add constraint mark_strays_of_somebody_or_a_seat check ((person_id is null) <> (seat_id is null));

-- Who sat where as a register was signed: a term that is put right later changes nothing of it (T4).
create table signed_seats (
    event_id bigint not null references register_events (id),
    seat_id uuid not null references forum_seats (id),
    person_id uuid references persons (id),
    empty text check (empty in ('vacant', 'not-appointed')),
    primary key (event_id, seat_id),
    check ((person_id is null) = (empty is not null))
);
create index signed_seats_person on signed_seats (person_id) where person_id is not null;
create trigger signed_seats_append_only before update or delete or truncate on signed_seats for each statement execute function refuse_change();

-- The seats that a forum has on a day, and who sits on them.
create function seats_on(course uuid, day date) returns table (seat_id uuid, person_id uuid, empty text) language sql stable rows 30 as $$
    select s.id, t.person_id, case when t.person_id is null then coalesce(t.empty, case when exists (
        select from seat_terms e where e.seat_id = s.id and e.person_id is not null and e.starts_on <= day) then 'vacant' else 'not-appointed' end) end
    from forum_seats s join courses c on c.id = s.course_id and c.kind = 'forum'
    left join seat_terms t on t.seat_id = s.id and daterange(t.starts_on, t.ends_on) @> day
    where s.course_id = course and daterange(s.starts_on, s.ends_on) @> day
$$;

-- Those of a session: as they were signed, while it is signed; else as they are on the day that it counts on (T3). What was signed before there were seats is as the terms say.
create function seats_at(session uuid) returns table (seat_id uuid, person_id uuid, empty text) language sql stable rows 30 as $$
    with asked as (select id, course_id, counted_on from sessions where id = session),
    signed as (
        select g.seat_id, g.person_id, g.empty from asked a
        cross join lateral (select e.id, e.event from register_events e where e.session_id = a.id order by e.recorded_at desc, e.id desc limit 1) e
        join signed_seats g on g.event_id = e.id where e.event = 'signed')
    select * from signed union all select o.* from asked a cross join lateral seats_on(a.course_id, a.counted_on) o where not exists (select from signed)
$$;
