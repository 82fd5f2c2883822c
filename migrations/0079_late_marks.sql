-- A3: a mark that comes more than 14 days after signing waits beside the register until the business unit decides: it is taken in by a correction, or set aside. Once, for good.
create table mark_stray_decisions (
    stray_id uuid primary key references mark_strays (id),
    taken_in boolean not null,
    decided_at timestamptz not null,
    decided_by uuid not null references persons (id)
);
create trigger mark_stray_decisions_append_only before update or delete or truncate on mark_stray_decisions for each statement execute function refuse_change();
