-- Builds of reports that were asked for, and how far each is. A server that begins one holds a lock that ends with its connection; when it dies, another goes on after the reports that are kept already.
create table build_runs (
    id bigint generated always as identity primary key,
    report text,                                    -- null: every report
    asked_at timestamptz not null,
    asked_by uuid references persons (id),          -- null: the program itself
    begun_at timestamptz,
    begun integer not null default 0 check (begun >= 0),        -- how often: more than once where a server died
    now_at text,                                    -- the report that is being counted
    steps integer not null default 0 check (steps >= 0),        -- of that report
    done integer not null default 0 check (done between 0 and steps),
    reports integer not null default 0 check (reports >= 0),    -- how many there are to count
    ended_at timestamptz,
    failed boolean not null default false,
    outcome text check (btrim(outcome) <> ''),
    check ((ended_at is null) = (outcome is null)),
    check (begun_at is not null or ended_at is null)
);
-- What waits already is not asked for twice.
create unique index build_runs_waiting on build_runs (coalesce(upper(report), '')) where ended_at is null;

create table build_run_reports (
    run_id bigint not null references build_runs (id) on delete cascade,
    report text not null,
    counted_at timestamptz not null,
    primary key (run_id, report)
);
