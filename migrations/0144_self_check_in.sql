-- A5: a code on the screen of a room, by which people say with their own phones that they are there. What they say is no mark: it becomes one when whoever takes the register has counted heads. For an awareness
-- event it counts as reach (C3).
create table check_in_codes (
    id uuid primary key,
    session_id uuid not null references sessions (id),
    part_id uuid not null references session_parts (id),
    counts_as text not null check (counts_as in ('register', 'reach')),
    key text not null unique check (key ~ '^[A-HJKMNP-Z2-9]{4}$' or key ~ '^[A-HJKMNP-Z2-9]{6}$'),  -- what of the code stays; of a register's, the rest turns with the clock
    secret bytea not null check (octet_length(secret) = 32),                                        -- what the rest is made with
    opened_at timestamptz not null,
    opened_by uuid references persons (id),
    closed_at timestamptz check (closed_at >= opened_at)
);
create unique index check_in_codes_open on check_in_codes (part_id, counts_as) where closed_at is null;
create index check_in_codes_session on check_in_codes (session_id);

-- Figures read none of it, so it may go: with the person, and 30 days after the session (P5).
create table self_check_ins (
    id uuid primary key,                            -- of the mark, too, that it becomes: confirmed twice, it is one (A3)
    code_id uuid not null references check_in_codes (id),
    session_id uuid not null references sessions (id),
    part_id uuid not null references session_parts (id),
    person_id uuid references persons (id),         -- who has the address; null: nobody yet
    email text,                                     -- as it was typed, where nobody has it
    name text,
    expected boolean not null,                      -- had a place then
    checked_in_at timestamptz not null,
    decided_at timestamptz,
    decided_by uuid references persons (id),
    taken boolean,                                  -- heads were counted: in the register, or not there
    check ((person_id is null) = (email is not null)),
    check (name is null or person_id is null),
    check ((decided_at is null) = (taken is null))
);
create unique index self_check_ins_person on self_check_ins (part_id, person_id) where person_id is not null;
create unique index self_check_ins_email on self_check_ins (part_id, email) where email is not null;
create index self_check_ins_session on self_check_ins (session_id);
create index self_check_ins_of on self_check_ins (person_id) where person_id is not null;

-- C3: nobody's name is kept of who counts as reach. A digest of the address counts each once, and lets its owner find the check-in once they have an account. It goes with the person, and after 12 months.
create table check_in_addresses (
    check_in_id uuid primary key references check_ins (id),
    session_id uuid not null references sessions (id),
    digest bytea not null,
    unique (session_id, digest)
);
create index check_in_addresses_digest on check_in_addresses (digest);
