-- Retention (P5): who has done nothing for years is told, and then erased; what somebody needed goes soon after the session.

-- How long, in the table of settings; what is not there has its default (6, 30, 30). A period outside its sensible range is refused: nobody is ever told later than 30 days before.
alter table installation add constraint installation_retention check (case
    when name = 'years-without-activity' then value ~ '^[1-9][0-9]?$' and (case when value ~ '^[0-9]{1,2}$' then value::integer end) between 2 and 25
    when name = 'days-of-notice' then value ~ '^[1-9][0-9]{1,2}$' and (case when value ~ '^[0-9]{1,3}$' then value::integer end) between 30 and 180
    when name = 'days-of-needs' then value ~ '^[1-9][0-9]?$' and (case when value ~ '^[0-9]{1,2}$' then value::integer end) between 7 and 90
    else true end);

-- The last day on which a human being (all their records, P3) did something, or something of theirs took place, and what it was. An open employment is none: agencies forget to end them. A role that is
-- held is one today. A place ahead, or a session to give, is one on its day. Whoever has nothing of all this counts from the day on which they were written down.
create function last_activity(people uuid[], local_zone text, today date) returns table (active_on date, what text)
language sql stable parallel safe as $$
    select a.active_on, a.what from (
        select (t.at at time zone local_zone)::date as active_on, case t.verb when 'kept their record' then 'kept' else 'site' end as what, 1 as place
            from unnest(people) p cross join lateral (select at, verb from audit_entries where actor_id = p order by at desc limit 1) t
        union all select (max(s.seen_at) at time zone local_zone)::date, 'site', 2 from accounts a join account_sessions s on s.account_id = a.id where a.person_id = any (people)
        union all select (max(last_used_at) at time zone local_zone)::date, 'site', 3 from access_tokens where person_id = any (people)
        union all select max(case when r.revoked_at is not null then least((r.revoked_at at time zone local_zone)::date, r.ends_on - 1) when r.ends_on <= today then r.ends_on - 1 else today end), 'role', 4
            from role_grants r where r.person_id = any (people)
        union all select max(s.counted_on), 'mark', 5 from marks m join sessions s on s.id = m.session_id where m.person_id = any (people) or m.substitute_id = any (people)
        union all select max(completed_on), 'completion', 6 from completions where person_id = any (people)
        union all select (max(last_seen_at) at time zone local_zone)::date, 'learning', 7 from learning_attempts where person_id = any (people)
        union all select max(s.counted_on), 'gave', 8 from session_trainers t join sessions s on s.id = t.session_id where t.person_id = any (people) and s.status <> 'cancelled'
        union all select max(s.counted_on), 'place', 9 from bookings b join sessions s on s.id = b.session_id where b.person_id = any (people) and b.state in ('requested', 'confirmed', 'waiting', 'offered')
        union all select (max(booked_at) at time zone local_zone)::date, 'booking', 10 from bookings where person_id = any (people)
        union all select (max(created_at) at time zone local_zone)::date, 'added', 11 from persons where id = any (people)
    ) a
    where a.active_on is not null
    order by a.what = 'added', a.active_on desc, a.place limit 1
$$;

-- Who is going to be erased unless they do something: written by the nightly job from so many days before, and gone when they do. Not a person of whom a merged record is another's.
create table retention_cases (
    person_id uuid primary key references persons (id),
    last_active_on date not null,
    last_active text not null,                      -- what it was
    listed_at timestamptz not null,
    erase_on date not null,                         -- as the settings were last night
    link_hash bytea unique,                         -- of what the notice brought; SHA-256
    noticed_at timestamptz,                         -- when the notice was queued; null: there is no address that takes mail
    message_id uuid references messages (id),
    refused text,                                   -- why the last night could not erase them
    check ((noticed_at is null) = (message_id is null) and (noticed_at is null) = (link_hash is null))
);
create index retention_cases_due on retention_cases (erase_on);

-- The business unit keeps a record, for as long as it says: a claim, an inquiry, a duty to preserve. Until it is lifted nothing erases them.
create table record_holds (
    id uuid primary key,
    person_id uuid not null references persons (id),
    reason text not null check (btrim(reason) <> ''),
    held_at timestamptz not null,
    held_by uuid not null references persons (id),
    lifted_at timestamptz,
    lifted_by uuid references persons (id),
    check ((lifted_at is null) = (lifted_by is null))
);
create unique index record_holds_one_open on record_holds (person_id) where lifted_at is null;
create index record_holds_person on record_holds (person_id);

-- An erasure by retention says since when it was announced: nobody goes in less than 30 days.
alter table erasures
    add column listed_at timestamptz check (listed_at <= erased_at - interval '30 days'),
    add column noticed_at timestamptz check (noticed_at <= erased_at - interval '30 days'),
    add constraint erasures_by_retention check (noticed_at is null or listed_at is not null);
