-- M5: how far the mailbox of delivery reports has been read: which mailbox (a digest, no name of anybody), while its numbers hold (UIDVALIDITY), up to which mail.
create table bounce_readings (
    only_one boolean primary key default true check (only_one),
    mailbox text not null check (mailbox ~ '^[0-9a-f]{64}$'),
    validity bigint not null,
    read_until bigint not null check (read_until > 0),
    read_at timestamptz not null
);
