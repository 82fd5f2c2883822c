using Learning.Messages;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Reminders;

/// <summary>
/// The week of an agency, for who leads it (M4): counts, and links to where the names are behind a sign-in (S2). Read as it stands when it is sent; none where they lead no agency any more, and none where there is nothing to say.
/// </summary>
internal static class AgencyLetter
{
    internal static readonly MessageKind Kind = new(MessageChoice.AgencyDigest.Name, ReadAsync, Choice: MessageChoice.AgencyDigest);

    private sealed record Coming(string Title, DateTimeOffset StartsAt, int People);

    private sealed record Room(string Title, string Ref, DateTimeOffset StartsAt, int Places);

    private sealed record Numbers(int Missed, int Lapsing, int Moves, string? Agencies);

    private static async Task<Reading> ReadAsync(LearningDb db, Message message, Zone zone, CancellationToken stop)
    {
        var (now, today) = (zone.Now, zone.Today);
        var led = (await Actor.ForAsync(db, message.PersonId!.Value, today, stop)).LeadOf.ToArray();
        if (led.Length == 0)
        {
            return new Reading.Drop("they lead no agency any more");
        }

        var coming = await db.Database.SqlQuery<Coming>($"""
            select c.title as "Title", s.starts_at as "StartsAt", count(*)::int as "People"
            from sessions s join courses c on c.id = s.course_id join bookings b on b.session_id = s.id and b.state = 'confirmed'
            where s.status = 'planned' and s.starts_at between {now} and {now.AddDays(14)} and agency_of_booking(b.person_id, b.agency_id, s.counted_on) = any({led})
            group by s.id, c.title, s.starts_at order by s.starts_at limit 20
            """).ToListAsync(stop);
        var numbers = await NumbersAsync(db, led, today, stop);
        if (coming.Count == 0 && numbers is { Missed: 0, Lapsing: 0, Moves: 0 })
        {
            return new Reading.Drop("there is nothing to say this week");
        }

        var room = await db.Database.SqlQuery<Room>($"""
            select c.title as "Title", s.ref as "Ref", s.starts_at as "StartsAt", s.capacity - s.taken - s.kept as "Places" from sessions s join courses c on c.id = s.course_id
            where s.status = 'planned' and s.parent_id is null and s.booking_closes_at > {now} and s.starts_at < {now.AddDays(28)} and s.capacity > s.taken + s.kept and c.published_on <= {today} order by s.starts_at limit 5
            """).ToListAsync(stop);
        return new Reading.Send(new Dictionary<string, object?>
        {
            ["agency"] = numbers.Agencies,
            ["coming"] = coming.ConvertAll(one => $"{British.Moment(zone.LocalOf(one.StartsAt))}: {one.Title}, {British.Count(one.People, "person", "people")} of yours"),
            ["missed"] = numbers.Missed == 0 ? null : British.Count(numbers.Missed, "person", "people"),
            ["lapsing"] = numbers.Lapsing == 0 ? null : British.Count(numbers.Lapsing, "person", "people"),
            ["moves"] = numbers.Moves == 0 ? null : British.Count(numbers.Moves, "move"),
            ["room"] = room.ConvertAll(one => new Dictionary<string, object?> { ["what"] = $"{British.Moment(zone.LocalOf(one.StartsAt))}: {one.Title}, {British.Count(one.Places, "place")} left", ["ref"] = one.Ref }),
        });
    }

    // Who did not come in the week before, whose last reminder of training that runs out fell into it, and who waits to be confirmed.
    private static Task<Numbers> NumbersAsync(LearningDb db, Guid[] led, DateOnly today, CancellationToken stop) => db.Database.SqlQuery<Numbers>($"""
        select (select count(*) from no_shows({today.AddDays(-7)}, {today}) n where n.agency_id = any({led}))::int as "Missed",
            (select count(distinct m.person_id) from messages m
             where m.kind = 'training-expiry' and m.due_at >= {today.AddDays(-7).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)} and m.state in ('due', 'sent') and exists (
                select from employments e where e.id = employment_on(m.person_id, {today}) and e.agency_id = any({led})))::int as "Lapsing",
            (select count(*) from moves v where v.state = 'proposed' and v.agency_id = any({led}))::int as "Moves",
            (select string_agg(a.name, ', ' order by a.name) from agencies a where a.id = any({led}) and (a.parent_id is null or a.parent_id <> all ({led}))) as "Agencies"
        """).SingleAsync(stop);
}
