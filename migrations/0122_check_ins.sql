-- C3: somebody at an awareness event who gave no account: reach, never "trained". Whoever it was can say so later with an account, and take that back; each is a dated record (T4, P3).
create table check_ins (
    id uuid primary key,                            -- made on the device, or of the form: sent twice, it counts once
    session_id uuid not null references sessions (id),
    agency_id uuid references agencies (id),        -- as was said; null: not known
    checked_in_at timestamptz not null,
    recorded_at timestamptz not null,
    recorded_by uuid references persons (id)        -- who wrote it down; null: somebody by their own phone
);
create index check_ins_session on check_ins (session_id, recorded_at);
create trigger check_ins_append_only before update or delete or truncate on check_ins for each statement execute function refuse_change();

create table check_in_claims (
    id bigint generated always as identity primary key,
    check_in_id uuid not null references check_ins (id),
    person_id uuid references persons (id),         -- null: taken back
    recorded_at timestamptz not null,
    recorded_by uuid not null references persons (id)
);
create index check_in_claims_check_in on check_in_claims (check_in_id, recorded_at desc, id desc);
create index check_in_claims_person on check_in_claims (person_id) where person_id is not null;
create trigger check_in_claims_append_only before update or delete or truncate on check_in_claims for each statement execute function refuse_change();
