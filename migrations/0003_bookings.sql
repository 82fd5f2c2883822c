-- Bookings (B1 to B6) and their history.

create table bookings (
    id uuid primary key,
    session_id uuid not null references sessions (id),
    person_id uuid not null references persons (id),
    agency_id uuid references agencies (id),        -- P2, on the day of the session; null: not known
    state text not null check (state in ('requested', 'confirmed', 'waiting', 'offered', 'declined', 'lapsed', 'cancelled', 'withdrawn')),
    booked_at timestamptz not null,
    booked_by uuid references persons (id),
    -- B6: the waiting list is in the order of booked_at; number breaks the tie of two in one instant.
    number bigint generated always as identity,
    offer_ends_at timestamptz,
    state_at timestamptz not null,
    state_by uuid references persons (id),
    state_reason text,
    needs text,                                     -- access and dietary needs: removed 30 days after the session (P5)
    -- H5: an imported booking beside another live one of the same person, kept as it was.
    beyond_rules boolean not null default false,
    check ((state = 'offered') = (offer_ends_at is not null))
);
-- B3: at most one live booking of a person on a session.
create unique index bookings_one_live on bookings (session_id, person_id)
    where state in ('requested', 'confirmed', 'waiting', 'offered') and not beyond_rules;
create index bookings_session on bookings (session_id, state, booked_at, number);
create index bookings_person on bookings (person_id, state);
create index bookings_offers on bookings (offer_ends_at) where state = 'offered';

-- B1, T4: each change is a record; the database writes it.
create table booking_changes (
    id bigint generated always as identity primary key,
    booking_id uuid not null references bookings (id),
    session_id uuid not null references sessions (id),
    state text not null,
    recorded_at timestamptz not null,
    recorded_by uuid,
    reason text
);
create index booking_changes_booking on booking_changes (booking_id, recorded_at desc, id desc);
create index booking_changes_session on booking_changes (session_id);
create trigger booking_changes_append_only before update or delete or truncate on booking_changes
    for each statement execute function refuse_change();

create function keep_booking_change() returns trigger language plpgsql as $$
begin
    insert into booking_changes (booking_id, session_id, state, recorded_at, recorded_by, reason)
    values (new.id, new.session_id, new.state, new.state_at, new.state_by, new.state_reason);
    return null;
end $$;
create trigger bookings_keep_change_insert after insert on bookings for each row execute function keep_booking_change();
create trigger bookings_keep_change_update after update on bookings for each row
    when (old.state is distinct from new.state) execute function keep_booking_change();

-- B2: taken = confirmed + offered, counted by the database with each statement; the check on sessions refuses the place too many.
create function count_taken_on_insert() returns trigger language plpgsql as $$
begin
    update sessions s set taken = s.taken + n.places
    from (select session_id, count(*)::integer as places from new_rows where state in ('confirmed', 'offered') group by session_id) n
    where s.id = n.session_id;
    return null;
end $$;
create function count_taken_on_update() returns trigger language plpgsql as $$
begin
    update sessions s set taken = s.taken + n.places
    from (select session_id, sum(places)::integer as places
          from (select session_id, 1 as places from new_rows where state in ('confirmed', 'offered')
                union all
                select session_id, -1 from old_rows where state in ('confirmed', 'offered')) changes
          group by session_id having sum(places) <> 0) n
    where s.id = n.session_id;
    return null;
end $$;
create trigger bookings_count_insert after insert on bookings referencing new table as new_rows
    for each statement execute function count_taken_on_insert();
create trigger bookings_count_update after update on bookings referencing new table as new_rows old table as old_rows
    for each statement execute function count_taken_on_update();
create trigger bookings_stay before delete or truncate on bookings for each statement execute function refuse_change();
