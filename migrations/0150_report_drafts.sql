-- Definitions of reports that are written on the page. Their texts are versions like those of files (report_definitions, by their digest); which of them a report has now is a record of its own, because a text that
-- was there before may come back. The newest record stands, above a file of the same name. Nothing of it is changed.
create table report_drafts (
    id bigint generated always as identity primary key,
    report text not null,
    digest text not null references report_definitions (digest),
    written_at timestamptz not null,
    written_by uuid not null references persons (id)
);
create index report_drafts_newest on report_drafts (upper(report), id desc);
create trigger report_drafts_append_only before update or delete or truncate on report_drafts for each statement execute function refuse_change();
