-- What there is to learn: programmes, courses, sessions with their parts.

create table programmes (
    id uuid primary key,
    code text not null check (code = btrim(code) and code <> ''),
    title text not null check (btrim(title) <> ''),
    starts_on date                                  -- null: from its first session (F1, window since-start)
);
create unique index programmes_code on programmes (upper(code));

create table courses (
    id uuid primary key,
    code text not null check (code = btrim(code) and code <> ''),
    title text not null check (btrim(title) <> ''),
    kind text not null check (kind in ('e-learning', 'trained', 'webinar', 'conference', 'forum')),
    owner_id uuid not null references agencies (id),
    board text not null check (board in ('children', 'adults', 'joint')),
    level text,
    validity_months integer check (validity_months > 0),
    cpd_hours numeric(6, 2) check (cpd_hours >= 0),
    published_on date not null,
    withdrawn_on date check (withdrawn_on >= published_on),
    -- A7: the share of parts that makes "attended the course", and of minutes that makes "attended the part".
    required_parts numeric(4, 3) not null default 1 check (required_parts > 0 and required_parts <= 1),
    required_minutes numeric(4, 3) not null default 0.75 check (required_minutes > 0 and required_minutes <= 1)
);
create unique index courses_code on courses (upper(code));
create index courses_owner on courses (owner_id);

create table course_programmes (
    course_id uuid not null references courses (id),
    programme_id uuid not null references programmes (id),
    primary key (course_id, programme_id)
);
create index course_programmes_programme on course_programmes (programme_id);

create table sessions (
    id uuid primary key,
    ref text not null check (ref = btrim(ref) and ref <> ''),
    course_id uuid not null references courses (id),
    parent_id uuid references sessions (id),        -- a workshop's conference
    mode text not null check (mode in ('in person', 'virtual', 'hybrid')),
    venue text,
    join_link text,
    capacity integer not null check (capacity >= 0),
    taken integer not null default 0 check (taken >= 0),
    board text check (board in ('children', 'adults', 'joint')),   -- null: the course's board
    status text not null check (status in ('planned', 'cancelled')),
    starts_at timestamptz not null,                 -- of the first part
    ends_at timestamptz not null,                   -- of the part that ends last
    counted_on date not null,                       -- T3: the local date on which the last part starts
    booking_closes_at timestamptz not null,
    sequence integer not null default 0,            -- of its calendar entry: rises with each move
    cancelled_at timestamptz,
    changed_at timestamptz not null,
    -- H5: an imported session that was held with more people than places, kept as it was.
    beyond_rules boolean not null default false,
    check (ends_at > starts_at),
    check ((status = 'cancelled') = (cancelled_at is not null)),
    -- B2: confirmed and offered places never exceed the session's.
    constraint sessions_never_oversold check (taken <= capacity or beyond_rules),
    check (parent_id <> id)
);
create unique index sessions_ref on sessions (upper(ref));
create index sessions_course on sessions (course_id, starts_at);
create index sessions_starts on sessions (starts_at);
create index sessions_counted on sessions (counted_on);
create index sessions_parent on sessions (parent_id) where parent_id is not null;

create table session_parts (
    id uuid primary key,
    session_id uuid not null references sessions (id),
    number integer not null check (number > 0),     -- in order of time
    title text,
    starts_local timestamp not null,                -- T1: planned in local wall time …
    ends_local timestamp not null,
    starts_at timestamptz not null,                 -- … and the instants follow
    ends_at timestamptz not null,
    minutes integer not null generated always as ((extract(epoch from ends_at - starts_at) / 60)::integer) stored,
    check (ends_at > starts_at),
    unique (session_id, number)
);

create table session_trainers (
    session_id uuid not null references sessions (id),
    person_id uuid not null references persons (id),
    primary key (session_id, person_id)
);
create index session_trainers_person on session_trainers (person_id);

-- T4: what the figures read of a session, as it stood from recorded_at on. Written by the database itself at each change, so that no verb can forget it.
create table session_history (
    id bigint generated always as identity primary key,
    session_id uuid not null references sessions (id),
    recorded_at timestamptz not null,
    capacity integer not null,
    board text,
    status text not null,
    counted_on date not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null
);
create index session_history_session on session_history (session_id, recorded_at desc, id desc);
create trigger session_history_append_only before update or delete or truncate on session_history
    for each statement execute function refuse_change();

create function keep_session_history() returns trigger language plpgsql as $$
begin
    insert into session_history (session_id, recorded_at, capacity, board, status, counted_on, starts_at, ends_at)
    values (new.id, new.changed_at, new.capacity, new.board, new.status, new.counted_on, new.starts_at, new.ends_at);
    return null;
end $$;
create trigger sessions_keep_history_insert after insert on sessions for each row execute function keep_session_history();
create trigger sessions_keep_history_update after update on sessions for each row
    when ((old.capacity, old.board, old.status, old.counted_on, old.starts_at, old.ends_at)
          is distinct from (new.capacity, new.board, new.status, new.counted_on, new.starts_at, new.ends_at))
    execute function keep_session_history();
