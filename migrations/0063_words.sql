-- What pages trust of a row, the database holds (B1): a state is one of the words, and a joining link leads to a meeting and runs nothing. Rows from before are left as they are.
alter table booking_changes add constraint booking_changes_state
    check (state in ('requested', 'confirmed', 'waiting', 'offered', 'declined', 'lapsed', 'cancelled', 'withdrawn')) not valid;
alter table sessions add constraint sessions_join_link check (join_link ~* '^https?://[^[:space:]<>"]+$') not valid;
