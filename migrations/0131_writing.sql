-- Every press of "Save" on a course that is being written, so that of two people at once nothing is lost. The newest of a file since the last publication is its draft; no words: the file is left out.
create table course_saves (
    id bigint generated always as identity primary key,
    course_id uuid not null references courses (id),
    file text not null check (file ~ '^(pages/[a-z0-9][a-z0-9-]*\.md|case\.yaml|quiz\.yaml)$'),
    words text not null,
    saved_at timestamptz not null,
    saved_by uuid not null references persons (id)
);
create index course_saves_newest on course_saves (course_id, file, id desc);
create trigger course_saves_append_only before update or delete or truncate on course_saves for each statement execute function refuse_change();

-- A version that was published in the product (E1). It wins over the content folder for as long as the folder is what it was then.
create table course_publications (
    id uuid primary key,
    number bigint generated always as identity unique,
    course_id uuid not null references courses (id),
    digest text not null,
    folder_digest text not null,                    -- '': there was no folder
    saves_through bigint not null,                  -- the newest save that is in it
    note text not null,                             -- what changed, in words
    everyone_again_because text,                    -- null: earlier completions stay as good as they were
    published_at timestamptz not null,
    published_by uuid not null references persons (id),
    foreign key (course_id, digest) references course_versions (course_id, digest)
);
create index course_publications_newest on course_publications (course_id, number desc);
create trigger course_publications_append_only before update or delete or truncate on course_publications for each statement execute function refuse_change();

-- A version that nobody may begin or finish any more (E1); who completed it has completed it.
create table version_withdrawals (
    course_id uuid not null references courses (id),
    digest text not null,
    reason text not null,
    withdrawn_at timestamptz not null,
    withdrawn_by uuid not null references persons (id),
    primary key (course_id, digest),
    foreign key (course_id, digest) references course_versions (course_id, digest)
);
create trigger version_withdrawals_append_only before update or delete or truncate on version_withdrawals for each statement execute function refuse_change();

-- A subject expert has read this very version by the check list.
create table course_sign_offs (
    id uuid primary key,
    course_id uuid not null references courses (id),
    digest text not null,
    expert text not null,                           -- name and office, as the course then shows them
    checked text[] not null,                        -- the points of the list as they were
    signed_on date not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null references persons (id),
    unique (course_id, digest),
    foreign key (course_id, digest) references course_versions (course_id, digest)
);
create trigger course_sign_offs_append_only before update or delete or truncate on course_sign_offs for each statement execute function refuse_change();
