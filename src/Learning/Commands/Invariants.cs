using Learning.Records.Retention;

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
        new("S1", "What takes two people was approved by a second one", """
            select 'role ' || g.id from role_grants g left join role_requests r on r.id = g.request_id
            where g.granted_by is not null and (g.role in ('business unit', 'administrator') or g.granted_by = g.person_id)
                and (r.decision is distinct from 'approved' or r.decided_by in (r.asked_by, r.person_id) or (r.person_id, r.role) is distinct from (g.person_id, g.role))
            """),
        new("S1", "Where there was ever an administrator there is one without a last day", """
            select 'no administrator' where exists (select from role_grants where role = 'administrator')
                and not exists (select from role_grants g join persons p on p.id = g.person_id where g.role = 'administrator' and g.revoked_at is null and g.ends_on is null and p.erased_at is null)
            """),
        new("P2", "An employment does not end before it begins", "select 'employment ' || id from employments where ends_on < starts_on"),
        new("P1", "Nobody is employed twice by one agency on one day", """
            select 'employments ' || a.id || ' and ' || b.id from employments a
            join employments b on b.person_id = a.person_id and b.agency_id = a.agency_id and b.id > a.id and daterange(a.starts_on, a.ends_on) && daterange(b.starts_on, b.ends_on)
            """),
        new("P2", "Nobody has two main employments on one day", """
            select 'employments ' || a.id || ' and ' || b.id from employments a
            join employments b on b.person_id = a.person_id and b.id > a.id and a.main and b.main and daterange(a.starts_on, a.ends_on) && daterange(b.starts_on, b.ends_on)
            """),
        new("P2", "No agency is a department of itself, or succeeds itself, however far round", """
            with recursive up as (
                select id, parent_id as next, array[id] as seen from agencies where parent_id is not null
                union all select u.id, a.parent_id, u.seen || a.id from up u join agencies a on a.id = u.next where a.parent_id is not null and not a.id = any (u.seen)),
            on_ as (
                select agency_id as id, successor_id as next, array[agency_id] as seen from agency_successions
                union all select o.id, s.successor_id, o.seen || s.agency_id from on_ o join agency_successions s on s.agency_id = o.next where not s.agency_id = any (o.seen))
            select distinct 'agency ' || id from (select * from up union all select * from on_) walk where next = any (seen)
            """),
        new("P2", "The newest history of an agency is what it is", """
            select 'agency ' || a.code from agencies a
            left join lateral (select * from agency_history h where h.agency_id = a.id order by id desc limit 1) h on true
            where (h.name, h.sector, h.parent_id) is distinct from (a.name, a.sector, a.parent_id)
            """),
        new("E5", "A certificate has a holder until they are erased, and one that replaces another is for the same learning", """
            select 'certificate ' || c.id from certificates c join persons p on p.id = c.person_id where c.holder is null and p.erased_at is null
            union all select 'certificate ' || n.id from certificates n join certificates c on c.id = n.replaces_id where (n.completion_id, n.session_id) is distinct from (c.completion_id, c.session_id)
            """),
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
        new("P5", "Who was erased has no name, address, account, token or place ahead", """
            select 'person ' || p.id from persons p where p.erased_at is not null and (
                p.given_name || p.family_name <> '' or exists (select from person_emails where person_id = p.id) or exists (select from accounts where person_id = p.id)
                or exists (select from access_tokens where person_id = p.id) or exists (select from bookings where person_id = p.id and needs is not null)
                or exists (select from bookings b join sessions s on s.id = b.session_id where b.person_id = p.id and s.starts_at > now() and b.state in ('requested', 'confirmed', 'waiting', 'offered')))
            """),
        new("P5", "What somebody needed is gone in time after the session, give or take a day", """
            select 'booking ' || b.id from bookings b join sessions s on s.id = b.session_id
            where b.needs is not null and s.ends_at < now() - make_interval(days => coalesce((select value::integer from installation where name = 'days-of-needs'), 30) + 2)
            """),
        new("P5", "Nobody is erased by retention who was not announced 30 days before, and written to where it says so", $"""
            select 'person ' || e.person_id from erasures e where e.listed_at > e.erased_at - interval '30 days' or e.noticed_at > e.erased_at - interval '30 days'
            union all
            select 'person ' || e.person_id from erasures e where e.noticed_at is not null and not exists (
                select from messages m where m.kind = 'record-ends' and m.person_id in (e.person_id, counted_as(e.person_id)) and m.queued_at <= e.erased_at - interval '30 days')
            union all
            select 'person ' || e.person_id from erasures e where e.reason = '{EraseInactive.Reason}' and e.listed_at is null
            """),
        new("P5", "Nobody is erased whose record is kept", "select 'person ' || h.person_id from record_holds h join persons p on p.id = h.person_id where h.lifted_at is null and p.erased_at is not null"),
        new("B2", "Places taken are those confirmed and offered", """
            select 'session ' || s.ref || ': ' || s.taken || ' counted, ' || count(b.id) || ' found' from sessions s
            left join bookings b on b.session_id = s.id and takes_place(b.state, b.holds_place) group by s.id having s.taken <> count(b.id)
            """),
        new("B2", "No session has more taken than places, unless its history had", "select 'session ' || ref from sessions where taken + kept > capacity and not beyond_rules"),
        // The record and not how it stands now. What was written by one transaction took effect at once.
        new("B2", "At no moment on record had a session more taken than places, unless its history had", """
            select 'session ' || s.ref || ', step ' || stood.step || ': ' || stood.over || ' too many' from (
                select session_id, step, sum(more) over line as over, written_with is distinct from lead(written_with) over (partition by session_id order by step nulls first) as last_of_its_own
                from (
                    select session_id, step, written_with,
                        takes_place(state, coalesce(holds_place, false))::integer - coalesce(lag(takes_place(state, coalesce(holds_place, false))::integer) over (partition by booking_id order by id), 0) as more
                    from booking_changes
                    union all
                    select session_id, step, written_with, coalesce(lag(capacity) over (partition by session_id order by id), 0) - capacity from session_history) changes
                window line as (partition by session_id order by step nulls first)) stood
            join sessions s on s.id = stood.session_id
            where stood.over > 0 and stood.step is not null and stood.last_of_its_own and not s.beyond_rules
            """),
        new("B5", "What a session keeps is what its held places have left", """
            select 'session ' || s.ref || ': ' || s.kept || ' kept, ' || coalesce(sum(h.places - h.used), 0) || ' found' from sessions s
            left join held_places h on h.session_id = s.id and h.released_at is null group by s.id having s.kept <> coalesce(sum(h.places - h.used), 0)
            """),
        new("B5", "Held places are used by those who hold them, and by people of theirs", """
            select 'held places ' || h.id from held_places h left join bookings b on b.held_id = h.id and takes_place(b.state, b.holds_place)
            group by h.id having h.used <> count(b.id)
            """),
        new("B3", "At most one live booking of a person on a session, unless its history had", """
            select 'session ' || session_id || ', person ' || person_id from bookings
            where state in ('requested', 'confirmed', 'waiting', 'offered') and not beyond_rules group by session_id, person_id having count(*) > 1
            """),
        new("B1", "The newest change of a booking is its state", """
            select 'booking ' || b.id from bookings b
            join lateral (select state from booking_changes c where c.booking_id = b.id order by id desc limit 1) newest on true where newest.state <> b.state
            union all select 'booking ' || b.id from bookings b where not exists (select from booking_changes c where c.booking_id = b.id)
            """),
        new("B11", "Who took a place over has it on the same session as whoever gave it up, and they are two people", """
            select 'booking ' || b.id from bookings b join bookings before on before.id = b.instead_of
            where before.session_id <> b.session_id or before.person_id = b.person_id or before.state <> 'cancelled' or before.late
            """),
        new("B6", "Nobody waits for a planned session with places free", """
            select 'session ' || s.ref from sessions s where s.status = 'planned' and s.taken + s.kept < s.capacity and s.booking_closes_at > now()
            and exists (select from bookings b where b.session_id = s.id and b.state = 'waiting')
            """),
        new("B14", "Nobody has two workshops of one round", """
            select 'person ' || person_id || ', round ' || round_id from bookings where state = 'confirmed' and round_id is not null and not beyond_rules group by person_id, round_id having count(*) > 1
            """),
        new("B14", "Whoever has a workshop of a conference, or waits for one, has a place at it", """
            select 'booking ' || b.id from bookings b join sessions s on s.id = b.session_id
            where b.round_id is not null and not b.beyond_rules and b.state in ('requested', 'confirmed', 'waiting', 'offered')
                and not exists (select from bookings c where c.session_id = s.parent_id and c.state = 'confirmed' and c.person_id in (select same from persons_of(b.person_id) same))
            """),
        new("B14", "A workshop lies within its round, and is counted there by its bookings", """
            select 'session ' || s.ref from sessions s join conference_rounds r on r.id = s.round_id join session_parts p on p.session_id = s.id
            where s.status = 'planned' and (p.starts_local < r.starts_local or p.ends_local > r.ends_local)
            union all select 'booking ' || b.id from bookings b join sessions s on s.id = b.session_id where b.round_id is distinct from s.round_id
            """),
        new("B14", "A wish is for a workshop of the conference that is booked", """
            select 'booking ' || w.booking_id from workshop_wishes w join bookings b on b.id = w.booking_id join conference_rounds r on r.id = w.round_id join sessions s on s.id = w.workshop_id
            where r.conference_id <> b.session_id or s.round_id is distinct from r.id
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
        new("A1", "A seat has one holder, or none, on a day, and no term lies outside the days of its seat, which is a forum's", """
            select 'seat ' || a.seat_id from seat_terms a join seat_terms b on b.seat_id = a.seat_id and b.id > a.id and daterange(a.starts_on, a.ends_on) && daterange(b.starts_on, b.ends_on)
            union select 'seat ' || s.id from seat_terms t join forum_seats s on s.id = t.seat_id where not daterange(s.starts_on, s.ends_on) @> daterange(t.starts_on, t.ends_on)
            union select 'seat ' || s.id from forum_seats s join courses c on c.id = s.course_id where c.kind <> 'forum'
            """),
        new("A1", "A mark of an empty seat, and a seat that was signed, are of the forum whose session it is", """
            select 'mark ' || m.id from marks m join forum_seats f on f.id = m.seat_id join sessions s on s.id = m.session_id where f.course_id <> s.course_id
            union all select 'seat ' || g.seat_id || ', signature ' || g.event_id from signed_seats g join forum_seats f on f.id = g.seat_id join register_events e on e.id = g.event_id
            join sessions s on s.id = e.session_id where f.course_id <> s.course_id or e.event <> 'signed'
            """),
        new("A6", "In a signed register every seat has the mark of whoever held it, or says how it was empty", """
            select 'seat ' || g.seat_id || ', session ' || s.ref from signed_seats g join register_events e on e.id = g.event_id join sessions s on s.id = e.session_id
            join session_parts p on p.session_id = s.id
            where not exists (select from marks m where m.part_id = p.id and m.recorded_at <= e.recorded_at
                and (m.person_id = g.person_id or (g.person_id is null and (m.seat_id = g.seat_id or (m.person_id is null and m.seat_id is null)))))
            """),
        new("P5", "Nobody who was erased is to hold a seat after that day", """
            select 'seat ' || t.seat_id from seat_terms t join persons p on p.id = t.person_id where p.erased_at is not null and (t.ends_on is null or t.ends_on > p.erased_at::date + 2)
            """),
        new("E2", "A completed attempt has one completion", """
            select 'attempt ' || a.id from learning_attempts a where (a.completed_at is not null) <> exists (select from completions c where c.attempt_id = a.id)
            """),
        new("M2", "A message is queued once", """
            select 'message ' || min(id::text) from messages group by kind, person_id, subject_id, occurrence having count(*) > 1
            """),
        new("M5", "No message is due that has used up its tries", "select 'message ' || id from messages where state = 'due' and attempts > 5"),
        new("E4", "A file of a package is whole: all its pieces are there, and as long as it is", """
            select 'file ' || f.number || ' of package ' || f.package_id from package_files f left join package_pieces p on p.package_id = f.package_id and p.file = f.number
            group by f.package_id, f.number, f.size
            having coalesce(sum(length(p.content)), 0) <> f.size or count(p.piece) <> (f.size + 1048575) / 1048576 or max(p.piece) <> count(p.piece) - 1
            """),
        new("E4", "A package is a version of its course whose text is its manifest", """
            select 'package ' || p.id from packages p left join course_versions v on v.course_id = p.course_id and v.digest = p.digest where v.texts ? 'imsmanifest.xml' is not true
            """),
    ];
}
