-- "Tell me when there is a date" ends with a booking of the course, however it was made: by the person, by a lead for several at once, by taking a colleague's place over.
create function end_interest() returns trigger language plpgsql as $$
begin
    if exists (select from new_rows n join sessions s on s.id = n.session_id join course_interests i on i.course_id = s.course_id and i.ended_at is null) then
        update course_interests i set ended_at = greatest(n.state_at, i.asked_at), ended_because = 'booked'
        from new_rows n join sessions s on s.id = n.session_id
        where i.course_id = s.course_id and i.ended_at is null and counted_as(i.person_id) = counted_as(n.person_id) and n.state in ('requested', 'confirmed', 'waiting', 'offered') and not n.beyond_rules;
    end if;
    return null;
end $$;
create trigger bookings_end_interest after insert on bookings referencing new table as new_rows for each statement execute function end_interest();
