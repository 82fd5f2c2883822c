-- SCORM packages (E4). A package is a version of its course (E1): the version's text is its manifest, its digest the file's. The files lie here in pieces, so that every server has them, a backup is whole, and none is ever in memory as a whole.
create table packages (
    id uuid primary key,
    course_id uuid not null references courses (id),
    number integer not null check (number > 0),     -- counted up for each course; the highest that is not withdrawn is what a learner begins
    digest text not null,
    title text not null check (title <> ''),
    edition text not null check (edition in ('SCORM 1.2', 'SCORM 2004 2nd Edition', 'SCORM 2004 3rd Edition', 'SCORM 2004 4th Edition')),
    manifest jsonb not null check (jsonb_typeof(manifest) = 'object'),
    size bigint not null check (size > 0),          -- bytes, unpacked
    imported_at timestamptz not null,
    imported_by uuid references persons (id),       -- null: by the command
    unique (course_id, number),
    unique (course_id, digest),                     -- a package a version
    foreign key (course_id, digest) references course_versions (course_id, digest)
);
create trigger packages_append_only before update or delete or truncate on packages for each statement execute function refuse_change();

create table package_files (
    package_id uuid not null references packages (id),
    number integer not null,
    path text not null check (path <> ''),
    media_type text not null,
    size bigint not null check (size >= 0),
    primary key (package_id, number)
);
-- Content that was made on Windows asks for files in whatever case.
create unique index package_files_path on package_files (package_id, lower(path));
create trigger package_files_append_only before update or delete or truncate on package_files for each statement execute function refuse_change();

create table package_pieces (
    package_id uuid not null,
    file integer not null,
    piece integer not null check (piece >= 0),
    content bytea not null check (length(content) between 1 and 1048576),    -- all but the last have the full length
    primary key (package_id, file, piece),
    foreign key (package_id, file) references package_files (package_id, number)
);
alter table package_pieces alter column content set storage external;
create trigger package_pieces_append_only before update or delete or truncate on package_pieces for each statement execute function refuse_change();
