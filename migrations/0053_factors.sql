-- What protects an account besides its first factor: passkeys, an authenticator app, recovery codes. Half a secret is worthless, so what is kept here opens nothing by itself.

-- WebAuthn: the public half only. The columns are the framework's own.
create table account_passkeys (
    credential_id bytea primary key check (length(credential_id) between 1 and 1023),   -- one credential, one account
    user_id uuid not null references accounts (id) on delete cascade,
    data jsonb not null
);
create index account_passkeys_user on account_passkeys (user_id);

-- RFC 6238. Nothing is asked of an app that its owner has not shown to work.
create table account_authenticators (
    account_id uuid primary key references accounts (id) on delete cascade,
    key text not null,                              -- encrypted with the data-protection keys
    begun_at timestamptz not null,
    confirmed_at timestamptz check (confirmed_at >= begun_at),
    last_step bigint not null default 0 check (last_step >= 0)      -- a code of this time step or an earlier one is not taken again
);

create table account_recovery_codes (
    account_id uuid not null references accounts (id) on delete cascade,
    hash bytea not null,                            -- of the code and the salt of its set
    salt bytea not null check (length(salt) >= 16),
    made_at timestamptz not null,
    used_at timestamptz check (used_at >= made_at),
    primary key (account_id, hash)
);

-- Wrong answers to the second step, and until when no answer is heard.
alter table accounts add column second_step_tries integer not null default 0 check (second_step_tries >= 0);
alter table accounts add column second_step_closed_until timestamptz;

-- A demonstration's own accounts are never asked for a second step, and keep the roles that need one.
alter table accounts add column second_step_exempt boolean not null default false;
update accounts set second_step_exempt = true
where exists (select from installation where name = 'demonstration' and value = 'yes')
    and normalized_user_name in ('PRACTITIONER@COUNCIL.EXAMPLE', 'LEAD@POLICE.EXAMPLE', 'TRAINER@HOSPITAL.EXAMPLE', 'SUBGROUP@COUNCIL.EXAMPLE', 'CHAIR@COUNCIL.EXAMPLE',
        'UNIT@PARTNERSHIP.EXAMPLE', 'ADMIN@PARTNERSHIP.EXAMPLE');

-- When the person of a session last showed who they are: what protects an account is changed only soon after.
alter table account_sessions add column proved_at timestamptz;
update account_sessions set proved_at = opened_at;
alter table account_sessions alter column proved_at set not null;

-- A token made at the command line or by a session with a second step may do what needs one. All until now were made at the command line.
alter table access_tokens add column strong boolean not null default true;
alter table access_tokens alter column strong drop default;
