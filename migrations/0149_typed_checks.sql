-- Registers typed from paper are looked over by a second person before they are signed, where the installation wants it: a check covers every mark typed up to a number, by somebody who typed none of them. Append-only.
create table typed_checks (
    id bigint generated always as identity primary key,
    session_id uuid not null references sessions (id),
    up_to bigint not null,                          -- the highest number of a mark that it saw
    checked_at timestamptz not null,
    checked_by uuid not null references persons (id)
);
create index typed_checks_session on typed_checks (session_id, up_to desc);
create trigger typed_checks_append_only before update or delete or truncate on typed_checks for each statement execute function refuse_change();

alter table installation add constraint installation_typed check (name <> 'typed-registers-by-two' or value in ('yes', 'no'));

-- Why something that could not be placed in a register was left out.
alter table mark_stray_decisions add column reason text;
