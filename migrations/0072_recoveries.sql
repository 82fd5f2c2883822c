-- Somebody who lost the phone is let back in (0054): how a request ends, and who may decide it.
alter table account_recoveries add column stop_hash bytea unique;       -- of the secret by which the owner, who did not ask, ends it
alter table account_recoveries add column reason text check (btrim(reason) <> '');
alter table account_recoveries add column ended_at timestamptz check (ended_at >= asked_at);
alter table account_recoveries add column ended_because text check (ended_because in ('stopped', 'lapsed', 'asked again'));
alter table account_recoveries add column session_id uuid unique;       -- that the link opened; which may have been forgotten
alter table account_recoveries add check ((ended_at is null) = (ended_because is null));
alter table account_recoveries add check (ended_at is null or used_at is null);
alter table account_recoveries add check (ended_because <> 'lapsed' or decided_at is null);
alter table account_recoveries add check (reason is null or not coalesce(granted, true));
alter table account_recoveries add check (session_id is null or used_at is not null);
drop index account_recoveries_open;
create unique index account_recoveries_open on account_recoveries (account_id) where decided_at is null and ended_at is null;
create index account_recoveries_account on account_recoveries (account_id, asked_at);

-- Who leads an agency that somebody belongs to on a day (S1), themselves left out; the nearest have the smallest step. A deputy is one for as long as they work there.
create function leads_of(person uuid, day date) returns table (lead_id uuid, step integer) language sql stable as $$
    select g.person_id, min(up.step)
    from employments e cross join lateral agency_and_above(e.agency_id) up
    join role_grants g on g.agency_id = up.id and g.role = 'agency lead' and g.revoked_at is null and g.starts_on <= day and (g.ends_on is null or day < g.ends_on)
    join persons p on p.id = g.person_id and p.erased_at is null
    where e.person_id in (select persons_of(person)) and e.starts_on <= day and (e.ends_on is null or day < e.ends_on) and g.person_id not in (select persons_of(person))
        and (not g.deputy or exists (
            select from employments d cross join lateral agency_and_above(d.agency_id) over_them
            where d.person_id = g.person_id and d.starts_on <= day and (d.ends_on is null or day < d.ends_on) and over_them.id = g.agency_id))
    group by g.person_id
$$;

-- By which role somebody who lost their second step is let back in. Nobody decides about somebody who may do more than they: a role that is to begin counts.
create function who_lets_in(person uuid, day date) returns text language sql stable as $$
    with held as (select role from role_grants where person_id in (select persons_of(person)) and revoked_at is null and (ends_on is null or day < ends_on))
    select case
        when exists (select from held where role in ('business unit', 'chair', 'administrator')) then 'administrator'
        when exists (select from held where role = 'agency lead') or not exists (select from leads_of(person, day)) then 'business unit'
        else 'agency lead' end
$$;
