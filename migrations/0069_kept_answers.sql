-- What a program was answered when it asked for a place with an Idempotency-Key: for a day, the same key of the same caller gets the same answer, and nothing is done again.
create table kept_answers (
    key_hash bytea primary key,                     -- SHA-256 of the caller and the key: neither is kept
    asked_hash bytea not null,                      -- SHA-256 of what was asked
    asked_at timestamptz not null,
    outcome text check (outcome in ('confirmed', 'waiting', 'requested', 'refused')),
    booking_id uuid references bookings (id),
    position integer check (position > 0),
    reason text,                                    -- of a refusal
    check ((outcome = 'refused') = (reason is not null) and (outcome is null or outcome = 'refused') = (booking_id is null) and (coalesce(outcome, '') = 'waiting') = (position is not null))
);
create index kept_answers_asked on kept_answers (asked_at);
create index kept_answers_booking on kept_answers (booking_id);
