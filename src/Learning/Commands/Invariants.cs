namespace Learning.Commands;

/// <summary>A statement that must never be false, with the SQL that finds what breaks it: one line of text a row.</summary>
internal sealed record Invariant(string Rule, string Sentence, string Sql);

/// <summary>The invariants of the rules that can be walked over the data, also those that a constraint keeps: a restore or a hand at the database may have gone round it.</summary>
internal static class Invariants
{
    public static readonly IReadOnlyList<Invariant> All =
    [
        new("P1", "A person who signs in has one account", "select 'person ' || person_id from accounts group by person_id having count(*) > 1"),
        new("P6", "An address belongs to one person, in one spelling", """
            select 'address of person ' || min(person_id::text) from person_emails group by lower(btrim(email)) having count(*) > 1
            union all select 'address of person ' || person_id from person_emails where email <> lower(btrim(email))
            """),
        new("P6", "Whoever has addresses has one main address", "select 'person ' || person_id from person_emails group by person_id having count(*) filter (where main) <> 1"),
        new("P2", "An employment does not end before it begins", "select 'employment ' || id from employments where ends_on < starts_on"),
        new("P3", "A merge leads to somebody in the end, never round in a circle", """
            with recursive newest as (
                select distinct on (person_id) person_id, into_id from person_merges order by person_id, recorded_at desc, id desc),
            walk as (
                select person_id, into_id, array[person_id] as seen from newest where into_id is not null
                union all
                select w.person_id, n.into_id, w.seen || n.person_id from walk w join newest n on n.person_id = w.into_id
                where n.into_id is not null and not n.person_id = any (w.seen))
            select distinct 'person ' || person_id from walk where into_id = any (seen)
            """),
        new("B2", "Places taken are those confirmed and offered", """
            select 'session ' || s.ref || ': ' || s.taken || ' counted, ' || count(b.id) || ' found' from sessions s
            left join bookings b on b.session_id = s.id and b.state in ('confirmed', 'offered') group by s.id having s.taken <> count(b.id)
            """),
        new("B2", "No session has more taken than places, unless its history had", "select 'session ' || ref from sessions where taken > capacity and not beyond_rules"),
        new("B3", "At most one live booking of a person on a session, unless its history had", """
            select 'session ' || session_id || ', person ' || person_id from bookings
            where state in ('requested', 'confirmed', 'waiting', 'offered') and not beyond_rules group by session_id, person_id having count(*) > 1
            """),
        new("B1", "The newest change of a booking is its state", """
            select 'booking ' || b.id from bookings b
            join lateral (select state from booking_changes c where c.booking_id = b.id order by id desc limit 1) newest on true where newest.state <> b.state
            union all select 'booking ' || b.id from bookings b where not exists (select from booking_changes c where c.booking_id = b.id)
            """),
        new("B6", "Nobody waits for a planned session with places free", """
            select 'session ' || s.ref from sessions s where s.status = 'planned' and s.taken < s.capacity and s.booking_closes_at > now()
            and exists (select from bookings b where b.session_id = s.id and b.state = 'waiting')
            """),
        new("B13", "Nobody holds or awaits a place on a cancelled session that was to come", """
            select 'booking ' || b.id from bookings b join sessions s on s.id = b.session_id
            where s.status = 'cancelled' and b.state in ('requested', 'waiting', 'offered')
            """),
        new("T1", "A session starts and ends with its parts", """
            select 'session ' || s.ref from sessions s left join session_parts p on p.session_id = s.id group by s.id
            having count(p.id) = 0 or min(p.starts_at) <> s.starts_at or max(p.ends_at) <> s.ends_at
            """),
        new("T3", "A session counts on the local date on which its last part starts", """
            select 'session ' || s.ref from sessions s join session_parts p on p.session_id = s.id group by s.id having max(p.starts_local)::date <> s.counted_on
            """),
        new("T4", "The newest history of a session is what it is", """
            select 'session ' || s.ref from sessions s
            left join lateral (select * from session_history h where h.session_id = s.id order by id desc limit 1) h on true
            where (h.capacity, h.board, h.status, h.counted_on, h.starts_at, h.ends_at) is distinct from (s.capacity, s.board, s.status, s.counted_on, s.starts_at, s.ends_at)
            """),
        new("A1", "A mark is on a part of its own session", "select 'mark ' || m.id from marks m join session_parts p on p.id = m.part_id where p.session_id <> m.session_id"),
        new("H5", "No mark is on a cancelled session", "select distinct 'session ' || s.ref from marks m join sessions s on s.id = m.session_id where s.status = 'cancelled'"),
        new("A6", "In a signed register every confirmed booking that its history did not leave unknown has a mark", """
            select 'session ' || s.ref || ', booking ' || b.id from sessions s
            join lateral (select event, recorded_by from register_events e where e.session_id = s.id order by id desc limit 1) e on e.event = 'signed' and e.recorded_by is not null
            join bookings b on b.session_id = s.id and b.state = 'confirmed'
            where not exists (select from marks m where m.session_id = s.id and m.person_id = b.person_id)
            """),
        new("E2", "A completed attempt has one completion", """
            select 'attempt ' || a.id from learning_attempts a where (a.completed_at is not null) <> exists (select from completions c where c.attempt_id = a.id)
            """),
        new("M2", "A message is queued once", """
            select 'message ' || min(id::text) from messages group by kind, person_id, subject_id, occurrence having count(*) > 1
            """),
        new("M5", "No message is due that has used up its tries", "select 'message ' || id from messages where state = 'due' and attempts > 5"),
    ];
}
