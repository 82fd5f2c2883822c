-- Joining (P4): somebody asks for an account, proves their address, and belongs to an agency once the domain and they, or the business unit, have said which.

create table sign_ups (
    id uuid primary key,                            -- random: it is in the address of the page that waits for the code
    state text not null check (state in ('asked', 'known', 'choosing', 'waiting', 'declined')),
    email text not null check (email = lower(btrim(email)) and email like '_%@_%'),
    given_name text not null check (btrim(given_name) <> ''),
    family_name text not null,
    job_title text,
    workforce text not null check (workforce in ('children', 'adults', 'joint', 'volunteer', 'carer', 'student', 'speaker', 'exhibitor', 'public')),
    level text,
    asked_at timestamptz not null,
    link_hash bytea not null unique,                -- of what the newest mail brought; SHA-256
    link_ends_at timestamptz not null,
    code_hash bytea not null,
    code_ends_at timestamptz not null,
    wrong_codes integer not null default 0,
    confirmed_at timestamptz,
    person_id uuid references persons (id),         -- nobody before the address is proven
    says text,                                      -- which agency, in the person's own words
    waiting_since timestamptz,
    reason text,                                    -- why the business unit declined
    check ((state in ('asked', 'known')) = (confirmed_at is null)),
    check ((person_id is null) = (confirmed_at is null)),
    check ((state = 'waiting') = (waiting_since is not null)),
    check ((state = 'declined') = (reason is not null))
);
create unique index sign_ups_one_a_person on sign_ups (person_id) where person_id is not null;
create index sign_ups_waiting on sign_ups (waiting_since) where state = 'waiting';
create index sign_ups_email on sign_ups (email);

-- How many mails an address was sent within the hour.
create index messages_address on messages (address, queued_at desc) where address is not null;

-- Whether a person proved their address and nobody has said yet where they work: they look round, and book once they are placed. Whoever has an employment is placed.
create function awaits_placing(person uuid, day date) returns boolean
language sql stable parallel safe as $$
    select exists (select from sign_ups s where s.person_id = person)
        and not exists (select from employments e where e.person_id = person and e.starts_on <= day and (e.ends_on is null or day < e.ends_on))
$$;
