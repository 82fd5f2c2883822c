-- An answer in the learner's own words stands beside the places of options that others have (E3). Empty: it went with an erasure (P5).
alter table quiz_answers add column words text check (length(words) <= 200), add check ((words is null) = (cardinality(chosen) > 0));
alter table page_checks add column words text check (length(words) <= 200), add check ((words is null) = (cardinality(chosen) > 0)), drop constraint page_checks_chosen_check;

-- The first answer of a try stands (E3): nobody changes or removes it afterwards.
create trigger quiz_answers_append_only before update or delete or truncate on quiz_answers for each statement execute function refuse_change();

-- As the owner of the tables: the words of people who have been erased. Whether the answer was right stays.
create function blank_answers_in_words(people uuid[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform set_config('learning.erasing', 'yes', true);
    update quiz_answers q set words = ''
    from learning_attempts t join persons p on p.id = t.person_id
    where q.attempt_id = t.id and q.words <> '' and t.person_id = any (people) and p.erased_at is not null;
    perform set_config('learning.erasing', '', true);
end $$;
