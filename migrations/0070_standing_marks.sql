-- What the figures read of a mark, in the order in which one of them stands (A2): of a session they need this index alone, neither the table nor a sort.
-- It begins as the index did that it replaces, and serves what that served.
create index marks_standing on marks
    (session_id, part_id, person_id, reopening desc, (case when reopening = 0 then marked_at end) desc nulls last, number desc)
    include (id, recorded_at, marked_at, mark, minutes, agency_id, workforce, substitute_id, substitute_agency_id, substitute_workforce);
drop index marks_session;

-- Marks are only ever added. Without a vacuum the index alone does not tell whether a row can be seen, and the default waits for a fifth of the table.
alter table marks set (autovacuum_vacuum_insert_scale_factor = 0.02);

-- Which sessions were ever dated in a period: a report of one year need not look at the history of all.
create index session_history_dated on session_history (counted_on, session_id);
