-- What a device sent of a register that no row of it can hold: an unknown person or part, a session that was cancelled meanwhile. Nothing that happened
-- in the room is refused (A3), so it is kept as it came, by ids only (P5), and the business unit decides.
create table mark_strays (
    id uuid primary key,                            -- made on the device (A2), as a mark's
    session_id uuid not null references sessions (id),
    part_id uuid not null,
    person_id uuid not null,
    mark text not null,
    minutes integer,
    substitute_id uuid,
    device text,
    marked_at timestamptz not null,
    recorded_at timestamptz not null,
    recorded_by uuid references persons (id),
    seen uuid,
    why text not null
);
create index mark_strays_session on mark_strays (session_id, recorded_at desc);
create trigger mark_strays_append_only before update or delete or truncate on mark_strays for each statement execute function refuse_change();

-- A3: what somebody should look at.
create index marks_flagged on marks (recorded_at desc) where flag is not null;
