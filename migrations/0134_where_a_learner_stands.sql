-- Where a learner stands in a course is asked at each page and at each press, and a press waits for whoever else presses in the same attempt. The last two functions are volatile: what they read is what
-- was committed before it is read, so that what was done is read after the wait (E2).

create function course_of(code text) returns setof courses language sql stable rows 1 as $$
    select c.* from courses c where upper(c.code) = upper(course_of.code)
$$;

-- An array of the records, because each is then looked up: joined, the database read the whole course's attempts.
-- The attempt that is open, else the newest that was completed, of a person and of the records that are counted as theirs (P3); held to the end of the transaction where that is wanted.
create function attempt_of(course uuid, person uuid, hold boolean) returns setof learning_attempts language plpgsql volatile rows 1 set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
begin
    if hold then
        return query
            select a.* from learning_attempts a where a.person_id = any (array(select same from persons_of(person) same)) and a.course_id = course and a.ended_at is null
            order by a.completed_at is null desc, a.last_seen_at desc limit 1 for update;
    else
        return query
            select a.* from learning_attempts a where a.person_id = any (array(select same from persons_of(person) same)) and a.course_id = course and a.ended_at is null
            order by a.completed_at is null desc, a.last_seen_at desc limit 1;
    end if;
end $$;

-- What was published of a course and withdrawn from it; and all that was done in an attempt, as JSON whose names are the columns'.
create function standing_in(course uuid, attempt uuid, version text)
returns table (digest text, folder_digest text, withdrawn text[], done text) language plpgsql volatile rows 1 set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
#variable_conflict use_column
begin
    withdrawn := array(select w.digest from version_withdrawals w where w.course_id = course);
    select p.digest, p.folder_digest into digest, folder_digest from course_publications p where p.course_id = course and p.digest <> all (withdrawn) order by p.number desc limit 1;
    done := case when attempt is not null then json_build_object(
        'seen', (select coalesce(json_agg(v.page), '[]') from page_visits v where v.attempt_id = attempt),
        'choices', (select coalesce(json_object_agg(c.decision, c.choice), json_build_object()) from case_choices c where c.attempt_id = attempt),
        'answers', (select coalesce(json_agg(q order by q.id), '[]') from quiz_answers q where q.attempt_id = attempt),
        'checks', (select coalesce(json_agg(k), '[]') from page_checks k where k.attempt_id = attempt),
        'reflections', (select coalesce(json_agg(r), '[]') from reflections r where r.attempt_id = attempt),
        'sign_off', (select to_json(s) from course_sign_offs s where s.course_id = course and s.digest = version)) end;
    return next;
end $$;
