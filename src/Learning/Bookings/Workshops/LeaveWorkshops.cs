using Learning.Catalogue;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings.Workshops;

/// <summary>
/// Ends what people have at workshops: with their place at the conference, or because another workshop of the round takes its turn. What frees is offered to who waits for it, at once (B6).
/// Works in the caller's transaction, which holds the conference and its workshops and has saved what it changed.
/// </summary>
internal static class LeaveWorkshops
{
    /// <summary>What the history says of a workshop's booking that ended with the conference's.</summary>
    public const string WithConference = "the place at the conference was given up";

    /// <summary>Ends every live booking that people have at the workshops of a conference which they have just left. Of a session without rounds there is nothing to end.</summary>
    public static async Task AllAsync(LearningDb db, Session conference, Guid[] persons, Guid? by, Zone zone, CancellationToken stop)
    {
        if (conference.ParentId is not null)
        {
            return;
        }

        var left = await db.Database.SqlQuery<Guid>($"""
            update bookings b set state = case b.state when 'offered' then 'declined' else 'cancelled' end, offer_ends_at = null, state_at = {zone.Now}, state_by = {by}, state_reason = {WithConference}
            from sessions s where s.id = b.session_id and s.parent_id = {conference.Id} and b.round_id is not null and b.person_id = any({persons}) and b.state in ('requested', 'confirmed', 'waiting', 'offered')
            returning s.id as "Value"
            """).ToListAsync(stop);
        await OfferAsync(db, [.. left.Distinct()], zone, stop);
    }

    /// <summary>Ends the place that somebody has at another workshop of the round, before they get one here. Returns that workshop, if any: the caller offers what frees once the new place is there.</summary>
    public static async Task<Guid?> OtherOfRoundAsync(LearningDb db, Guid round, Guid workshop, Guid person, Guid? by, DateTimeOffset now, CancellationToken stop) => (await db.Database.SqlQuery<Guid?>($"""
        update bookings set state = 'cancelled', state_at = {now}, state_by = {by}, state_reason = 'changed to another workshop'
        where person_id = {person} and round_id = {round} and session_id <> {workshop} and state = 'confirmed' returning session_id as "Value"
        """).ToListAsync(stop)).SingleOrDefault();

    /// <summary>Offers what is free at workshops, which have to be locked, to who waits there.</summary>
    public static async Task OfferAsync(LearningDb db, Guid[] workshops, Zone zone, CancellationToken stop)
    {
        if (workshops.Length > 0)
        {
            await OfferPlaces.RunAsync(db, await db.Sessions.AsNoTracking().Where(session => workshops.Contains(session.Id)).ToListAsync(stop), zone, stop);
        }
    }
}
