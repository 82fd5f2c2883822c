-- P3: who is counted as whom now, kept at hand: every page asks, and a booking asks while others wait for its session. Worked out again from the dated records whenever one is added.
alter view counted_now rename to counted_by_merges;
create table counted_now (
    person_id uuid primary key references persons (id),
    counted_id uuid not null references persons (id) check (counted_id <> person_id)
);
create index counted_now_counted on counted_now (counted_id);
insert into counted_now select person_id, counted_id from counted_by_merges;

create function keep_counted_now() returns trigger language plpgsql as $$
begin
    delete from counted_now where not exists (select from counted_by_merges m where m.person_id = counted_now.person_id and m.counted_id = counted_now.counted_id);
    insert into counted_now select person_id, counted_id from counted_by_merges on conflict (person_id) do nothing;
    return null;
end $$;
create trigger person_merges_keep_counted_now after insert on person_merges for each statement execute function keep_counted_now();

-- P4, as before, in a language whose plans are kept: it is asked at every booking.
create or replace function awaits_placing(person uuid, day date) returns boolean language plpgsql stable parallel safe as $$
begin
    return exists (select from sign_ups s where s.person_id = person)
        and not exists (select from employments e where e.person_id = person and e.starts_on <= day and (e.ends_on is null or day < e.ends_on));
end $$;
