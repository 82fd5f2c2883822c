-- "Something missing?": somebody says what is wrong in their record, and the business unit answers.
create table record_corrections (
    id uuid primary key,
    person_id uuid not null references persons (id),
    course text not null check (btrim(course) <> ''),   -- in their own words
    learnt_on date,
    what text not null check (btrim(what) <> ''),
    asked_at timestamptz not null,
    decision text check (decision in ('corrected', 'declined')),
    decided_at timestamptz,
    decided_by uuid references persons (id),
    answer text,
    check ((decision is null) = (decided_at is null) and (decision is null) = (answer is null))
);
create index record_corrections_person on record_corrections (person_id);
create index record_corrections_open on record_corrections (asked_at) where decision is null;
create trigger record_corrections_not_of_erased before insert on record_corrections for each row execute function refuse_erased();
