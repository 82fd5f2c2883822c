-- M4: whoever attended a session, or completed a course, is asked what it was worth: after it, and again three months later. The answers are facts (T4): the newest of a request counts, none is changed.

-- The questions as they were asked, word for word, whatever becomes of the file that they came from.
create table evaluation_forms (
    digest text primary key check (digest ~ '^[0-9a-f]{64}$'),
    yaml text not null,
    first_used_at timestamptz not null
);
create trigger evaluation_forms_append_only before update or delete or truncate on evaluation_forms for each statement execute function refuse_change();

-- Who was asked. A response rate is over these: whoever was never asked, as people of imported history were not, is in no denominator.
create table evaluation_requests (
    id uuid primary key,
    person_id uuid not null references persons (id),
    session_id uuid references sessions (id),
    completion_id uuid references completions (id),
    stage text not null check (stage in ('after', 'later')),
    form text not null references evaluation_forms (digest),
    recorded_at timestamptz not null,
    check (num_nonnulls(session_id, completion_id) = 1)
);
create unique index evaluation_requests_session on evaluation_requests (session_id, person_id, stage) where session_id is not null;
create unique index evaluation_requests_completion on evaluation_requests (completion_id, stage) where completion_id is not null;
create index evaluation_requests_person on evaluation_requests (person_id, recorded_at);
create index evaluation_requests_newest on evaluation_requests (recorded_at);
create trigger evaluation_requests_append_only before update or delete or truncate on evaluation_requests for each statement execute function refuse_change();

-- What somebody sent. Who answers again supersedes what they sent before.
create table evaluation_responses (
    id uuid primary key,
    number bigint generated always as identity,
    request_id uuid not null references evaluation_requests (id),
    recorded_at timestamptz not null
);
create index evaluation_responses_request on evaluation_responses (request_id, number desc);
create trigger evaluation_responses_append_only before update or delete or truncate on evaluation_responses for each statement execute function refuse_change();

create table evaluation_answers (
    response_id uuid not null references evaluation_responses (id),
    question text not null,
    counts text check (counts in ('rating', 'before', 'after', 'now')),     -- what the figures make of it (F2)
    score integer check (score between 1 and 5),
    choice text,
    words text,                                                             -- their own; goes on erasure (P5) and on redaction
    primary key (response_id, question),
    check (counts is null or score is not null),
    check (num_nonnulls(score, choice, words) <= 1)
);
create trigger evaluation_answers_append_only before update or delete or truncate on evaluation_answers for each statement execute function refuse_change();

-- Words that name somebody are taken out by the business unit, with a reason; that they were is kept.
create table evaluation_redactions (
    response_id uuid not null,
    question text not null,
    recorded_at timestamptz not null,
    recorded_by uuid not null references persons (id),
    reason text not null check (btrim(reason) <> ''),
    primary key (response_id, question),
    foreign key (response_id, question) references evaluation_answers (response_id, question)
);
create trigger evaluation_redactions_append_only before update or delete or truncate on evaluation_redactions for each statement execute function refuse_change();

-- As the owner of the tables: words that were redacted, and those of people who have been erased. Scores and choices stay (P5).
create function blank_evaluation_words(people uuid[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('learning.erasing', 'yes', true);
    update evaluation_answers a set words = null
    where a.words is not null and (
        exists (select from evaluation_redactions d where d.response_id = a.response_id and d.question = a.question)
        or exists (select from evaluation_responses r join evaluation_requests q on q.id = r.request_id join persons p on p.id = q.person_id
                   where r.id = a.response_id and q.person_id = any (people) and p.erased_at is not null));
    perform set_config('learning.erasing', '', true);
end $$;

-- A7, A2, P3: who attended a session by the marks that stand now, each as the person that they are counted as.
create function attended_by(session uuid) returns table (person_id uuid) language sql stable rows 30 as $$
    with standing as (
        select distinct on (m.part_id, m.person_id) m.part_id, m.mark, m.minutes, case when m.mark = 'substitute' then m.substitute_id else m.person_id end as person_id
        from marks m where m.session_id = session and m.person_id is not null
        order by m.part_id, m.person_id, m.reopening desc, (case when m.reopening = 0 then m.marked_at end) desc nulls last, m.number desc),
    present as (
        select distinct counted_as(t.person_id) as person_id, p.id as part_id
        from standing t join session_parts p on p.id = t.part_id join sessions s on s.id = p.session_id join courses c on c.id = s.course_id
        where t.mark in ('attended', 'substitute') or (t.mark = 'part' and t.minutes >= c.required_minutes * p.minutes))
    select present.person_id from present group by present.person_id
    having count(*) >= (select c.required_parts * (select count(*) from session_parts p where p.session_id = s.id) from sessions s join courses c on c.id = s.course_id where s.id = session)
$$;

-- Whether a register is signed, and since when; null: it is not. What was imported nobody signed here, and nobody is asked about it (H4).
create function signed_here(session uuid) returns timestamptz language sql stable as $$
    select e.recorded_at from (select event, recorded_at, recorded_by from register_events where session_id = session order by recorded_at desc, id desc limit 1) e where e.event = 'signed' and e.recorded_by is not null
$$;
