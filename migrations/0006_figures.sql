-- Reports as they were computed (the nightly build), and the periods that are signed (F7).

create table report_builds (
    id bigint generated always as identity primary key,
    report text not null,
    definition_digest text not null,                -- of the YAML that was computed
    as_at timestamptz not null,
    built_at timestamptz not null,
    figures jsonb not null                          -- the computed report of the JSON contract
);
create index report_builds_newest on report_builds (report, built_at desc, id desc);

-- H0: what an import brings into a period that is already signed is recorded at the time of import.
create table report_signings (
    id uuid primary key,
    report text not null,
    revision integer not null check (revision > 0),
    period_from date not null,
    period_to date not null check (period_to > period_from),
    as_at timestamptz not null,
    signed_at timestamptz not null,
    signed_by uuid not null references persons (id),
    unique (report, revision)
);
