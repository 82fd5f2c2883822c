-- A new authenticator app can be set up while the old one is still in use: one of each.
alter table account_authenticators drop constraint account_authenticators_pkey;
alter table account_authenticators add column id uuid primary key default gen_random_uuid();
alter table account_authenticators alter column id drop default;
create unique index account_authenticators_in_use on account_authenticators (account_id) where confirmed_at is not null;
create unique index account_authenticators_begun on account_authenticators (account_id) where confirmed_at is null;

-- Somebody who lost the phone asks to be let back in; somebody who knows them says that it is they; a link of a day lets them in, once.
create table account_recoveries (
    id uuid primary key,
    account_id uuid not null references accounts (id) on delete cascade,
    person_id uuid not null references persons (id),
    asked_at timestamptz not null,
    device text not null,
    decided_at timestamptz check (decided_at >= asked_at),
    decided_by uuid references persons (id) check (decided_by <> person_id),    -- never oneself
    granted boolean,
    link_hash bytea unique,                         -- of the link's secret
    link_ends_at timestamptz check (link_ends_at >= decided_at),
    used_at timestamptz check (used_at <= link_ends_at),
    check ((decided_at is null) = (decided_by is null)),
    check ((decided_at is null) = (granted is null)),
    check (coalesce(granted, false) = (link_hash is not null)),
    check ((link_hash is null) = (link_ends_at is null)),
    check (used_at is null or granted)
);
create unique index account_recoveries_open on account_recoveries (account_id) where decided_at is null;
create index account_recoveries_decided_by on account_recoveries (decided_by);
