-- What stands of an item of a package in an attempt (E4). The record keeps the best that was said, for good; what the content reads on return (cmi) is what it wrote last.
create table package_states (
    attempt_id uuid not null references learning_attempts (id),
    item text not null check (item <> ''),              -- '~': the whole course as the sequencing of SCORM 2004 has it
    completion text not null check (completion in ('not attempted', 'incomplete', 'completed')),
    success text not null check (success in ('unknown', 'failed', 'passed')),
    score numeric(5, 2) check (score between 0 and 100),
    cmi jsonb not null check (jsonb_typeof(cmi) = 'object'),
    exit text not null check (exit in ('none', 'suspend', 'ended')),   -- how the last session ended; none: it did not, as far as was heard
    saved_at timestamptz not null,                      -- when the newest commit was made, by the server's clock
    device uuid not null,
    number integer not null,                            -- of that commit on its device
    primary key (attempt_id, item)
);
create function package_states_go_forward() returns trigger language plpgsql as $$
begin
    if array_position(array['not attempted', 'incomplete', 'completed'], new.completion) < array_position(array['not attempted', 'incomplete', 'completed'], old.completion)
        or array_position(array['unknown', 'failed', 'passed'], new.success) < array_position(array['unknown', 'failed', 'passed'], old.success)
        or coalesce(new.score, -1) < coalesce(old.score, -1) then
        raise exception 'the state of an item of a package never goes backwards' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger package_states_forward before update on package_states for each row execute function package_states_go_forward();

-- How long each session with an item took, the most that was ever said of it: a commit that comes twice or late adds nothing twice.
create table package_times (
    attempt_id uuid not null references learning_attempts (id),
    item text not null check (item <> ''),
    session uuid not null,
    seconds integer not null check (seconds >= 0),
    primary key (attempt_id, item, session)
);

-- What arrived, for support: of each commit what it changed, as the content said it.
create table package_commits (
    id uuid primary key,                                -- made on the device
    attempt_id uuid not null references learning_attempts (id),
    item text not null,
    session uuid not null,
    device uuid not null,
    number integer not null,
    made_at timestamptz not null,                       -- the device's clock
    recorded_at timestamptz not null,
    ended boolean not null,                             -- the content ended the session with it
    cmi jsonb not null check (jsonb_typeof(cmi) = 'object'),
    kept_back text                                      -- what of it did not count, in words
);
create index package_commits_attempt on package_commits (attempt_id, recorded_at);
create trigger package_commits_append_only before update or delete or truncate on package_commits for each statement execute function refuse_change();

-- As the owner of the tables: the words of people who have been erased, and of whoever's commits are older than a year. That something was sent, and when, stays.
create function blank_package_commits(people uuid[], before timestamptz) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
    gone bigint;
begin
    perform set_config('learning.erasing', 'yes', true);
    update package_commits k set cmi = '{}', kept_back = null
    from learning_attempts t join persons p on p.id = t.person_id
    where k.attempt_id = t.id and (k.cmi <> '{}' or k.kept_back is not null)
        and (t.person_id = any (people) and p.erased_at is not null or k.recorded_at < least(before, now() - interval '1 year'));
    get diagnostics gone = row_count;
    perform set_config('learning.erasing', '', true);
    return gone;
end $$;

-- Where a learner stands in a course (standing_in), with the package that is offered of it, the newest that is not withdrawn, and the one that the attempt began. Volatile for the same reason.
create function standing_with_packages(course uuid, attempt uuid, version text)
returns table (digest text, folder_digest text, withdrawn text[], done text, offered_package uuid, attempt_package uuid) language plpgsql volatile rows 1 set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
#variable_conflict use_column
begin
    select s.digest, s.folder_digest, s.withdrawn, s.done into digest, folder_digest, withdrawn, done from standing_in(course, attempt, version) s;
    select p.id into offered_package from packages p where p.course_id = course and p.digest <> all (withdrawn) order by p.number desc limit 1;
    select p.id into attempt_package from packages p where p.course_id = course and p.digest = version;
    return next;
end $$;
