using Learning.Catalogue;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Workshops;

/// <summary>
/// Offers those who had a place at a workshop that is cancelled what is left in its round, in the order of their wishes and of their booking, as fairly as places are given out (B14); where none of their
/// wishes is left, the emptiest room. An offer holds the place until it ends (B6). In the caller's transaction, which holds the conference and its workshops and has ended the bookings.
/// </summary>
internal static class OfferWhatIsLeft
{
    private sealed record Offered(Guid Id, Guid PersonId, Guid SessionId, DateTimeOffset EndsAt);

    private sealed record Losing(Guid PersonId, Guid[] Wishes);

    /// <param name="persons">Who had a place there.</param>
    public static async Task RunAsync(LearningDb db, Session cancelled, Guid[] persons, Zone zone, CancellationToken stop)
    {
        var now = zone.Now;
        if (cancelled.RoundId is not { } round || persons.Length == 0)
        {
            return;
        }

        // Who waits for a room that is free has it first; then the rooms are read again.
        Task<List<Session>> RoomsAsync() => db.Sessions.AsNoTracking().Where(one => one.RoundId == round && one.Status == SessionStatus.Planned && one.StartsAt > now).OrderBy(one => one.Ref).ToListAsync(stop);
        await OfferPlaces.RunAsync(db, await RoomsAsync(), zone, stop);
        var rooms = await RoomsAsync();
        var losing = await db.Database.SqlQuery<Losing>($"""
            select c.person_id as "PersonId", array(select w.workshop_id from workshop_wishes w where w.booking_id = c.id and w.round_id = {round} order by w.rank) as "Wishes"
            from bookings c where c.session_id = {cancelled.ParentId} and c.state = 'confirmed' and c.person_id = any({persons})
                and not exists (select from bookings o where o.round_id = {round} and o.person_id = c.person_id and o.state in ('confirmed', 'offered'))
            order by c.booked_at, c.number
            """).ToListAsync(stop);
        var placed = WorkshopAllocation.Of([.. rooms.Select(room => new Room(room.Id, room.PlacesLeft))], [.. losing.Select(one => new Wanting(one.PersonId, one.Wishes))]).Where(one => one.Workshop is not null).ToList();
        var ends = rooms.ToDictionary(room => room.Id, room => OfferEnd.Of(now, room.StartsAt, zone));
        Guid[] who = [.. placed.Select(one => one.Booking)], where = [.. placed.Select(one => one.Workshop!.Value)];
        DateTimeOffset[] until = [.. placed.Select(one => ends[one.Workshop!.Value])];
        string[] because = [.. placed.Select(one => $"Your workshop was cancelled, and this {(one.Rank is { } rank ? $"was your {WhyThisWorkshop.Ordinal(rank)} choice and has room" : "one has room")}.")];
        var offers = await db.Database.SqlQuery<Offered>($"""
            update bookings b set state = 'offered', offer_ends_at = g.until, state_at = {now}, state_by = null, state_reason = g.because
            from unnest({who}, {where}, {until}, {because}) as g (person, workshop, until, because) where b.session_id = g.workshop and b.person_id = g.person and b.state = 'waiting'
            returning b.id as "Id", b.person_id as "PersonId", b.session_id as "SessionId", b.offer_ends_at as "EndsAt"
            """).ToListAsync(stop);
        offers.AddRange(await db.Database.SqlQuery<Offered>($"""
            insert into bookings (id, session_id, person_id, state, offer_ends_at, booked_at, booked_by, state_at, state_reason)
            select gen_random_uuid(), g.workshop, g.person, 'offered', g.until, {now}, g.person, {now}, g.because
            from unnest({who}, {where}, {until}, {because}) as g (person, workshop, until, because)
            where not exists (select from bookings b where b.session_id = g.workshop and b.person_id = g.person and b.state in ('requested', 'confirmed', 'waiting', 'offered'))
            returning id as "Id", person_id as "PersonId", session_id as "SessionId", offer_ends_at as "EndsAt"
            """).ToListAsync(stop));
        await Outbox.QueueAsync(db, now, offers.ConvertAll(offer => BookingMessages.Offered(offer.Id, offer.PersonId, offer.SessionId, offer.EndsAt)), stop);
    }
}
