-- What somebody needs in order to take part: seen by those who run the session, ticked when it is met, and gone in time (P5, S2).
alter table bookings
    add column needs_met_at timestamptz,
    add column needs_met_by uuid references persons (id),
    add constraint bookings_needs_met check ((needs_met_at is null) = (needs_met_by is null) and (needs_met_at is null or needs is not null));
create index bookings_with_needs on bookings (session_id) where needs is not null;
