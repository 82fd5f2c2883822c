-- Registers (A1 to A7): marks are events, and so are signatures. E-learning (E1 to E3).

create table marks (
    id uuid primary key,                            -- made on the device (A2); sending it twice changes nothing (A3)
    number bigint generated always as identity,     -- the order of recording
    part_id uuid not null references session_parts (id),
    session_id uuid not null references sessions (id),
    person_id uuid references persons (id),         -- the holder of the place; null: an empty seat of a forum
    seat text,
    mark text not null check (mark in ('attended', 'part', 'apologies', 'dna', 'substitute', 'vacant', 'not-appointed')),
    minutes integer check (minutes >= 0),
    substitute_id uuid references persons (id),
    agency_id uuid references agencies (id),        -- P2, frozen when recorded; null: not known
    workforce text,                                 -- of that day, frozen when recorded; null: not known
    substitute_agency_id uuid references agencies (id),
    substitute_workforce text,
    walk_in boolean not null default false,         -- A4: had no live booking when marked
    device text,
    marked_at timestamptz not null,                 -- the device's time, corrected by its clock's offset (A2)
    recorded_at timestamptz not null,
    recorded_by uuid references persons (id),
    seen uuid,                                      -- the newest event of that person and part that the device knew
    flag text,                                      -- why somebody should look (A3)
    reopening integer not null default 0,           -- how often the register had been reopened: later ones win by order of recording (A2)
    check ((mark = 'substitute') = (substitute_id is not null)),
    check (substitute_id <> person_id),
    check (minutes is null or mark = 'part'),
    check ((person_id is null) = (mark in ('vacant', 'not-appointed'))),
    check (person_id is not null or seat is not null)
);
create index marks_session on marks (session_id, part_id, person_id, marked_at desc, number desc);
create index marks_person on marks (person_id);
create index marks_substitute on marks (substitute_id) where substitute_id is not null;
create trigger marks_append_only before update or delete or truncate on marks for each statement execute function refuse_change();

-- A6: signed, perhaps reopened with a reason, and signed again. The newest event at an instant says which.
create table register_events (
    id bigint generated always as identity primary key,
    session_id uuid not null references sessions (id),
    event text not null check (event in ('signed', 'reopened')),
    recorded_at timestamptz not null,
    recorded_by uuid references persons (id),
    reason text,
    check (event = 'signed' or reason is not null)
);
create index register_events_session on register_events (session_id, recorded_at desc, id desc);
create trigger register_events_append_only before update or delete or truncate on register_events
    for each statement execute function refuse_change();

create table learning_attempts (
    id uuid primary key,
    course_id uuid not null references courses (id),
    person_id uuid not null references persons (id),
    version text not null,                          -- of the content: begun and finished in it (E1)
    started_at timestamptz not null,
    last_seen_at timestamptz not null,
    last_page text not null,
    completed_at timestamptz
);
create index learning_attempts_person on learning_attempts (person_id, course_id);
create unique index learning_attempts_one_open on learning_attempts (person_id, course_id) where completed_at is null;

create table page_visits (
    attempt_id uuid not null references learning_attempts (id),
    page text not null,
    first_seen_at timestamptz not null,
    primary key (attempt_id, page)
);

create table quiz_answers (
    id bigint generated always as identity primary key,
    attempt_id uuid not null references learning_attempts (id),
    try integer not null check (try > 0),
    question text not null,
    chosen text[] not null,
    correct boolean not null,
    answered_at timestamptz not null,
    unique (attempt_id, try, question)
);

create table completions (
    id uuid primary key,
    number bigint generated always as identity,
    course_id uuid not null references courses (id),
    person_id uuid not null references persons (id),
    agency_id uuid references agencies (id),        -- P2, frozen; null: not known
    workforce text,
    completed_on date not null,                     -- T3
    score numeric(5, 2),
    attempt_id uuid unique references learning_attempts (id),   -- E2: once an attempt; null: imported
    recorded_at timestamptz not null
);
create index completions_course on completions (course_id, completed_on);
create index completions_person on completions (person_id);
create unique index completions_imported_once on completions (course_id, person_id, completed_on) where attempt_id is null;
create trigger completions_append_only before update or delete or truncate on completions
    for each statement execute function refuse_change();
