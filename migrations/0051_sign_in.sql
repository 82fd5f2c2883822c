-- Signing in by e-mail. A mail holds a link, good on any device, and a code, good in the browser that asked for it; either lets in once. Only hashes are kept. The code's is keyed by a
-- secret that only the browser has, so that whoever reads this table cannot try out the million codes. An address that nobody has gets a row too: the same work is done for it.
create table sign_in_codes (
    id uuid primary key,
    person_id uuid references persons (id),
    email text references person_emails (email) on update cascade on delete cascade,    -- goes with the address (P5)
    address_hash bytea not null,                    -- of the address as it was typed: a newer request ends the older also where nobody has it
    asked_from text not null check (asked_from in ('unknown browser', 'own browser', 'command line')),
    device text not null,                           -- "Chrome on Windows"
    browser_hash bytea unique,                      -- of the secret of the browser that asked; null: asked for at the command line, where there is no code
    code_hash bytea,
    link_hash bytea not null unique,
    return_url text,
    asked_at timestamptz not null,
    expires_at timestamptz not null check (expires_at > asked_at),
    wrong_tries integer not null default 0 check (wrong_tries between 0 and 5),
    ended_at timestamptz,
    ended_because text,
    check ((person_id is null) = (email is null)),
    check ((browser_hash is null) = (code_hash is null)),
    check ((ended_at is null) = (ended_because is null)),
    check (wrong_tries < 5 or ended_at is not null)
);
-- The newest counts; but a stranger's request does not end what was asked for in the person's own browser.
create unique index sign_in_codes_newest on sign_in_codes (person_id, asked_from) where ended_at is null;
create index sign_in_codes_address on sign_in_codes (address_hash) where ended_at is null;
create index sign_in_codes_over on sign_in_codes (expires_at);

-- A browser in which a person has signed in before. Its cookie holds a secret, this table the secret's hash; a browser that several people share has a row for each.
create table known_devices (
    id uuid primary key,
    account_id uuid not null references accounts (id) on delete cascade,
    secret_hash bytea not null,
    device text not null,
    first_at timestamptz not null,
    seen_at timestamptz not null,                   -- when it last signed in
    unique (secret_hash, account_id)
);
create index known_devices_account on known_devices (account_id);

-- How much of an allowance of tries is used up: until when, at the pace at which tries come back. What is in the past is as good as no row.
create table allowances (
    what text not null,                             -- "wrong password, address"
    of bytea not null,                              -- the hash of the address, the network or the device: no list of who tried
    spent_until timestamptz not null,
    primary key (what, of)
) with (fillfactor = 70);

-- How long a session may be idle is decided when it is opened: shorter for who holds a role that sees everything.
alter table account_sessions add column may_idle interval not null default interval '12 hours' check (may_idle > interval '0');
alter table account_sessions add column device_id uuid;    -- of known_devices, which may have forgotten it
create index account_sessions_account on account_sessions (account_id, opened_at);
-- Mails of signing in are cleared away by themselves: many, and of no use once they have expired.
create index messages_of_sign_in on messages (queued_at) where kind in ('sign-in-code', 'sign-in-unknown');
