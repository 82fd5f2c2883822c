using Learning.Catalogue;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// Every minute: offers whose time is over lapse and the next in line are offered; at the close of booking the list ends and everyone on it is told;
/// and a place that came free in any other way, such as by more places, is offered within that minute (B6). Sessions somebody else is just changing
/// are left for the next minute. Runs on any number of servers at once; a second run finds nothing to do.
/// </summary>
public sealed class LapseOffers(IDbContextFactory<LearningDb> databases, Zone zone)
{
    private const int Batch = 100;

    private sealed record Ended(Guid Id, Guid PersonId, Guid SessionId, bool Offered);

    /// <summary>How many bookings lapsed and how many places were offered.</summary>
    public async Task<(int Lapsed, int Offered)> RunAsync(CancellationToken stop = default)
    {
        var (lapsed, offered, sessions) = (0, 0, Batch);
        while (sessions == Batch)
        {
            await using var db = await databases.CreateDbContextAsync(stop);
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            var now = zone.Now;
            var due = await DueAsync(db, now, stop);
            sessions = due.Count;
            lapsed += await LapseAsync(db, due, now, stop);
            offered += await OfferPlaces.RunAsync(db, due, zone, stop);
            await transaction.CommitAsync(stop);
        }

        return (lapsed, offered);
    }

    // A list of the past that came by import is a record of what was: nobody booked it here, and nobody is written to about it (H4).
    private static Task<List<Session>> DueAsync(LearningDb db, DateTimeOffset now, CancellationToken stop) =>
        db.Sessions.FromSql($"""
            select s.* from sessions s
            where s.status = 'planned' and s.id in (
                select session_id from bookings where state = 'offered' and offer_ends_at <= {now}
                union all
                select b.session_id from bookings b join sessions o on o.id = b.session_id
                where b.state = 'waiting' and (o.starts_at > {now} or b.booked_by is not null)
                    and (o.capacity > o.taken or o.booking_closes_at <= {now} or o.starts_at <= {now}))
            order by s.id
            limit {Batch}
            for update of s skip locked
            """).AsNoTracking().ToListAsync(stop);

    private static async Task<int> LapseAsync(LearningDb db, List<Session> locked, DateTimeOffset now, CancellationToken stop)
    {
        var all = locked.ConvertAll(session => session.Id).ToArray();
        var closed = locked.Where(session => !BookingRules.ListIsOpen(session, now)).Select(session => session.Id).ToArray();
        var ended = await db.Database.SqlQuery<Ended>($"""
            with due as (
                select id, state = 'offered' as offered from bookings
                where (session_id = any({all}) and state = 'offered' and offer_ends_at <= {now})
                    or (session_id = any({closed}) and state = 'waiting'))
            update bookings b
            set state = 'lapsed', offer_ends_at = null, state_at = {now}, state_by = null,
                state_reason = case when due.offered then 'the offer ended without an answer' else 'booking closed' end
            from due
            where due.id = b.id
            returning b.id as "Id", b.person_id as "PersonId", b.session_id as "SessionId", due.offered as "Offered"
            """).ToListAsync(stop);
        await Outbox.QueueAsync(db, now, ended.ConvertAll(one => one.Offered
            ? BookingMessages.OfferLapsed(one.Id, one.PersonId, one.SessionId)
            : BookingMessages.ListEnded(one.Id, one.PersonId, one.SessionId)), stop);
        return ended.Count;
    }
}
