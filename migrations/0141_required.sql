-- Required learning as data: which course, of whom, by when; what else counts as it; and what people learnt elsewhere, as their lead accepted it.

-- Who needs a course. What is null limits nothing. A rule is never changed: it is ended, and another made.
create table required_rules (
    id uuid primary key,
    course_id uuid not null references courses (id),
    agency_id uuid references agencies (id),        -- with its departments
    workforce text check (workforce in ('children', 'adults', 'joint', 'volunteer', 'carer', 'student', 'speaker', 'exhibitor', 'public')),
    level text check (btrim(level) <> ''),          -- of the employment
    job_words text check (btrim(job_words) <> ''),  -- found in the job title, whatever its case
    months integer check (months > 0),              -- a refresher after so many; null: as the course says
    due_days integer check (due_days >= 0),         -- after joining, but not before so many after the rule began …
    due_on date,                                    -- … or by a date
    starts_on date not null,
    ended_on date check (ended_on >= starts_on),
    because text not null check (btrim(because) <> ''),
    made_at timestamptz not null,
    made_by uuid references persons (id),
    check ((due_days is null) <> (due_on is null))
);
create index required_rules_course on required_rules (course_id);

-- "A face-to-face level 3 counts": another course, or every course of a kind and a level.
create table course_equivalences (
    id uuid primary key,
    course_id uuid not null references courses (id),
    other_id uuid references courses (id),
    kind text check (kind in ('e-learning', 'trained', 'webinar', 'conference', 'forum')),
    level text check (btrim(level) <> ''),
    check (other_id <> course_id),
    check ((other_id is null) = (kind is not null) and (kind is null) = (level is null)),
    unique nulls not distinct (course_id, other_id, kind, level)
);

-- Learning done elsewhere: sent by the person, accepted or refused by their lead, and shown apart from what was seen here. It is in no figure.
create table learning_evidence (
    id uuid primary key,
    person_id uuid not null references persons (id),
    course_id uuid not null references courses (id),
    title text not null check (btrim(title) <> ''),
    provider text not null check (btrim(provider) <> ''),
    done_on date not null,
    file_name text not null,                        -- ours, by what the file is
    media_type text not null check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
    size integer not null check (size between 1 and 5242880),
    sha256 bytea not null check (octet_length(sha256) = 32),
    sent_at timestamptz not null,
    decision text check (decision in ('accepted', 'refused')),
    decided_at timestamptz,
    decided_by uuid references persons (id),
    reason text,
    check ((decision is null) = (decided_at is null)),
    check (decision is distinct from 'refused' or btrim(coalesce(reason, '')) <> ''),
    unique (person_id, course_id, sha256)           -- the same file for the same course is sent once
);
create index learning_evidence_person on learning_evidence (person_id);
create index learning_evidence_open on learning_evidence (sent_at) where decision is null;
create table evidence_files (
    evidence_id uuid primary key references learning_evidence (id) on delete cascade,
    content bytea not null
);
