-- Roles begin and end on days, say who gave and who took them, and where it takes two people, which request the second one approved (S1, S3).
create extension if not exists btree_gist;          -- comes with PostgreSQL, and whoever owns a database may have it

-- Somebody asks for a role that takes a second person: of the business unit, of an administrator, or one for themselves.
create table role_requests (
    id uuid primary key,
    person_id uuid not null references persons (id),
    role text not null check (role in ('agency lead', 'subgroup member', 'chair', 'business unit', 'administrator')),
    agency_id uuid references agencies (id),
    starts_on date not null,
    ends_on date check (ends_on > starts_on),       -- the first day on which it is not held any more
    reason text not null,
    asked_at timestamptz not null,
    asked_by uuid not null references persons (id),
    decision text check (decision in ('approved', 'refused', 'withdrawn')),
    decided_at timestamptz,
    decided_by uuid references persons (id),
    check ((role = 'agency lead') = (agency_id is not null)),
    check ((decision is null) = (decided_at is null) and (decision is null) = (decided_by is null)),
    -- Nobody approves what they asked for, nor what is about themselves.
    constraint role_requests_second_person check (decision is distinct from 'approved' or (decided_by <> asked_by and decided_by <> person_id))
);
create unique index role_requests_open on role_requests (person_id, role, agency_id) nulls not distinct where decision is null;

alter table role_grants
    add column starts_on date,
    add column ends_on date check (ends_on > starts_on),
    add column deputy boolean not null default false check (not deputy or role = 'agency lead'),    -- appointed by the agency's lead
    add column request_id uuid unique references role_requests (id),
    add column revoked_by uuid references persons (id),
    add column revoked_reason text,
    -- What nobody gave was given at the command line.
    add constraint role_grants_second_person check (granted_by is null or request_id is not null or (role not in ('business unit', 'administrator') and granted_by <> person_id));
update role_grants set starts_on = (granted_at at time zone 'UTC')::date;
alter table role_grants alter column starts_on set not null;

-- A role is held once at a time.
drop index role_grants_live;
alter table role_grants add constraint role_grants_once exclude using gist (
    person_id with =, role with =, coalesce(agency_id, '00000000-0000-0000-0000-000000000000') with =, daterange(starts_on, ends_on) with &&) where (revoked_at is null);
create index role_grants_person on role_grants (person_id) where revoked_at is null;
create index role_grants_agency on role_grants (agency_id) where revoked_at is null and agency_id is not null;
