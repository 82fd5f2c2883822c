using Learning.Catalogue;
using Learning.People;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Workshops;

/// <summary>
/// With a place at a conference a colleague takes over its holder's workshops and wishes (B11, B14); what the holder waits for or was offered ends. In the caller's transaction, which holds all of them and
/// has passed the place itself on.
/// </summary>
internal static class PassOnWorkshops
{
    private sealed record Given(Guid Id, Guid Workshop);

    public static async Task RunAsync(LearningDb db, Session conference, Booking from, Booking to, Actor actor, Zone zone, CancellationToken stop)
    {
        var now = zone.Now;
        var given = await db.Database.SqlQuery<Given>($"""
            update bookings b set state = 'cancelled', state_at = {now}, state_by = {actor.PersonId}, state_reason = {GiveToColleague.Given}
            from sessions s where s.id = b.session_id and s.parent_id = {conference.Id} and b.round_id is not null and b.person_id = {from.PersonId} and b.state = 'confirmed'
            returning b.id as "Id", b.session_id as "Workshop"
            """).ToListAsync(stop);
        var (before, workshops) = (given.ConvertAll(one => one.Id).ToArray(), given.ConvertAll(one => one.Workshop).ToArray());
        await db.Database.ExecuteSqlAsync($"""
            insert into bookings (id, session_id, person_id, agency_id, state, booked_at, booked_by, state_at, state_by, state_reason, instead_of)
            select gen_random_uuid(), g.workshop, {to.PersonId}, {to.AgencyId}, 'confirmed', {now}, {actor.PersonId}, {now}, {actor.PersonId}, {GiveToColleague.Taken}, g.before
            from unnest({before}, {workshops}) as g (before, workshop)
            """, stop);
        await db.Database.ExecuteSqlAsync($"insert into workshop_wishes (booking_id, round_id, workshop_id, rank) select {to.Id}, round_id, workshop_id, rank from workshop_wishes where booking_id = {from.Id}", stop);
        await LeaveWorkshops.AllAsync(db, conference, [from.PersonId], actor.PersonId, zone, stop);
    }
}
