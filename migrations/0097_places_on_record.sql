-- B2, B4, B5, B6: what a session's places were at every moment, who waited for them in which order, and who got which, is on record and not only how it stands now. Whatever changes places holds the
-- session's lock, so that the steps of one session are in the order in which they took effect; those of one transaction carry one number.
create sequence place_steps;
alter table booking_changes
    add column held_id uuid references held_places (id),            -- the held place that it had from then on
    add column holds_place boolean,                                 -- a request that holds a place
    add column line_at timestamptz,                                 -- its moment in the waiting list
    add column step bigint,                                         -- null: recorded before steps were kept
    add column written_with xid8;
alter table booking_changes alter column step set default nextval('place_steps'), alter column written_with set default pg_current_xact_id();
create index booking_changes_held on booking_changes (held_id) where held_id is not null;
alter table session_history add column step bigint, add column written_with xid8;
alter table session_history alter column step set default nextval('place_steps'), alter column written_with set default pg_current_xact_id();

create or replace function keep_booking_change() returns trigger language plpgsql as $$
begin
    insert into booking_changes (booking_id, session_id, state, recorded_at, recorded_by, reason, held_id, holds_place, line_at)
    values (new.id, new.session_id, new.state, new.state_at, new.state_by, new.state_reason, new.held_id, new.holds_place, new.line_at);
    return null;
end $$;

-- B5: how many places were kept for whom, and until when they were to be.
alter table held_places add column changed_at timestamptz;          -- null: as it was made
create table held_place_changes (
    id bigint generated always as identity primary key,
    held_id uuid not null references held_places (id),
    session_id uuid not null references sessions (id),
    places integer not null,
    until timestamptz not null,
    released boolean not null,
    recorded_at timestamptz not null,
    step bigint not null default nextval('place_steps'),
    written_with xid8 not null default pg_current_xact_id()
);
create index held_place_changes_held on held_place_changes (held_id);
create index held_place_changes_session on held_place_changes (session_id);
create function keep_held_change() returns trigger language plpgsql as $$
begin
    insert into held_place_changes (held_id, session_id, places, until, released, recorded_at)
    values (new.id, new.session_id, new.places, new.until, new.released_at is not null, coalesce(new.changed_at, new.made_at));
    return null;
end $$;
insert into held_place_changes (held_id, session_id, places, until, released, recorded_at)
select id, session_id, places, until, released_at is not null, coalesce(released_at, made_at) from held_places order by made_at, id;
create trigger held_places_change_insert after insert on held_places for each row execute function keep_held_change();
create trigger held_places_change_update after update on held_places for each row
    when ((old.places, old.until, old.released_at) is distinct from (new.places, new.until, new.released_at)) execute function keep_held_change();
create trigger held_place_changes_append_only before update or delete or truncate on held_place_changes
    for each statement execute function refuse_change();
