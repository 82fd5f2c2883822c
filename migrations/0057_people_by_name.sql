-- People without an address of their own (a nursery's volunteers): added by name, each a person of their own, who can claim the record later.

create table people_by_name (
    person_id uuid primary key references persons (id),
    note text,                                      -- what tells them from others of the same name; goes when they have an address
    added_by uuid not null references persons (id),
    added_at timestamptz not null
);

-- A code on paper that makes the record theirs when they sign up. One a person; only its hash is kept.
create table claim_codes (
    id uuid primary key,
    person_id uuid not null references persons (id),
    code_hash bytea not null unique,
    made_by uuid not null references persons (id),
    made_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > made_at),
    used_at timestamptz,
    withdrawn_at timestamptz,
    check (used_at is null or withdrawn_at is null)
);
create unique index claim_codes_one_a_person on claim_codes (person_id) where used_at is null and withdrawn_at is null;

alter table sign_ups add column claim_code_id uuid references claim_codes (id) on delete set null;
