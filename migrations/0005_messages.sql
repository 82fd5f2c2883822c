-- Messages (M1 to M5): written in the verb's transaction, sent later.

create table messages (
    id uuid primary key,
    kind text not null,                             -- the template's name under content/emails/
    person_id uuid references persons (id),
    subject_id uuid not null,                       -- what it is about: a booking, a session, an attempt
    occurrence text not null,                       -- tells apart two of one kind about one thing: "7 days before 2026-12-02T09:30"
    why text not null,                              -- in words, for whoever asks
    data jsonb not null,                            -- what the template needs beyond what is read when it is sent
    session_id uuid references sessions (id),       -- for the list under Manage
    due_at timestamptz not null,
    queued_at timestamptz not null,
    state text not null check (state in ('due', 'sent', 'dropped', 'parked')),
    attempts integer not null default 0,
    next_try_at timestamptz not null,
    sent_at timestamptz,
    settled_at timestamptz,                         -- when it was sent, dropped or parked
    outcome text,                                   -- the mail server's answer, or why it was not sent
    sent_to text,
    sent_subject text,
    sent_text text,                                 -- goes with the person's erasure (P5)
    check ((state = 'sent') = (sent_at is not null)),
    check ((state = 'due') = (settled_at is null))
);
-- M2: a job that runs twice, on two servers, queues once.
create unique index messages_once on messages (kind, person_id, subject_id, occurrence) nulls not distinct;
create index messages_due on messages (next_try_at) where state = 'due';
create index messages_newest on messages (queued_at desc);
create index messages_person on messages (person_id, queued_at desc);
create index messages_session on messages (session_id, queued_at desc);

-- Wakes the sender at once.
create function tell_of_message() returns trigger language plpgsql as $$
begin
    perform pg_notify('messages', '');
    return null;
end $$;
create trigger messages_tell after insert on messages for each statement execute function tell_of_message();
