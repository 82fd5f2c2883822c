-- C1: a sentence of a report that is bound to a figure and checked against it. What earlier reports said is not here: it is content/claims/, with its source, and never data.
create table claims (
    id uuid primary key,
    report text not null,
    figure text not null,
    sentence text not null check (btrim(sentence) <> '' and length(sentence) <= 500),
    made_at timestamptz not null,
    made_by uuid not null references persons (id),
    withdrawn_at timestamptz,
    withdrawn_by uuid references persons (id),
    check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index claims_report on claims (upper(report)) where withdrawn_at is null;
