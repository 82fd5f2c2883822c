-- B14: the rounds of a conference, its workshops in them, what delegates wish, and who was given what and why. What must never be false is here: a person has one workshop a round, rounds do not overlap,
-- a workshop lies within its round, a workshop's place needs the conference's, and a wish names a workshop of that round once.

create table conference_rounds (
    id uuid primary key,
    conference_id uuid not null references sessions (id),
    starts_local timestamp not null,                -- T1: local wall time
    ends_local timestamp not null,
    check (ends_local > starts_local),
    unique (id, conference_id),
    -- Whoever is in one workshop of each round is never in two at once. At the end of a statement, so that all may move together.
    constraint conference_rounds_apart exclude using gist (conference_id with =, tsrange(starts_local, ends_local) with &&) deferrable
);

alter table sessions
    add column round_id uuid,                       -- the round of a workshop; null: a session of its own, or a workshop of no round
    add constraint sessions_round foreign key (round_id, parent_id) references conference_rounds (id, conference_id),
    add constraint sessions_round_needs_conference check (round_id is null or parent_id is not null),
    add constraint sessions_of_round unique (id, round_id);
create index sessions_round on sessions (round_id) where round_id is not null;

-- A ticket's code says nothing about anybody; a name as it is to stand on a badge, and how it is said, go with the person (P5).
alter table bookings
    add column round_id uuid,                       -- of its workshop: set by the database
    add column ticket uuid not null default gen_random_uuid(),
    add column badge_name text check (btrim(badge_name) <> ''),
    add column said_as text check (btrim(said_as) <> '');

create function round_of_booking() returns trigger language plpgsql as $$
begin
    new.round_id := (select round_id from sessions where id = new.session_id);
    return new;
end $$;
create trigger bookings_round before insert on bookings for each row execute function round_of_booking();
create function round_of_bookings() returns trigger language plpgsql as $$
begin
    update bookings set round_id = new.round_id where session_id = new.id;
    return null;
end $$;
create trigger sessions_round_of_bookings after update on sessions for each row when (old.round_id is distinct from new.round_id) execute function round_of_bookings();

create unique index bookings_one_workshop on bookings (person_id, round_id) where state = 'confirmed' and not beyond_rules;

-- A workshop's place, wait or offer needs a place at the conference, held by the person or under another record of theirs (P3). Looked at when the transaction ends, and with the conference's booking
-- locked: whoever gives that up at the same moment waits, or is waited for.
create function workshop_needs_conference() returns trigger language plpgsql as $$
declare at uuid; who uuid;
begin
    select s.parent_id, b.person_id into at, who from bookings b join sessions s on s.id = b.session_id
    where b.id = new.id and b.round_id is not null and b.state in ('requested', 'confirmed', 'waiting', 'offered') and not b.beyond_rules;
    if at is not null then
        perform from bookings c where c.session_id = at and c.person_id in (select same from persons_of(who) same) and c.state = 'confirmed' for share;
        if not found then
            raise exception 'A place at a workshop needs a place at its conference' using errcode = 'check_violation', constraint = 'bookings_workshop_needs_conference';
        end if;
    end if;
    return null;
end $$;
create constraint trigger bookings_workshop_insert after insert on bookings deferrable initially deferred for each row when (new.round_id is not null) execute function workshop_needs_conference();
create constraint trigger bookings_workshop_update after update on bookings deferrable initially deferred for each row when (new.round_id is not null) execute function workshop_needs_conference();

create function conference_left() returns trigger language plpgsql as $$
begin
    if exists (
        select from sessions s join bookings w on w.session_id = s.id and w.round_id is not null and w.state in ('requested', 'confirmed', 'waiting', 'offered') and not w.beyond_rules
        where s.parent_id = new.session_id and w.person_id in (select same from persons_of(new.person_id) same)
            and not exists (select from bookings c where c.session_id = new.session_id and c.person_id in (select same from persons_of(w.person_id) same) and c.state = 'confirmed')) then
        raise exception 'Whoever leaves a conference leaves its workshops' using errcode = 'check_violation', constraint = 'bookings_workshop_needs_conference';
    end if;
    return null;
end $$;
create constraint trigger bookings_conference_left after update on bookings deferrable initially deferred for each row
    when (old.state = 'confirmed' and new.state <> 'confirmed' and new.round_id is null) execute function conference_left();

-- A workshop is within its round: with the rounds apart, nobody is in two at once.
create function workshop_within_round() returns trigger language plpgsql as $$
declare outside text;
begin
    select s.ref into outside from sessions s join conference_rounds r on r.id = s.round_id join session_parts p on p.session_id = s.id
    where s.status = 'planned' and (p.starts_local < r.starts_local or p.ends_local > r.ends_local)
        and case tg_table_name when 'session_parts' then s.id = (to_jsonb(new) ->> 'session_id')::uuid when 'sessions' then s.id = new.id else r.id = new.id end
    limit 1;
    if outside is not null then
        raise exception 'The workshop % lies outside its round', outside using errcode = 'check_violation', constraint = 'sessions_within_round';
    end if;
    return null;
end $$;
create constraint trigger session_parts_within_round after insert or update on session_parts deferrable initially deferred for each row execute function workshop_within_round();
create constraint trigger sessions_within_round after update on sessions deferrable initially deferred for each row when (new.round_id is not null and old.round_id is distinct from new.round_id) execute function workshop_within_round();
create constraint trigger conference_rounds_hold after update on conference_rounds deferrable initially deferred for each row execute function workshop_within_round();

-- What a delegate would like best in a round, then second, and so on. Written anew as a whole; of a booking of that conference.
create table workshop_wishes (
    booking_id uuid not null references bookings (id),
    round_id uuid not null references conference_rounds (id),
    workshop_id uuid not null,
    rank integer not null check (rank between 1 and 5),
    primary key (booking_id, round_id, rank),
    constraint workshop_wishes_once unique (booking_id, workshop_id),
    constraint workshop_wishes_of_round foreign key (workshop_id, round_id) references sessions (id, round_id)
);
create index workshop_wishes_workshop on workshop_wishes (workshop_id, round_id);
create index workshop_wishes_round on workshop_wishes (round_id);
create function wish_of_conference() returns trigger language plpgsql as $$
begin
    if not exists (select from bookings b join conference_rounds r on r.conference_id = b.session_id where b.id = new.booking_id and r.id = new.round_id) then
        raise exception 'A wish is for a workshop of the conference that is booked' using errcode = 'check_violation', constraint = 'workshop_wishes_of_conference';
    end if;
    return new;
end $$;
create trigger workshop_wishes_of_conference before insert or update on workshop_wishes for each row execute function wish_of_conference();

-- An allocation: made, looked at, and told once; or another was made before it was told. Its digest says of what it was made.
create table allocation_runs (
    id uuid primary key,
    conference_id uuid not null references sessions (id),
    number integer not null check (number > 0),
    digest text not null,
    made_at timestamptz not null,
    made_by uuid references persons (id),
    told_at timestamptz check (told_at >= made_at),
    told_by uuid references persons (id),
    dropped_at timestamptz,
    check (told_at is null or dropped_at is null),
    unique (conference_id, number)
);
create unique index allocation_runs_open on allocation_runs (conference_id) where told_at is null and dropped_at is null;
create unique index allocation_runs_told on allocation_runs (conference_id) where told_at is not null;
create table allocation_results (
    run_id uuid not null references allocation_runs (id),
    booking_id uuid not null references bookings (id),
    round_id uuid not null references conference_rounds (id),
    workshop_id uuid references sessions (id),      -- null: every room of the round was full
    rank integer,                                   -- of the wish that it meets; null: none, it is what was left
    because text not null check (btrim(because) <> ''),
    primary key (run_id, booking_id, round_id),
    check (rank is null or workshop_id is not null)
);
create index allocation_results_workshop on allocation_results (workshop_id);
create index allocation_results_round on allocation_results (round_id);
create index allocation_results_booking on allocation_results (booking_id);
create trigger allocation_results_append_only before update or delete or truncate on allocation_results for each statement execute function refuse_change();

-- What the organiser says of the day.
create table conference_pages (
    conference_id uuid primary key references sessions (id),
    getting_there text,
    bring text,
    materials text
);

-- F1 who: those who speak, show something or help are no delegates: they take no place, and what they attend counts as theirs.
create table conference_people (
    id uuid primary key,
    conference_id uuid not null references sessions (id),
    workshop_id uuid references sessions (id),      -- where they speak; null: in front of all
    role text not null check (role in ('speaker', 'exhibitor', 'helper')),
    person_id uuid references persons (id),         -- where they have a record here
    name text not null check (btrim(name) <> ''),
    said_as text,
    organisation text,
    biography text,
    position integer not null,
    added_at timestamptz not null
);
create index conference_people_conference on conference_people (conference_id, position);
create index conference_people_person on conference_people (person_id) where person_id is not null;
create unique index conference_people_once on conference_people (conference_id, person_id) where person_id is not null;

-- As what somebody is at a session of a conference, in the words of a workforce; null: as what they are employed.
create function present_as(session uuid, person uuid) returns text language sql stable as $$
    select case p.role when 'helper' then 'volunteer' else p.role end
    from sessions s join conference_people p on p.conference_id = coalesce(s.parent_id, s.id) where s.id = session and p.person_id in (select same from persons_of(person) same)
    order by p.position limit 1
$$;

-- Minutes that somebody really was in a workshop, as its register said when it was signed (T4): what a certificate's hours are made of. The newest signature of a workshop stands.
create table workshop_minutes (
    event_id bigint not null references register_events (id),
    conference_id uuid not null references sessions (id),
    workshop_id uuid not null references sessions (id),
    person_id uuid not null references persons (id),
    minutes integer not null check (minutes >= 0),
    recorded_at timestamptz not null,
    primary key (event_id, person_id)
);
create index workshop_minutes_conference on workshop_minutes (conference_id, person_id);
create index workshop_minutes_workshop on workshop_minutes (workshop_id);
create index workshop_minutes_person on workshop_minutes (person_id);
create trigger workshop_minutes_append_only before update or delete or truncate on workshop_minutes for each statement execute function refuse_change();
create function keep_workshop_minutes() returns trigger language plpgsql as $$
begin
    insert into workshop_minutes (event_id, conference_id, workshop_id, person_id, minutes, recorded_at)
    select new.id, s.parent_id, s.id, t.person_id, sum(case t.mark when 'part' then least(t.minutes, p.minutes) else p.minutes end), new.recorded_at
    from sessions s join session_parts p on p.session_id = s.id
    join lateral (
        select distinct on (m.person_id) m.mark, m.minutes, case when m.mark = 'substitute' then m.substitute_id else m.person_id end as person_id
        from marks m where m.part_id = p.id and m.person_id is not null
        order by m.person_id, m.reopening desc, (case when m.reopening = 0 then m.marked_at end) desc nulls last, m.number desc) t
        on t.mark in ('attended', 'substitute') or (t.mark = 'part' and t.minutes > 0)
    where s.id = new.session_id and s.round_id is not null
    group by s.id, t.person_id;
    return null;
end $$;
create trigger register_events_keep_minutes after insert on register_events for each row when (new.event = 'signed') execute function keep_workshop_minutes();
create function minutes_of(conference uuid, person uuid) returns table (workshop_id uuid, minutes integer) language sql stable as $$
    select m.workshop_id, max(m.minutes) from workshop_minutes m
    where m.conference_id = conference and m.person_id in (select same from persons_of(person) same)
        and m.event_id = (select max(e.id) from register_events e where e.session_id = m.workshop_id and e.event = 'signed')
    group by m.workshop_id
$$;

-- History knows workshops by their conference alone. Where theirs fall into rounds apart, and nobody is in two of one or in one without the conference, they are rounds.
create function make_rounds(conference uuid) returns boolean language plpgsql as $$
begin
    if exists (select from conference_rounds where conference_id = conference)
        or not exists (select from sessions where parent_id = conference)
        or exists (
            with slots as (select distinct p.starts_local, p.ends_local from sessions s join session_parts p on p.session_id = s.id where s.parent_id = conference)
            select from slots a join slots b on (a.starts_local, a.ends_local) < (b.starts_local, b.ends_local) and b.starts_local < a.ends_local)
        or exists (select from sessions s join session_parts p on p.session_id = s.id where s.parent_id = conference group by s.id having count(*) > 1)
        or exists (
            select from sessions s join session_parts p on p.session_id = s.id join bookings b on b.session_id = s.id and b.state = 'confirmed'
            where s.parent_id = conference group by b.person_id, p.starts_local having count(*) > 1)
        or exists (
            select from sessions s join bookings b on b.session_id = s.id and b.state in ('requested', 'confirmed', 'waiting', 'offered')
            where s.parent_id = conference and not exists (
                select from bookings c where c.session_id = conference and c.state = 'confirmed' and c.person_id in (select same from persons_of(b.person_id) same))) then
        return false;
    end if;
    insert into conference_rounds (id, conference_id, starts_local, ends_local)
    select gen_random_uuid(), conference, p.starts_local, p.ends_local from sessions s join session_parts p on p.session_id = s.id where s.parent_id = conference group by 3, 4;
    update sessions s set round_id = r.id from session_parts p, conference_rounds r
    where s.parent_id = conference and p.session_id = s.id and r.conference_id = conference and (r.starts_local, r.ends_local) = (p.starts_local, p.ends_local);
    return true;
end $$;
select make_rounds(s.id) from sessions s where s.status = 'planned' and s.starts_at > now() and exists (select from sessions w where w.parent_id = s.id);
