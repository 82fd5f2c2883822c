-- The answer to a page's own question, the newest one of it. Practice, as choices in a story are: it counts for nothing (E2).
create table page_checks (
    attempt_id uuid not null references learning_attempts (id),
    page text not null,
    chosen text[] not null check (cardinality(chosen) > 0),     -- the options' places in the text, from 0
    correct boolean not null,
    answered_at timestamptz not null,
    primary key (attempt_id, page)
);

-- What a learner wrote for themselves about a page. Nobody else is shown it. Title and question stand beside it as they were, so that it can be read when the version is gone.
create table reflections (
    id uuid primary key,
    attempt_id uuid not null references learning_attempts (id),
    page text not null,
    page_title text not null,
    prompt text not null,
    words text not null check (length(words) between 1 and 4000),
    kept_at timestamptz not null,
    unique (attempt_id, page)
);
