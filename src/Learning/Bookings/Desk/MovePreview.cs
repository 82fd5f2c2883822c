using Learning.Catalogue;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Desk;

/// <summary>What a move would come to, before anybody is moved.</summary>
/// <param name="OffersSooner">Offers that would end with the new start.</param>
/// <param name="Overlapping">Those who are booked elsewhere at the new time and were not at the old one (B7), by name.</param>
/// <param name="KeptSooner">Places kept for somebody that would be everyone's sooner, when booking closes (B5).</param>
/// <param name="Workshops">References of workshops that go along.</param>
/// <param name="Clashes">With what the venue and the trainers have at the new time.</param>
public sealed record MovePreview(int OffersSooner, IReadOnlyList<string> Overlapping, int KeptSooner, IReadOnlyList<string> Workshops, IReadOnlyList<Clash> Clashes)
{
    private sealed record Found(int OffersSooner, string[] Overlapping, int KeptSooner, string[] Workshops);

    /// <summary>Two statements. The caller has asked whether its reader organises the session.</summary>
    public static async Task<MovePreview> OfAsync(LearningDb db, Session session, PlannedTimes times, Zone zone, CancellationToken stop = default)
    {
        var (starts, ends, first) = (times.Parts.Select(part => zone.InstantOf(part.Starts)).ToArray(), times.Parts.Select(part => zone.InstantOf(part.Ends)).ToArray(), times.StartsAt(zone));
        var found = (await db.Database.SqlQuery<Found>($"""
            select (select count(*)::integer from bookings where session_id = {session.Id} and state = 'offered' and offer_ends_at > {first}) as "OffersSooner",
                array(
                    select btrim(p.given_name || ' ' || p.family_name) from bookings b join persons p on p.id = b.person_id
                    where b.session_id = {session.Id} and b.state in ('requested', 'confirmed', 'waiting', 'offered') and exists (
                        select from bookings x join sessions o on o.id = x.session_id and o.id <> {session.Id} and o.status = 'planned' and o.parent_id is distinct from {session.Id} and o.id is distinct from {session.ParentId}
                        where x.person_id in (select same from persons_of(b.person_id) same) and x.state in ('requested', 'confirmed', 'waiting', 'offered')
                            and exists (select from session_parts q join unnest({starts}, {ends}) as n (starts_at, ends_at) on q.starts_at < n.ends_at and n.starts_at < q.ends_at where q.session_id = o.id)
                            and not exists (select from session_parts q join session_parts n on n.session_id = {session.Id} and q.starts_at < n.ends_at and n.starts_at < q.ends_at where q.session_id = o.id))
                    order by lower(p.family_name), lower(p.given_name), p.id) as "Overlapping",
                coalesce((select sum(places - used)::integer from held_places where session_id = {session.Id} and released_at is null and until > {times.ClosesAt(zone)}), 0) as "KeptSooner",
                array(select ref from sessions where parent_id = {session.Id} and status = 'planned' order by ref) as "Workshops"
            """).ToListAsync(stop)).Single();
        return new(found.OffersSooner, found.Overlapping, found.KeptSooner, found.Workshops, await Clash.OfMoveAsync(db, session, times, zone, stop));
    }
}
