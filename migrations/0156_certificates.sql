-- E5: certificates as facts that were true when they were issued. Nothing in them is read from anywhere else afterwards, so that a renamed person, a withdrawn course or a merged agency changes none.

-- Which course grants them, and since which day of learning: what is older, imported history too, gets none. What else they say that a course did not know.
alter table courses
    add column certificates_from date,                                          -- null: the course grants none
    add column level_framework text check (btrim(level_framework) <> ''),       -- what its level is a level of, with the edition
    add column participatory_share numeric(4, 3) check (participatory_share between 0 and 1);

-- Twenty of 27 letters that nobody takes for another: more than 90 random bits, of the database's strong source.
create function certificate_number() returns text language sql volatile as $$
    select string_agg(substr('ABCDEFGHJKMNPQRTUVWXY346789', 1 + get_byte(r.bytes, i) % 27, 1), '' order by i)
    from (select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) as bytes) r, generate_series(0, 19) i
$$;

create table certificates (
    id uuid primary key default gen_random_uuid(),
    serial bigint generated always as identity,         -- the order of issuing
    number text not null unique default certificate_number() check (number ~ '^[ABCDEFGHJKMNPQRTUVWXY346789]{20}$'),
    person_id uuid not null references persons (id),
    completion_id uuid references completions (id),     -- what it is for: this …
    session_id uuid references sessions (id),           -- … or that
    course_id uuid not null references courses (id),
    holder text,                                        -- their name then; null: it went with an erasure (P5)
    course_code text not null,
    course_title text not null,
    course_kind text not null check (course_kind in ('e-learning', 'trained', 'webinar', 'conference', 'forum')),
    course_version text,                                -- the digest of the e-learning that was taken
    cpd_hours numeric(6, 2) check (cpd_hours >= 0),
    level text,
    level_framework text,
    participatory_share numeric(4, 3) check (participatory_share between 0 and 1),
    held_on date not null,                              -- T3
    issued_at timestamptz not null,
    issued_by uuid references persons (id),             -- null: the program
    expires_on date check (expires_on > held_on),       -- the first day on which it does not count; null: it does not expire
    partnership text not null check (btrim(partnership) <> ''),
    replaces_id uuid unique references certificates (id),
    reason text,                                        -- of a reissue
    check ((completion_id is null) <> (session_id is null)),
    check (replaces_id is not null or (reason is null and issued_by is null))
);
-- I: once for what was learnt and who learnt it. A further one replaces the one before, and that once.
create unique index certificates_of_completion on certificates (completion_id) where replaces_id is null;
create unique index certificates_of_session on certificates (session_id, person_id) where replaces_id is null;
create index certificates_person on certificates (person_id, course_id);
create index certificates_expiry on certificates (expires_on);
create trigger certificates_append_only before update or delete or truncate on certificates for each statement execute function refuse_change();
create trigger certificates_not_of_erased before insert on certificates for each row execute function refuse_erased();

-- I: it has a holder when it is issued, and one that replaces another is for the same.
create function refuse_unsound_certificate() returns trigger language plpgsql as $$
begin
    if coalesce(btrim(new.holder), '') = '' then
        raise exception 'a certificate is issued to somebody by name' using errcode = 'check_violation';
    end if;
    if new.replaces_id is not null and not exists (
        select from certificates c where c.id = new.replaces_id and c.completion_id is not distinct from new.completion_id and c.session_id is not distinct from new.session_id
            and counted_as(c.person_id) = counted_as(new.person_id)) then
        raise exception 'a certificate replaces one of the same person for the same learning' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger certificates_sound before insert on certificates for each row execute function refuse_unsound_certificate();

-- From when one is not good any more, and why.
create table certificate_revocations (
    certificate_id uuid primary key references certificates (id),
    recorded_at timestamptz not null,
    recorded_by uuid references persons (id),           -- null: the program, as the register was corrected
    reason text not null
);
create trigger certificate_revocations_append_only before update or delete or truncate on certificate_revocations for each statement execute function refuse_change();

-- Those that stand: neither revoked nor replaced. One may have expired.
create view standing_certificates as
    select c.* from certificates c
    where not exists (select from certificate_revocations r where r.certificate_id = c.id) and not exists (select from certificates n where n.replaces_id = c.id);

-- Of which signature of a register the certificates have been looked after: one that is signed again is looked at again.
create table certificate_looks (
    session_id uuid primary key references sessions (id),
    event_id bigint not null
);

-- P5, as the owner of the tables: of people who have been erased the name goes, and what was written about it. The number stays, and verifies as issued.
create function blank_certificates(people uuid[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
    erased uuid[] := array(select id from persons where id = any (people) and erased_at is not null);
begin
    perform set_config('learning.erasing', 'yes', true);
    update certificate_revocations r set reason = '' from certificates c where c.id = r.certificate_id and c.person_id = any (erased) and r.recorded_by is not null;
    update certificates set holder = null, reason = case when reason is null then null else '' end where person_id = any (erased);
    perform set_config('learning.erasing', '', true);
end $$;

-- Whether a register is signed now, by whomever: one that was opened again since somebody looked takes no certificate away and gives none.
create function is_signed(session uuid) returns boolean language sql stable as $$
    select coalesce((select e.event = 'signed' from register_events e where e.session_id = session order by e.recorded_at desc, e.id desc limit 1), false)
$$;
