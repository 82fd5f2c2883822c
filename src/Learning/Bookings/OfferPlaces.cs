using Learning.Catalogue;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// The one allocator: however a place frees (given up, declined, lapsed, more places), it goes through here. Each free place of the sessions, whose
/// rows the caller has locked, is offered to the first who waits, in the order of joining, and they are written to (B6). Where the list has ended
/// nobody is offered anything. Two statements, however many sessions and places.
/// </summary>
internal static class OfferPlaces
{
    private sealed record Offer(Guid Id, Guid PersonId, Guid SessionId, DateTimeOffset EndsAt);

    /// <summary>How many places were offered. What the caller changed must be saved before; the caller commits.</summary>
    public static async Task<int> RunAsync(LearningDb db, IEnumerable<Session> locked, Zone zone, CancellationToken stop)
    {
        var now = zone.Now;
        var open = locked.Where(session => BookingRules.ListIsOpen(session, now)).ToList();
        if (open.Count == 0)
        {
            return 0;
        }

        var ids = open.ConvertAll(session => session.Id).ToArray();
        var ends = open.ConvertAll(session => OfferEnd.Of(now, session.StartsAt, zone)).ToArray();
        var offers = await db.Database.SqlQuery<Offer>($"""
            with free as (
                select s.id, s.capacity - s.taken as places, e.ends_at
                from unnest({ids}, {ends}) as e (id, ends_at) join sessions s on s.id = e.id),
            line as (
                select b.id, f.places, f.ends_at, row_number() over (partition by b.session_id order by b.booked_at, b.number) as position
                from bookings b join free f on f.id = b.session_id
                where b.state = 'waiting')
            update bookings b
            set state = 'offered', offer_ends_at = line.ends_at, state_at = {now}, state_by = null, state_reason = 'a place came free'
            from line
            where line.id = b.id and line.position <= line.places
            returning b.id as "Id", b.person_id as "PersonId", b.session_id as "SessionId", b.offer_ends_at as "EndsAt"
            """).ToListAsync(stop);
        await Outbox.QueueAsync(
            db, now, offers.ConvertAll(offer => BookingMessages.Offered(offer.Id, offer.PersonId, offer.SessionId, offer.EndsAt)), stop);
        return offers.Count;
    }
}
