-- Which roles a person has today: asked at each request of whoever has signed in, with the session that asks. Planned once a connection.
create function roles_of(person uuid, today date, strong boolean)
returns table (role text, agency_id uuid) language plpgsql stable rows 3 set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
    return query
        with recursive held as (
            select g.role, g.agency_id, g.deputy from role_grants g where g.person_id = person and g.revoked_at is null and g.starts_on <= today and (g.ends_on is null or today < g.ends_on)),
        led as (
            select h.agency_id as root, h.agency_id, h.deputy from held h where h.role = 'agency lead'
            union select l.root, a.id, l.deputy from agencies a join led l on a.parent_id = l.agency_id),
        -- A deputy is one for as long as they work there, whoever forgets to take it back.
        leads as (
            select l.agency_id from led l where not l.deputy or exists (
                select from led part join employments e on e.agency_id = part.agency_id
                where part.root = l.root and e.person_id = person and e.starts_on <= today and (e.ends_on is null or today < e.ends_on)))
        select distinct h.role, null::uuid from held h where h.role <> 'agency lead'
        union all select 'agency lead', null where exists (select from leads)
        union all select null, l.agency_id from leads l
        union all select 'trainer', null where exists (select from session_trainers t where t.person_id in (select same from persons_of(person) same))
        union all select 'organiser', null where exists (select from course_organisers o where o.person_id = person)
        union all select 'weak', null where not strong and not exists (select from accounts a where a.person_id = person and a.second_step_exempt)
            and not exists (select from installation i where i.name = 'second-step' and i.value = 'no');
end $$;
