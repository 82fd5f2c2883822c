-- B6: the lists that are still served are few; every minute somebody looks for those with a free place.
create index bookings_waiting on bookings (session_id, booked_at, number) where state = 'waiting';
