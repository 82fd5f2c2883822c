-- Compliance from agency returns (F2, C2): how many people an agency has in scope for a level on a date, and how many of them hold valid training. The platform does not know a workforce; the agency does.

-- Levels of training are data, and so are their hours: sources differ, so each line says its framework and edition.
create table training_levels (
    code text primary key check (code = btrim(code) and code <> ''),
    name text not null check (btrim(name) <> ''),
    place integer not null unique                   -- the order in which they are listed
);
create table training_level_hours (
    level_code text not null references training_levels (code),
    framework text not null check (btrim(framework) <> ''),
    edition text not null check (btrim(edition) <> ''),
    hours text not null check (btrim(hours) <> ''), -- as the edition says it: "12 to 16"
    months integer not null check (months > 0),     -- within which they are to be had
    primary key (level_code, framework, edition)
);
insert into training_levels (code, name, place) values
    ('1', 'Level 1', 1), ('2', 'Level 2', 2), ('3', 'Level 3', 3), ('4', 'Level 4', 4), ('5', 'Level 5', 5), ('board', 'Board level', 6);
insert into training_level_hours (level_code, framework, edition, hours, months) values
    ('1', 'Safeguarding children: intercollegiate document', 'Fourth edition, January 2019', '2', 36),
    ('2', 'Safeguarding children: intercollegiate document', 'Fourth edition, January 2019', '4', 36),
    ('3', 'Safeguarding children: intercollegiate document', 'Fourth edition, January 2019', '8, or 12 to 16 for specialists', 36),
    ('4', 'Safeguarding children: intercollegiate document', 'Fourth edition, January 2019', '24', 36),
    ('5', 'Safeguarding children: intercollegiate document', 'Fourth edition, January 2019', '24', 36),
    ('1', 'Adult safeguarding: intercollegiate document', 'First edition, August 2018', '2', 36),
    ('2', 'Adult safeguarding: intercollegiate document', 'First edition, August 2018', '3 to 4', 36),
    ('3', 'Adult safeguarding: intercollegiate document', 'First edition, August 2018', '8', 36);

-- T4: a return is never changed. The newest of an agency, level and date stands; one without numbers takes it back.
create table training_returns (
    id uuid primary key,
    number bigint generated always as identity,     -- the order in which they were written down
    agency_id uuid not null references agencies (id),
    level text not null references training_levels (code),
    counted_on date not null,
    in_scope integer check (in_scope >= 0),
    valid integer check (valid >= 0 and valid <= in_scope),
    by_file boolean not null,
    recorded_at timestamptz not null,
    recorded_by uuid references persons (id),
    check ((in_scope is null) = (valid is null))
);
create index training_returns_standing on training_returns (agency_id, level, counted_on, recorded_at desc, number desc);
create trigger training_returns_append_only before update or delete or truncate on training_returns for each statement execute function refuse_change();
