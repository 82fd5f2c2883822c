-- Access tokens say what they may do; those made before may do everything. When one was last used is kept to within five minutes.
alter table access_tokens
    add column scopes text[] not null default array['read', 'bookings', 'registers', 'figures']
        check (cardinality(scopes) > 0 and scopes <@ array['read', 'bookings', 'registers', 'figures']),
    add column last_used_at timestamptz,
    add column revoked_by uuid references persons (id);
alter table access_tokens alter column scopes drop default;

-- The search of the audit trail: newest first, and by what was done.
create index audit_entries_at on audit_entries (at);
create index audit_entries_verb on audit_entries (verb, id desc);
create index audit_entries_kind on audit_entries (subject_kind, id desc);
