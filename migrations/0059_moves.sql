-- Moving (P1, P2): what a person proposes about where they work, and what became of it; and which addresses are theirs (P6).

create table moves (
    id uuid primary key,
    person_id uuid not null references persons (id),
    agency_id uuid not null references agencies (id),           -- the new one, which decides
    leaves_id uuid references agencies (id),                    -- null: they work for the new one as well
    leaves_on date,                                             -- the first day on which they are not there any more
    job_title text,
    workforce text not null check (workforce in ('children', 'adults', 'joint', 'volunteer', 'carer', 'student', 'speaker', 'exhibitor', 'public')),
    level text,
    starts_on date not null,
    main boolean not null,                                      -- of several, the one that counts (P2)
    state text not null check (state in ('proposed', 'confirmed', 'declined', 'withdrawn')),
    proposed_at timestamptz not null,
    state_at timestamptz not null,
    state_by uuid references persons (id),
    reason text,                                                -- why it was declined
    employment_id uuid references employments (id),             -- what it became
    check (leaves_id <> agency_id),
    check ((leaves_id is null) = (leaves_on is null)),
    check (leaves_on <= starts_on),
    check ((state = 'declined') = (reason is not null)),
    check ((state = 'confirmed') = (employment_id is not null))
);
-- Proposing twice is one proposal; an agency is left once.
create unique index moves_open_to on moves (person_id, agency_id) where state = 'proposed';
create unique index moves_open_from on moves (person_id, leaves_id) where state = 'proposed';
create index moves_open on moves (agency_id, proposed_at) where state = 'proposed';
create index moves_person on moves (person_id, proposed_at desc);

-- An agency and those that it is a department of, however far up: who leads one of them leads it (S1).
create function agency_and_above(agency uuid) returns table (id uuid, step integer) language sql stable parallel safe as $$
    with recursive up as (
        select a.id, a.parent_id, 0 as step from agencies a where a.id = agency
        union all select a.id, a.parent_id, u.step + 1 from agencies a join up u on a.id = u.parent_id where u.step < 20)
    select id, step from up
$$;

-- A merger may take the people along; then it cannot be taken back by a press.
alter table agency_successions add column took_people boolean not null default false;

-- An address that somebody says is theirs, until they have typed the code that was sent to it. Only then is it an address of theirs, so that nobody can keep another from an address by naming it.
create table address_claims (
    id uuid primary key,
    person_id uuid not null references persons (id),
    email text not null check (email = lower(btrim(email)) and email like '_%@_%'),
    code_hash bytea not null,                                   -- of a code that nobody was sent, where the address is another person's
    wrong_codes integer not null default 0,
    asked_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > asked_at)
);
create index address_claims_person on address_claims (person_id, asked_at desc);
create index address_claims_over on address_claims (ends_at);

-- Another main address: confirmed at the new one and at the old one, or, where the old one cannot be read any more, by the agency lead or the business unit.
create table main_address_changes (
    id uuid primary key,
    person_id uuid not null references persons (id),
    email text not null references person_emails (email) on update cascade on delete cascade,
    old_email text not null references person_emails (email) on update cascade on delete cascade,
    new_code_hash bytea not null,
    old_code_hash bytea not null,
    wrong_codes integer not null default 0,
    asked_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > asked_at),
    new_confirmed_at timestamptz,
    old_confirmed_at timestamptz,
    old_confirmed_by uuid references persons (id),              -- who vouched for them; null: they read it themselves
    unreadable_at timestamptz,                                  -- when they said that they cannot read the old one
    ended_at timestamptz,
    outcome text check (outcome in ('changed', 'refused', 'given up')),
    check (email <> old_email),
    check ((ended_at is null) = (outcome is null)),
    check (outcome <> 'changed' or (new_confirmed_at is not null and old_confirmed_at is not null)),
    check (old_confirmed_by is null or (old_confirmed_at is not null and old_confirmed_by <> person_id))
);
create unique index main_address_changes_one_open on main_address_changes (person_id) where ended_at is null;
create index main_address_changes_email on main_address_changes (email);
create index main_address_changes_old_email on main_address_changes (old_email);
