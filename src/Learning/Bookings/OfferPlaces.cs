using Learning.Catalogue;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// The one allocator: however a place frees (given up, declined, lapsed, withdrawn, more places, a larger room, held places released), it goes through here. Each free place of the sessions, whose
/// rows the caller has locked, is offered to the first who waits and can take it, in the order of the list (<see cref="Allocation"/>), and they are written to (B6). Where the list has ended
/// nobody is offered anything. Four statements at most, however many sessions and places.
/// </summary>
internal static class OfferPlaces
{
    private sealed record Free(Guid Id, int Places, int Kept);

    private sealed record Waiter(Guid Id, Guid SessionId, Guid PersonId, Guid[] Holds);

    private sealed record Offer(Guid Id, Guid PersonId, Guid SessionId, DateTimeOffset EndsAt);

    /// <summary>How many places were offered. What the caller changed must be saved before; the caller commits.</summary>
    public static async Task<int> RunAsync(LearningDb db, IEnumerable<Session> locked, Zone zone, CancellationToken stop)
    {
        var now = zone.Now;
        var open = locked.Where(session => BookingRules.ListIsOpen(session, now)).ToDictionary(session => session.Id);
        var ids = open.Keys.ToArray();
        var free = open.Count == 0 ? [] : await db.Database.SqlQuery<Free>($"""
            select id as "Id", greatest(0, capacity - taken - kept) as "Places", kept as "Kept" from sessions
            where id = any({ids}) and (capacity > taken + kept or kept > 0) and exists (select from bookings b where b.session_id = sessions.id and b.state = 'waiting')
            """).ToListAsync(stop);
        var given = free.Count == 0 ? [] : await AllocateAsync(db, free, stop);
        if (given.Count == 0)
        {
            return 0;
        }

        var (bookings, held) = (given.ConvertAll(one => one.Place.Booking).ToArray(), given.ConvertAll(one => one.Place.Held).ToArray());
        var ends = given.ConvertAll(one => OfferEnd.Of(now, open[one.Session].StartsAt, zone)).ToArray();
        var offers = await db.Database.SqlQuery<Offer>($"""
            update bookings b
            set state = 'offered', held_id = given.held, offer_ends_at = given.ends_at, state_at = {now}, state_by = null,
                state_reason = case when given.held is null then 'a place came free' else 'a place kept for your agency or sector was free' end
            from unnest({bookings}, {held}, {ends}) as given (id, held, ends_at)
            where given.id = b.id
            returning b.id as "Id", b.person_id as "PersonId", b.session_id as "SessionId", b.offer_ends_at as "EndsAt"
            """).ToListAsync(stop);
        await Outbox.QueueAsync(
            db, now, offers.ConvertAll(offer => BookingMessages.Offered(offer.Id, offer.PersonId, offer.SessionId, offer.EndsAt)), stop);
        return offers.Count;
    }

    /// <summary>
    /// Locks a session for somebody who may have what is left once those who wait have been offered what came free (B6), and says how it stands for them. Null when there is no such session.
    /// </summary>
    public static async Task<(Session Session, Standing Standing)?> LockForNewcomerAsync(LearningDb db, string reference, Guid person, Zone zone, CancellationToken stop) =>
        await db.LockSessionAsync(reference, person, stop) is not var (session, standing) ? null
        : standing.Waiting > 0 && (session.PlacesLeft > 0 || session.Kept > 0) && await RunAsync(db, [session], zone, stop) > 0 ? await db.LockSessionAsync(reference, person, stop)
        : (session, standing);

    private static async Task<List<(Guid Session, PlaceGiven Place)>> AllocateAsync(LearningDb db, List<Free> free, CancellationToken stop)
    {
        // Where nothing is kept for anybody, as many are looked at as there are places; else somebody far down the list may be the one for whom a place is kept.
        var (ids, places, kept) = (free.ConvertAll(one => one.Id).ToArray(), free.ConvertAll(one => one.Places).ToArray(), free.ConvertAll(one => one.Kept).ToArray());
        var line = await db.Database.SqlQuery<Waiter>($"""
            select b.id as "Id", b.session_id as "SessionId", b.person_id as "PersonId",
                case when b.kept = 0 then array[]::uuid[] else array(select h.id from held_places_for(b.session_id, agency_of_booking(b.person_id, b.agency_id, b.counted_on)) h) end as "Holds"
            from (
                select b.*, f.places, f.kept, s.counted_on, row_number() over (partition by b.session_id order by b.line_at, b.number) as position
                from unnest({ids}, {places}, {kept}) as f (id, places, kept) join sessions s on s.id = f.id join bookings b on b.session_id = f.id and b.state = 'waiting') b
            where b.kept > 0 or b.position <= b.places
            order by b.session_id, b.position
            """).ToListAsync(stop);
        var left = free.TrueForAll(one => one.Kept == 0) ? [] : await KeptFor.LeftAsync(db, ids, stop);
        return
        [
            .. line.GroupBy(waiter => waiter.SessionId).SelectMany(session =>
                Allocation.Of(free.Find(one => one.Id == session.Key)!.Places, left, session.Select(waiter => new InLine(waiter.Id, waiter.Holds))).Select(place => (session.Key, place))),
        ];
    }
}
