-- A press on "Book a place" waits for the session's row and then needs to know how it stands. Both in one statement, while others wait: each statement inside these two functions sees what was
-- committed before it (they are volatile), so that what is counted is counted after the wait (B2).
create function lock_session(reference text) returns setof sessions language plpgsql volatile rows 1 as $$
begin
    return query select * from sessions where upper(ref) = upper(reference) for update;
end $$;

-- How many wait and since when the last of them has; a person's live booking, of which there is at most one (B3), and its number on the list.
create function standing_on(session uuid, person uuid)
returns table (waiting integer, newest_waiting_at timestamptz, live_id uuid, live_position integer) language plpgsql volatile rows 1 as $$
begin
    return query
        select w.waiting, w.newest, l.id, l.position
        from (select count(*)::integer as waiting, max(b.line_at) as newest from bookings b where b.session_id = session and b.state = 'waiting') w
        left join lateral (
            select b.id, case when b.state = 'waiting' then (
                select count(*)::integer from bookings a
                where a.session_id = b.session_id and a.state = 'waiting' and (a.line_at, a.number) <= (b.line_at, b.number)) end as position
            from bookings b
            where b.session_id = session and b.person_id in (select same from persons_of(person) same) and b.state in ('requested', 'confirmed', 'waiting', 'offered')
            order by b.beyond_rules limit 1) l on true;
end $$;
