using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Workshops;

/// <summary>
/// Gives people the places that were worked out for them; who waited for the very workshop gets it by the booking that they have. Each booking says why (B1). In the caller's transaction, which holds the
/// conference and its workshops and knows that there is room; the database refuses a place too many (B2) and a second workshop of a round. Two statements, however many people.
/// </summary>
internal static class PutInWorkshops
{
    public static async Task RunAsync(LearningDb db, IReadOnlyList<Allocated> given, Guid? by, DateTimeOffset now, CancellationToken stop)
    {
        var placed = given.Where(one => one.Workshop is not null).ToList();
        var (bookings, workshops, because) = (placed.ConvertAll(one => one.Booking).ToArray(), placed.ConvertAll(one => one.Workshop!.Value).ToArray(), placed.ConvertAll(one => one.Because).ToArray());
        if (placed.Count == 0)
        {
            return;
        }

        await db.Database.ExecuteSqlAsync($"""
            update bookings w set state = 'confirmed', offer_ends_at = null, state_at = {now}, state_by = {by}, state_reason = g.because
            from unnest({bookings}, {workshops}, {because}) as g (booking, workshop, because) join bookings c on c.id = g.booking
            where w.session_id = g.workshop and w.person_id = c.person_id and w.state in ('waiting', 'offered')
            """, stop);
        await db.Database.ExecuteSqlAsync($"""
            insert into bookings (id, session_id, person_id, agency_id, state, booked_at, booked_by, state_at, state_by, state_reason)
            select gen_random_uuid(), g.workshop, c.person_id, c.agency_id, 'confirmed', {now}, {by}, {now}, {by}, g.because
            from unnest({bookings}, {workshops}, {because}) with ordinality as g (booking, workshop, because, number) join bookings c on c.id = g.booking
            where not exists (select from bookings w where w.session_id = g.workshop and w.person_id = c.person_id and w.state = 'confirmed')
            order by g.number
            """, stop);
    }
}
