-- The words of letters as the business unit has changed them: each change is a version, and the newest counts. Without one, a letter's words are the delivered ones (content/emails/).
create table letter_versions (
    kind text not null,
    version integer not null check (version > 0),
    subject text,                                   -- both null: back to the words as they are delivered
    body text,
    made_at timestamptz not null,
    made_by uuid references persons (id),
    primary key (kind, version),
    check ((subject is null) = (body is null))
);
create trigger letter_versions_append_only before update or delete or truncate on letter_versions for each statement execute function refuse_change();
