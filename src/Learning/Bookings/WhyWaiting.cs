using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>Why somebody waits, as numbers that name nobody: who is before them and how that came, what is kept for whom, what is offered to others.</summary>
/// <param name="Before">How many wait before them.</param>
/// <param name="PutBefore">How many of those an organiser put there though they had joined later.</param>
/// <param name="Kept">Places kept for agencies and sectors that nobody has yet (B5): number i is for <paramref name="KeptFor"/> i, until <paramref name="KeptUntil"/> i.</param>
/// <param name="PassedByKept">How many who joined later have or are offered a place that was kept for their agency or sector.</param>
/// <param name="Offered">Places that are offered to others, who have until <paramref name="NextOfferEnd"/> or later to answer.</param>
public sealed record WhyWaiting(int Before, int PutBefore, int[] Kept, string[] KeptFor, DateTime[] KeptUntil, int PassedByKept, int Offered, DateTime? NextOfferEnd)
{
    /// <summary>Of a booking that the caller has found as its reader's own. One statement.</summary>
    public static async Task<WhyWaiting> OfAsync(LearningDb db, Guid booking, CancellationToken stop = default) => (await db.Database.SqlQuery<WhyWaiting>($"""
        select (count(*) filter (where o.state = 'waiting' and (o.line_at, o.number) < (b.line_at, b.number)))::integer as "Before",
            (count(*) filter (where o.state = 'waiting' and (o.line_at, o.number) < (b.line_at, b.number) and o.put_at < o.booked_at and o.booked_at > b.line_at))::integer as "PutBefore",
            (count(*) filter (where o.state in ('confirmed', 'offered') and o.held_id is not null and o.booked_at > b.line_at))::integer as "PassedByKept",
            (count(*) filter (where o.state = 'offered'))::integer as "Offered", min(o.offer_ends_at) filter (where o.state = 'offered') as "NextOfferEnd",
            h.kept as "Kept", h.kept_for as "KeptFor", h.kept_until as "KeptUntil"
        from bookings b
        cross join lateral (
            select coalesce(array_agg(h.places - h.used order by h.until, h.id), array[]::integer[]) as kept, coalesce(array_agg(coalesce(a.name, h.sector) order by h.until, h.id), array[]::text[]) as kept_for,
                coalesce(array_agg(h.until order by h.until, h.id), array[]::timestamptz[]) as kept_until
            from held_places h left join agencies a on a.id = h.agency_id
            where h.session_id = b.session_id and h.released_at is null and h.used < h.places) h
        left join bookings o on o.session_id = b.session_id and o.id <> b.id
        where b.id = {booking}
        group by b.id, h.kept, h.kept_for, h.kept_until
        """).ToListAsync(stop)).Single();

    /// <summary>The same in sentences, to whoever waits.</summary>
    public IEnumerable<string> Sentences(Zone zone)
    {
        yield return Before == 0 ? "Every place is taken. Nobody is before you: the next place that you can have is offered to you"
            : $"Every place is taken, and {British.Count(Before, "person is", "people are")} before you. Places that come free are offered in the order of the list";
        if (PutBefore > 0)
        {
            yield return $"The organiser put somebody before you: {British.Count(PutBefore, "person", "people")}";
        }

        for (var i = 0; i < Kept.Length; i++)
        {
            yield return $"{British.Count(Kept[i], "place is", "places are")} kept for {KeptFor[i]} until {Moment(KeptUntil[i])}. What they do not use is everyone’s then";
        }

        if (PassedByKept > 0)
        {
            yield return $"{British.Count(PassedByKept, "person who joined later has", "people who joined later have")} a place that was kept for their agency or sector";
        }

        if (Offered > 0)
        {
            yield return $"{British.Count(Offered, "place is", "places are")} offered to {(Offered == 1 ? "somebody" : "others")} just now, with time to answer until {Moment(NextOfferEnd!.Value)}{(Offered == 1 ? "" : " or later")}";
        }

        string Moment(DateTime at) => British.Moment(zone.LocalOf(new DateTimeOffset(at, TimeSpan.Zero)));
    }
}
