using Microsoft.EntityFrameworkCore;

namespace Learning.Messages;

/// <summary>Whom a message goes to as it stands now, what they have chosen to do without, and who answers them.</summary>
public sealed record LetterReader(Guid Message, string? GivenName, string? FamilyName, bool Erased, string? Email, bool DoesWithout, string? Organiser, string? OrganiserEmail)
{
    /// <summary>Of several messages, in one statement. An answer goes to the first who is named to organise the course of the session and may still do so (S1).</summary>
    /// <param name="choices">Of each message, the name of the choice by which its reader may do without it.</param>
    public static async Task<IReadOnlyDictionary<Guid, LetterReader>> OfAsync(LearningDb db, IReadOnlyList<Message> messages, IReadOnlyList<string?> choices, DateOnly today, CancellationToken stop)
    {
        var (ids, persons, sessions, names) = (messages.Select(one => one.Id).ToArray(), messages.Select(one => one.PersonId).ToArray(), messages.Select(one => one.SessionId).ToArray(), choices.ToArray());
        return (await db.Database.SqlQuery<LetterReader>($"""
            select m.id as "Message", p.given_name as "GivenName", p.family_name as "FamilyName", p.erased_at is not null as "Erased", e.email as "Email", coalesce(c.off, false) as "DoesWithout", o.name as "Organiser", o.email as "OrganiserEmail"
            from unnest({ids}, {persons}, {sessions}, {names}) as m (id, person_id, session_id, choice)
            left join persons p on p.id = m.person_id
            left join counted_now n on n.person_id = m.person_id
            left join person_emails e on e.person_id = coalesce(n.counted_id, p.id) and e.main
            left join lateral (
                select not wanted as off from message_choices where choice = m.choice and person_id in (select same from persons_of(p.id) same) order by changed_at desc limit 1) c on m.choice is not null
            left join lateral (
                select btrim(op.given_name || ' ' || op.family_name) as name, oe.email
                from sessions s join courses co on co.id = s.course_id join course_organisers o on o.course_id = co.id
                join persons op on op.id = o.person_id and op.erased_at is null join person_emails oe on oe.person_id = op.id and oe.main and oe.bounced_at is null
                where s.id = m.session_id and exists (
                    select from employments j, agency_and_above(j.agency_id) up
                    where j.person_id = op.id and j.starts_on <= {today} and (j.ends_on is null or {today} < j.ends_on) and up.id = co.owner_id)
                order by o.person_id limit 1) o on true
            """).ToListAsync(stop)).ToDictionary(reader => reader.Message);
    }
}
