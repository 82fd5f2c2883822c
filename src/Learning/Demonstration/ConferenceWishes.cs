using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Demonstration;

/// <summary>
/// What the import's formats do not say of the conference ahead: which workshops its delegates would like, what some of them need, who speaks and how to get there. Invented, and always the same for the same
/// bookings. Nobody has a workshop yet: the organiser looks at what giving them out would come to, and tells everybody by a press.
/// </summary>
internal static class ConferenceWishes
{
    private static readonly string[] Needs = ["Vegetarian", "Vegan", "Halal", "Gluten free", "Step-free access", "Hearing loop", "Nut allergy\nI carry an adrenaline pen", "Large print"];

    private static readonly (string Role, string? Title, string Name, string? Said, string Organisation, string? Biography)[] People =
    [
        ("speaker", null, "Dr Siobhan Ashdown", "shi-VAWN", "Estuary University", "Siobhan has studied how neglect is noticed, and missed, for fifteen years. She was a health visitor before that."),
        ("speaker", "Neglect and the under-ones", "Maureen Oyelaran", null, "Hospital Trust", "Maureen leads a team of health visitors who see families in the first weeks."),
        ("speaker", "Dental neglect", "Tom Bassett", null, "Dental practice", "Tom is a dentist who works with schools."),
        ("speaker", "Young carers", "Leila Haddad", "LAY-la", "Carers’ charity", "Leila was a young carer and now runs groups for them."),
        ("exhibitor", null, "Rosa Lindqvist", null, "Food bank", null),
        ("exhibitor", null, "Ade Balogun", "AH-day", "Housing advice", null),
        ("helper", null, "Callum Reid", null, "College", null),
        ("helper", null, "Priti Shah", "PREE-tee", "College", null),
    ];

    public static async Task WriteAsync(LearningDb db, Zone zone, CancellationToken stop)
    {
        var conference = await db.Database.SqlQuery<Guid?>($"""
            select s.id as "Value" from sessions s where s.status = 'planned' and s.starts_at > {zone.Now} and exists (select from conference_rounds r where r.conference_id = s.id) order by s.starts_at limit 1
            """).ToListAsync(stop);
        if (conference.SingleOrDefault() is not { } id)
        {
            return;
        }

        // Four in five have chosen; the first workshops of a round are liked most.
        await db.Database.ExecuteSqlAsync($"""
            insert into workshop_wishes (booking_id, round_id, workshop_id, rank)
            select booking_id, round_id, workshop_id, rank from (
                select b.id as booking_id, w.round_id, w.id as workshop_id, row_number() over (partition by b.id, w.round_id order by ('x' || substr(md5(b.id::text || w.id), 1, 6))::bit(24)::int * (2 + w.place)) as rank
                from bookings b join (select s.*, row_number() over (partition by s.round_id order by s.ref) as place from sessions s where s.parent_id = {id} and s.round_id is not null) w on true
                where b.session_id = {id} and b.state = 'confirmed' and ('x' || substr(md5(b.id::text), 1, 6))::bit(24)::int % 5 > 0) x
            where rank <= 3
            """, stop);
        await db.Database.ExecuteSqlAsync($"""
            update bookings set needs = ({Needs})[1 + n / 9 % {Needs.Length}] from (select id, ('x' || substr(md5(id::text || 'needs'), 1, 6))::bit(24)::int as n from bookings where session_id = {id} and state = 'confirmed') c
            where c.id = bookings.id and n % 9 < 2 and needs is null
            """, stop);
        await db.Database.ExecuteSqlAsync($"""
            insert into conference_pages (conference_id, getting_there, bring, materials)
            values ({id}, 'The hall is ten minutes’ walk from the central station, and the 21 bus stops outside.' || E'\n' || 'The entrance, the main hall and every room are step-free. There are eight accessible parking spaces at the side door.',
                'Your ticket, on your phone or on paper.' || E'\n' || 'Something warm: the hall is large.', 'The slides are on the partnership’s site, under Resources.') on conflict do nothing
            """, stop);
        string[] roles = [.. People.Select(one => one.Role)], names = [.. People.Select(one => one.Name)], organisations = [.. People.Select(one => one.Organisation)];
        string?[] titles = [.. People.Select(one => one.Title)], said = [.. People.Select(one => one.Said)], biographies = [.. People.Select(one => one.Biography)];
        await db.Database.ExecuteSqlAsync($"""
            insert into conference_people (id, conference_id, workshop_id, role, name, said_as, organisation, biography, position, added_at)
            select gen_random_uuid(), {id}, (select s.id from sessions s join session_parts p on p.session_id = s.id and p.title = x.title where s.parent_id = {id}), role, name, said, organisation, biography, position, {zone.Now}
            from unnest({roles}, {titles}, {names}, {said}, {organisations}, {biographies}) with ordinality as x (role, title, name, said, organisation, biography, position)
            """, stop);
    }
}
