-- M5: a bounce that the mail service reported afterwards. That a mail server accepts the next letter does not take it back: it accepted the one that bounced, too.
alter table person_emails add column bounce_reported boolean not null default false;
