-- A8: what Teams, Zoom and Meet said of a session: looked at first, and recorded once somebody has confirmed who is who. What a person of a report was decided to be is dated; the marks themselves are
-- events as any other (A2). The bytes, and what they say of people, go a year after the session; the hash stays (P5).
create table meeting_reports (
    id uuid primary key,
    session_id uuid not null references sessions (id),
    kind text not null check (kind <> ''),          -- teams, zoom or meet; several with + between
    sent_at timestamptz not null,
    sent_by uuid references persons (id),
    recorded_at timestamptz,                        -- null: it is looked at still, and nothing of it is recorded
    recorded_by uuid references persons (id),
    gone_at timestamptz,                            -- when its bytes and rows went
    check ((recorded_at is null) = (recorded_by is null))
);
create index meeting_reports_session on meeting_reports (session_id);
create index meeting_reports_open on meeting_reports (sent_at) where recorded_at is null;

create table meeting_files (
    report_id uuid not null references meeting_reports (id) on delete cascade,
    number integer not null check (number > 0),
    size integer not null check (size > 0),
    sha256 bytea not null check (octet_length(sha256) = 32),
    content bytea,                                  -- null: gone
    primary key (report_id, number)
);

create table meeting_people (
    id uuid primary key,
    report_id uuid not null references meeting_reports (id) on delete cascade,
    number integer not null,                        -- in the order in which they came
    name text not null,                             -- as the report wrote it; empty: gone
    email text check (email = lower(email)),
    joins jsonb not null,                           -- [{from, to, seconds?}], instants
    outcome text check (outcome in ('by address', 'by name', 'chosen', 'added', 'trainer', 'left out')),
    person_id uuid references persons (id),
    reason text,
    decided_at timestamptz,
    decided_by uuid references persons (id),
    unique (report_id, number),
    check ((outcome is null) = (decided_at is null)),
    check ((person_id is null) = (outcome is null or outcome = 'left out')),
    check ((reason is not null) = (outcome is not null and outcome = 'left out'))
);
create index meeting_people_person on meeting_people (person_id) where person_id is not null;
create index meeting_people_email on meeting_people (email) where email is not null;
create index meeting_people_waiting on meeting_people (report_id) where outcome is null;

-- P5: how many months after a session its raw attendance files stay; what is not there is 12.
alter table installation add constraint installation_files check (name <> 'months-of-attendance-files' or (value ~ '^[1-9][0-9]?$' and (case when value ~ '^[0-9]{1,2}$' then value::integer end) between 1 and 24));
