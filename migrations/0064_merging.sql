-- P3: who is counted as whom now: a row for each person who is merged, with the end of the chain of merges. What stood at an earlier instant the figures work out from the dated records.
create view counted_now as
with recursive newest as (
    select distinct on (person_id) person_id, into_id from person_merges order by person_id, recorded_at desc, id desc),
walk as (
    select person_id, into_id, 1 as step from newest where into_id is not null
    union all
    select w.person_id, n.into_id, w.step + 1 from walk w join newest n on n.person_id = w.into_id where n.into_id is not null and w.step < 20)
select distinct on (person_id) person_id, into_id as counted_id from walk order by person_id, step desc;

-- The one who somebody is counted as now: themselves, unless they are merged.
create function counted_as(person uuid) returns uuid language sql stable as $$
    select coalesce((select c.counted_id from counted_now c where c.person_id = person), person)
$$;

-- All records of one human being, as long as they are merged: the one that is counted, and those that are counted as it.
create function persons_of(person uuid) returns setof uuid language sql stable rows 2 as $$
    select person union all select c.person_id from counted_now c where c.counted_id = person
$$;

-- Two people who look like one and are not: they are not offered again. The smaller id first.
create table not_duplicates (
    first_id uuid not null references persons (id),
    second_id uuid not null references persons (id),
    recorded_at timestamptz not null,
    recorded_by uuid references persons (id),
    primary key (first_id, second_id),
    check (first_id < second_id)
);
