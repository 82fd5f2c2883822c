-- People and agencies (rules P1 to P6), who may do what (S1), and the trail of what was done (S3).

create table agencies (
    id uuid primary key,
    code text not null check (code = btrim(code) and code <> ''),
    name text not null check (btrim(name) <> ''),
    sector text not null check (btrim(sector) <> ''),
    statutory_partner boolean not null,
    headcount integer check (headcount >= 0),
    parent_id uuid references agencies (id),
    check (parent_id <> id)
);
create unique index agencies_code on agencies (upper(code));

-- A domain proposes one agency at sign-up (P4).
create table agency_domains (
    domain text primary key check (domain = lower(btrim(domain)) and domain <> ''),
    agency_id uuid not null references agencies (id)
);
create index agency_domains_agency on agency_domains (agency_id);

-- Mergers and renames are dated; what was recorded under the old agency stays there (P2).
create table agency_successions (
    agency_id uuid primary key references agencies (id),
    successor_id uuid not null references agencies (id),
    starts_on date not null,
    check (successor_id <> agency_id)
);

create table persons (
    id uuid primary key,
    given_name text not null,
    family_name text not null,
    created_at timestamptz not null,
    erased_at timestamptz
);
create index persons_name on persons (lower(family_name), lower(given_name));

-- P6: an address belongs to one person; case and surrounding space never matter.
create table person_emails (
    email text primary key check (email = lower(btrim(email)) and email like '_%@_%'),
    person_id uuid not null references persons (id),
    main boolean not null,
    verified_at timestamptz,
    bounced_at timestamptz
);
create index person_emails_person on person_emails (person_id);
create unique index person_emails_one_main on person_emails (person_id) where main;

-- P1, P2: from the first day up to, not including, the last.
create table employments (
    id uuid primary key,
    number bigint generated always as identity,     -- the order in which they were written down
    person_id uuid not null references persons (id),
    agency_id uuid not null references agencies (id),
    job_title text,
    workforce text not null check (workforce in ('children', 'adults', 'joint', 'volunteer', 'carer', 'student', 'speaker', 'exhibitor', 'public')),
    level text,
    starts_on date not null,
    ends_on date check (ends_on >= starts_on),
    main boolean not null default false
);
create index employments_person on employments (person_id, starts_on);
create index employments_agency on employments (agency_id, starts_on);

-- The employment that P2 means on a day: with the agency given, if they had it then; else the main one; else the latest begun.
create function employment_on(person uuid, day date, given_agency uuid default null) returns uuid
language sql stable parallel safe as $$
    select e.id from employments e
    where e.person_id = person and e.starts_on <= day and (e.ends_on is null or day < e.ends_on)
    order by (e.agency_id = given_agency) desc nulls last, e.main desc, e.starts_on desc, e.number desc
    limit 1
$$;

-- P3: a merge and an unmerge are dated records; the newest of a person at an instant says who they are counted as.
create table person_merges (
    id bigint generated always as identity primary key,
    person_id uuid not null references persons (id),
    into_id uuid references persons (id),           -- null: the merge is undone
    recorded_at timestamptz not null,
    recorded_by uuid references persons (id),
    reason text not null,
    check (into_id <> person_id)
);
create index person_merges_person on person_merges (person_id, recorded_at);

-- S1. A lead is lead of an agency; the other roles stand alone; trainers are named on their sessions.
create table role_grants (
    id uuid primary key,
    person_id uuid not null references persons (id),
    role text not null check (role in ('agency lead', 'subgroup member', 'chair', 'business unit', 'administrator')),
    agency_id uuid references agencies (id),
    granted_at timestamptz not null,
    granted_by uuid references persons (id),
    revoked_at timestamptz,
    check ((role = 'agency lead') = (agency_id is not null))
);
create unique index role_grants_live on role_grants (person_id, role, agency_id) nulls not distinct where revoked_at is null;

-- Sign-in: the framework's accounts, one for each person who signs in.
create table accounts (
    id uuid primary key,
    person_id uuid not null unique references persons (id),
    user_name text,
    normalized_user_name text unique,
    email text,
    normalized_email text,
    email_confirmed boolean not null,
    password_hash text,
    security_stamp text,
    concurrency_stamp text,
    phone_number text,
    phone_number_confirmed boolean not null,
    two_factor_enabled boolean not null,
    lockout_end timestamptz,
    lockout_enabled boolean not null,
    access_failed_count integer not null
);
create index accounts_email on accounts (normalized_email);
create table account_claims (
    id integer generated by default as identity primary key,
    user_id uuid not null references accounts (id) on delete cascade,
    claim_type text,
    claim_value text
);
create index account_claims_user on account_claims (user_id);
create table account_logins (
    login_provider text not null,
    provider_key text not null,
    provider_display_name text,
    user_id uuid not null references accounts (id) on delete cascade,
    primary key (login_provider, provider_key)
);
create index account_logins_user on account_logins (user_id);
create table account_tokens (
    user_id uuid not null references accounts (id) on delete cascade,
    login_provider text not null,
    name text not null,
    value text,
    primary key (user_id, login_provider, name)
);

-- Bearer tokens of the API: only the hash is kept.
create table access_tokens (
    id uuid primary key,
    person_id uuid not null references persons (id),
    hash bytea not null unique,
    name text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > created_at),
    revoked_at timestamptz
);
create index access_tokens_person on access_tokens (person_id);

create table data_protection_keys (
    friendly_name text primary key,
    xml text not null
);

-- T4, S3: a table that is only ever added to.
create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: a correction is a new row', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger person_merges_append_only before update or delete or truncate on person_merges
    for each statement execute function refuse_change();

-- S3, P5: ids only, and nobody edits it.
create table audit_entries (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    actor_id uuid,                                  -- null: the program itself, or the owner of the machine by command line
    verb text not null,
    subject_kind text not null,
    subject_id uuid,
    details jsonb
);
create index audit_entries_subject on audit_entries (subject_id, at);
create index audit_entries_actor on audit_entries (actor_id, at);
create trigger audit_entries_append_only before update or delete or truncate on audit_entries
    for each statement execute function refuse_change();

-- What the installation is: one row a setting (the partnership's name, that it is a seeded demonstration …).
create table installation (
    name text primary key,
    value text not null
);
