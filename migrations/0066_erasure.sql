-- Erasure (P5): the person's name, addresses, needs and free text go; a number without identity stays, so that signed figures stand.

alter table persons add constraint persons_erased_nameless check (erased_at is null or (given_name = '' and family_name = ''));

-- By whom and why. The reason names nobody: who writes one that does is told so.
create table erasures (
    person_id uuid primary key references persons (id),
    erased_at timestamptz not null,
    erased_by uuid references persons (id),         -- null: the program itself, or the owner of the machine by command line
    reason text not null check (btrim(reason) <> '')
);

-- Somebody asks to be erased; the business unit decides.
create table erasure_requests (
    id uuid primary key,
    person_id uuid not null references persons (id),
    asked_at timestamptz not null,
    why text,                                       -- in their own words
    decision text check (decision in ('erased', 'declined', 'withdrawn')),
    decided_at timestamptz,
    decided_by uuid references persons (id),
    answer text,                                    -- why not
    check ((decision is null) = (decided_at is null)),
    check ((decision = 'declined') = (answer is not null))
);
create unique index erasure_requests_open on erasure_requests (person_id) where decision is null;
create index erasure_requests_person on erasure_requests (person_id, asked_at);

-- Nobody can sign in to it again, hold a role, or be written to. Who tries at the same moment waits until the erasure is over.
create function refuse_erased() returns trigger language plpgsql as $$
begin
    perform from persons where id = new.person_id for key share;
    if exists (select from persons where id = new.person_id and erased_at is not null) then
        raise exception 'person % has been erased', new.person_id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger accounts_not_of_erased before insert or update of person_id on accounts for each row execute function refuse_erased();
create trigger person_emails_not_of_erased before insert or update of person_id on person_emails for each row execute function refuse_erased();
create trigger role_grants_not_of_erased before insert on role_grants for each row execute function refuse_erased();
create trigger access_tokens_not_of_erased before insert on access_tokens for each row execute function refuse_erased();

create function refuse_bookings_of_erased() returns trigger language plpgsql as $$
begin
    if exists (select from new_rows n join persons p on p.id = n.person_id
               where p.erased_at is not null and n.state in ('requested', 'confirmed', 'waiting', 'offered')) then
        raise exception 'a place was booked for a person who has been erased' using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
create trigger bookings_not_of_erased after insert on bookings referencing new table as new_rows
    for each statement execute function refuse_bookings_of_erased();

-- What is append-only may hold words that say who somebody was. Those go, too, and nothing else of it changes: erase_words alone does that, as the owner of the tables. The audit trail
-- holds no such words (S3).
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and tg_table_name <> 'audit_entries' and current_setting('learning.erasing', true) = 'yes' then
        return null;
    end if;
    raise exception '% is append-only: a correction is a new row', tg_table_name using errcode = 'restrict_violation';
end $$;

-- A text as its words with a space between, so that a name is found as words of its own: "Ann" is not in "annual".
create function plain_words(words text) returns text language sql immutable parallel safe as $$
    select btrim(regexp_replace(lower(words), '[^[:alnum:]]+', ' ', 'g'))
$$;

-- Only of people who have been erased. named: their names and addresses, for what others wrote about a session that they were at.
create function erase_words(people uuid[], named text[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
    erased uuid[] := array(select id from persons where id = any (people) and erased_at is not null);
begin
    perform set_config('learning.erasing', 'yes', true);
    update booking_changes c set reason = null from bookings b where b.id = c.booking_id and b.person_id = any (erased) and c.reason is not null;
    update person_merges set reason = '' where (person_id = any (erased) or into_id = any (erased)) and reason <> '';
    update register_events e set reason = 'The reason went with a person''s erasure.'
    where e.reason is not null and exists (select from unnest(named) n where plain_words(n) <> '' and position(' ' || plain_words(n) || ' ' in ' ' || plain_words(e.reason) || ' ') > 0)
        and (exists (select from bookings b where b.session_id = e.session_id and b.person_id = any (erased))
            or exists (select from marks m where m.session_id = e.session_id and (m.person_id = any (erased) or m.substitute_id = any (erased)))
            or exists (select from session_trainers t where t.session_id = e.session_id and t.person_id = any (erased)));
    perform set_config('learning.erasing', '', true);
end $$;

-- S3, P5: the trail holds ids only. An address can never get into it; that no name does, a test holds over everything that writes there.
alter table audit_entries add constraint audit_entries_no_address check (verb !~ '@' and coalesce(details::text, '') !~ '@') not valid;
