-- Somebody's own calendar feed: an address that nobody can guess. A newer one ends the older.
create table calendar_links (
    id uuid primary key,
    person_id uuid not null references persons (id),
    hash bytea not null unique,                     -- of the address's secret
    made_at timestamptz not null,
    ended_at timestamptz check (ended_at >= made_at)
);
create unique index calendar_links_live on calendar_links (person_id) where ended_at is null;
