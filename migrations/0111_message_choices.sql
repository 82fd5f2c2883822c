-- M4: what a person has chosen about the letters that are optional. No row: they get it.
create table message_choices (
    person_id uuid not null references persons (id),
    choice text not null,                           -- a word of the program's list of choices
    wanted boolean not null,
    changed_at timestamptz not null,
    primary key (person_id, choice)
);
