-- P2: somebody's employment of a day, of several the one with the agency given, else the main one. As rows, a statement about many people looks each up without a call for each.
create function employment_that_day(person uuid, day date, given_agency uuid default null) returns setof employments language sql stable parallel safe rows 1 as $$
    select e.* from employments e
    where e.person_id = person and e.starts_on <= day and (e.ends_on is null or day < e.ends_on)
    order by (e.agency_id = given_agency) desc nulls last, e.main desc, e.starts_on desc, e.number desc
    limit 1
$$;
create or replace function employment_on(person uuid, day date, given_agency uuid default null) returns uuid language sql stable parallel safe as $$
    select e.id from employment_that_day(person, day, given_agency) e
$$;
