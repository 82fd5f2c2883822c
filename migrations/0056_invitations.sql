-- Invitations by an agency's lead or the business unit: one by one, or in bulk from a list.

-- A list that somebody sent, as it was read and looked up; what is done with it is done in pieces, each a transaction, and goes on after a crash.
create table bulk_runs (
    id uuid primary key,
    agency_id uuid not null references agencies (id),
    made_by uuid not null references persons (id),
    made_at timestamptz not null,
    state text not null check (state in ('checked', 'running', 'done', 'failed')),
    total integer not null check (total >= 0),      -- how many there are to invite
    done integer not null default 0,
    invited integer not null default 0,             -- fewer, where somebody was invited meanwhile
    attempts integer not null default 0,            -- pieces in a row that failed
    started_at timestamptz,
    ended_at timestamptz,
    check (done <= total),
    check ((started_at is null) = (state = 'checked')),
    check ((ended_at is null) = (state in ('checked', 'running')))
);
create index bulk_runs_running on bulk_runs (started_at) where state = 'running';
create index bulk_runs_maker on bulk_runs (made_by, made_at desc);

-- What is right in the list, and what it means. Gone a week after.
create table bulk_rows (
    run_id uuid not null references bulk_runs (id) on delete cascade,
    number integer not null,
    line integer not null,
    email text not null check (email = lower(btrim(email)) and email like '_%@_%'),
    given_name text,
    family_name text,
    job_title text,
    workforce text check (workforce in ('children', 'adults', 'joint', 'volunteer', 'carer', 'student', 'speaker', 'exhibitor', 'public')),
    level text,
    agency_id uuid not null references agencies (id),
    standing text not null check (standing in ('new', 'no account', 'here', 'invited', 'elsewhere')),
    done boolean not null default false,
    primary key (run_id, number),
    unique (run_id, email)
);

-- What is wrong in it: a sentence for each mistake, where it stands.
create table bulk_mistakes (
    run_id uuid not null references bulk_runs (id) on delete cascade,
    number integer not null,
    line integer not null,
    at_column integer not null,
    sentence text not null,
    primary key (run_id, number)
);

create table invitations (
    id uuid primary key,
    email text not null check (email = lower(btrim(email)) and email like '_%@_%'),
    agency_id uuid not null references agencies (id),
    person_id uuid references persons (id),         -- who took it up; before that, somebody on file without an address whom it is for
    given_name text,
    family_name text,
    job_title text,
    workforce text check (workforce in ('children', 'adults', 'joint', 'volunteer', 'carer', 'student', 'speaker', 'exhibitor', 'public')),
    level text,
    link_hash bytea not null unique,
    invited_by uuid references persons (id),
    invited_at timestamptz not null,
    sent_at timestamptz not null,                   -- when its newest mail was queued
    ends_at timestamptz not null check (ends_at > sent_at),
    accepted_at timestamptz,
    withdrawn_at timestamptz,
    check (accepted_at is null or withdrawn_at is null),
    check (accepted_at is null or person_id is not null)
);
-- Invited twice is invited once.
create unique index invitations_open on invitations (email, agency_id) where accepted_at is null and withdrawn_at is null;
create index invitations_agency on invitations (agency_id, invited_at desc) where accepted_at is null and withdrawn_at is null;
create index invitations_person on invitations (person_id) where person_id is not null;
