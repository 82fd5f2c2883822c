-- The head of a course, its drawings, captions and transcripts are written in the product too.
alter table course_saves drop constraint course_saves_file_check,
    add constraint course_saves_file_check check (file ~ '^(course\.yaml|pages/[a-z0-9][a-z0-9-]*\.md|case\.yaml|quiz\.yaml|pictures/[a-z0-9][a-z0-9-]*\.svg|videos/[a-z0-9][a-z0-9-]*\.(vtt|md))$');

-- Recordings that were sent in the product. They are no part of a version (E1): a new recording has a new name, so nothing here changes.
create table course_recordings (
    course_id uuid not null references courses (id),
    file text not null check (file ~ '^videos/[a-z0-9][a-z0-9-]*\.mp4$'),
    sha256 bytea not null check (length(sha256) = 32),
    content bytea not null check (length(content) between 1 and 62914560),
    saved_at timestamptz not null,
    saved_by uuid not null references persons (id),
    primary key (course_id, file)
);
alter table course_recordings alter column content set storage external;    -- it is compressed already
create trigger course_recordings_append_only before update or delete or truncate on course_recordings for each statement execute function refuse_change();
