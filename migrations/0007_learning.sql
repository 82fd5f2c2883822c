-- E-learning in versions (E1): the exact texts that somebody began are kept, whatever happens to the folder they came from.
create table course_versions (
    course_id uuid not null references courses (id),
    digest text not null check (digest ~ '^[0-9a-f]{64}$'),
    texts jsonb not null check (jsonb_typeof(texts) = 'object'),    -- path inside the course's folder: text
    first_used_at timestamptz not null,
    primary key (course_id, digest)
);
create trigger course_versions_append_only before update or delete or truncate on course_versions
    for each statement execute function refuse_change();
alter table learning_attempts
    add foreign key (course_id, version) references course_versions (course_id, digest);

-- An attempt can end without a completion: its version was withdrawn (E1), or its tries at the quiz are used (E3).
alter table learning_attempts
    add column ended_at timestamptz,
    add column ended_because text check (ended_because in ('withdrawn', 'tries used')),
    add check ((ended_at is null) = (ended_because is null)),
    add check (ended_at is null or completed_at is null);
drop index learning_attempts_one_open;
create unique index learning_attempts_one_open on learning_attempts (person_id, course_id)
    where completed_at is null and ended_at is null;

-- What a learner would do at a decision of a story, so that the story goes on from there on another day (E2). Practice: it counts for nothing.
create table case_choices (
    attempt_id uuid not null references learning_attempts (id),
    decision text not null,
    choice integer not null check (choice >= 0),
    chosen_at timestamptz not null,
    primary key (attempt_id, decision)
);
