-- A device on which somebody has signed in, until they leave it, end it from elsewhere, or it runs out. The cookie names the row; what is not live here is signed out at its next request.
create table account_sessions (
    id uuid primary key,
    account_id uuid not null references accounts (id) on delete cascade,
    method text not null check (method in ('password', 'e-mail', 'passkey', 'recovery')),   -- the first factor
    strong boolean not null,                        -- a passkey, or a second factor beside the first
    device text not null,                           -- "Chrome on Windows": as the browser calls itself, in short
    opened_at timestamptz not null,
    seen_at timestamptz not null,                   -- to within five minutes
    ends_at timestamptz not null check (ends_at > opened_at),
    ended_at timestamptz,
    ended_because text,
    check ((ended_at is null) = (ended_because is null))
);
create index account_sessions_live on account_sessions (account_id) where ended_at is null;

-- A message can go to an address that is nobody's main address (yet): a sign-up, a new address to be confirmed.
alter table messages add column address text check (address = lower(btrim(address)) and address like '_%@_%');
