using Learning.Catalogue;
using Learning.Messages;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// Every minute: offers whose time is over lapse and the next in line are offered; at the close of booking the list ends and everyone on it is told, and so do requests that nobody has answered (B9);
/// places that were kept until now become everyone's (B5); and a place that came free in any other way, such as by more places, is offered within that minute (B6). Sessions somebody else is just changing
/// are left for the next minute. Runs on any number of servers at once; a second run finds nothing to do.
/// </summary>
public sealed class LapseOffers(IDbContextFactory<LearningDb> databases, Zone zone)
{
    private const int Batch = 100;

    private sealed record Ended(Guid Id, Guid PersonId, Guid SessionId, string Was, string? Approver);

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
            await ReleaseHeld.DueAsync(db, due, now, zone.Today, stop);
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
                    and (o.capacity > o.taken + o.kept or o.booking_closes_at <= {now} or o.starts_at <= {now}
                        or (o.kept > 0 and exists (select from held_places_for(o.id, agency_of_booking(b.person_id, b.agency_id, o.counted_on)) h where h.used < h.places)))
                union all
                select b.session_id from bookings b join sessions o on o.id = b.session_id where b.state = 'requested' and o.booking_closes_at <= {now}
                union all
                select session_id from held_places where released_at is null and until <= {now})
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
                select b.id, b.state as was, a.approver_email as approver from bookings b left join booking_approvals a on a.booking_id = b.id
                where (b.session_id = any({all}) and b.state = 'offered' and b.offer_ends_at <= {now})
                    or (b.session_id = any({closed}) and b.state in ('waiting', 'requested')))
            update bookings b
            set state = 'lapsed', offer_ends_at = null, state_at = {now}, state_by = null,
                state_reason = case due.was when 'offered' then 'the offer ended without an answer' when 'requested' then 'booking closed before the request was answered' else 'booking closed' end
            from due
            where due.id = b.id
            returning b.id as "Id", b.person_id as "PersonId", b.session_id as "SessionId", due.was as "Was", due.approver as "Approver"
            """).ToListAsync(stop);
        await Outbox.QueueAsync(db, now, [.. ended.ConvertAll(one => one.Was switch
        {
            "offered" => BookingMessages.OfferLapsed(one.Id, one.PersonId, one.SessionId),
            "requested" => ApprovalLetters.Lapsed(one.Id, one.PersonId, one.SessionId),
            _ => BookingMessages.ListEnded(one.Id, one.PersonId, one.SessionId),
        }), .. ended.Where(one => one is { Was: "requested", Approver: not null }).Select(one => ApprovalLetters.LapsedFor(one.Id, one.SessionId, one.Approver!))], stop);
        return ended.Count;
    }
}
