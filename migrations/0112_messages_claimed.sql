-- Several messages are claimed at once, for less than a minute: whoever dies with them leaves them to the others. What became of each is committed as soon as it is known, not with the others (M1).
alter table messages add column claimed_until timestamptz;

-- What somebody waits for at their screen (due as soon as it was queued) goes before what was planned: a confirmation does not stand behind two thousand reminders.
drop index messages_due;
create index messages_due on messages ((due_at > queued_at), next_try_at) where state = 'due';
