-- The program serves as a role that owns nothing (S3): it may add to what is append-only and change nothing of it. Which rights that role has on which table is
-- worked out at each start from what refuse_change refuses, since its name is the installation's; here is what such a role needs beside rights on tables.

-- Statistics are the owner's to renew. An import of history adds so much that the questions which follow it would otherwise be planned for an empty table.
create function analyze_history() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
    analyze persons, person_emails, employments, sessions, session_parts, session_history, bookings, booking_changes, marks, register_events, completions;
end $$;

-- The other job engine's tables have a schema of their own too; whoever made it before keeps what is in it.
create schema if not exists hangfire;
