-- Signed reports (F7, F8, F9): a definition is kept as a version the first time it is counted or signed; a signature freezes values, tables, digests and what stood behind each figure; a report is published
-- once it is signed; a restatement is another revision with its reason. Nothing of it is ever changed.
create table report_definitions (
    digest text primary key,                        -- SHA-256 of the text
    report text not null,
    version integer not null check (version > 0),
    yaml text not null,
    kept_at timestamptz not null,
    kept_by uuid references persons (id),           -- who wrote it on the page; null: it came as a file under content/reports/
    unique (report, version)
);
create trigger report_definitions_append_only before update or delete or truncate on report_definitions for each statement execute function refuse_change();

alter table report_signings
    add column definition_digest text not null references report_definitions (digest),
    add column figures json not null,               -- the computed report: values, tables, digests
    add column accepted json not null,              -- what was unfinished and accepted, item by item
    add column restated text[] not null default '{}',   -- the figures that differ from the revision before
    add column reason text check (btrim(reason) <> ''),
    add constraint report_signings_reason check ((revision = 1) = (reason is null));
create trigger report_signings_append_only before update or delete or truncate on report_signings for each statement execute function refuse_change();

-- F9: the drill-down of each signed figure, which sums to it.
create table signed_behind (
    signing_id uuid not null references report_signings (id),
    figure text not null,
    rows json not null,
    primary key (signing_id, figure)
);
create trigger signed_behind_append_only before update or delete or truncate on signed_behind for each statement execute function refuse_change();

create table report_publications (
    signing_id uuid primary key references report_signings (id),
    published_at timestamptz not null,
    published_by uuid not null references persons (id)
);
create trigger report_publications_append_only before update or delete or truncate on report_publications for each statement execute function refuse_change();

-- F8: what the same definition gave when it was counted last, and which records make the difference. An outcome, no fact: the next count takes its place.
create table report_drifts (
    signing_id uuid primary key references report_signings (id),
    counted_at timestamptz not null,
    as_at timestamptz not null,
    figures json not null,
    differences json not null                       -- by figure; no person, neither by name nor by number
);
