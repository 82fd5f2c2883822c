using Learning.Catalogue;
using Learning.Database;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Seats;

/// <summary>
/// What a signature does about a forum's seats (A1, A6): it records each that nobody holds, unless somebody has said how it is empty at this session, and keeps who sat where, so that a term that is put
/// right later changes nothing of what was signed (T4).
/// </summary>
internal static class SignSeats
{
    /// <summary>The seats on the day, which change no more until the transaction ends; none where the course is no forum.</summary>
    public static async Task<IReadOnlyList<SeatThen>> LockedAsync(LearningDb db, Session session, CancellationToken stop)
    {
        if (session.Course!.Kind != CourseKind.Forum)
        {
            return [];
        }

        await db.Database.ExecuteSqlAsync($"select from courses where id = {session.CourseId} for share", stop);
        return await SeatsThen.OfAsync(db, session.Id, stop);
    }

    /// <summary>Records the empty seats of which nobody has said anything else.</summary>
    public static async Task MarkAsync(LearningDb db, Session session, IReadOnlyList<SeatThen> seats, int reopening, DateTimeOffset now, Guid? signer, CancellationToken stop)
    {
        var empty = seats.Where(seat => seat.Empty is not null).ToList();
        if (empty.Count == 0)
        {
            return;
        }

        var parts = await db.SessionParts.Where(part => part.SessionId == session.Id).Select(part => part.Id).ToListAsync(stop);
        var standing = (await db.Marks.AsNoTracking().Where(mark => mark.SessionId == session.Id && mark.PersonId == null).OrderBy(mark => mark.Number).ToListAsync(stop))
            .GroupBy(mark => (mark.PartId, SeatsThen.Find(empty, mark)?.SeatId)).ToDictionary(events => events.Key, events => StandingMark.Of(events)!.Mark);
        await StoreMarks.RunAsync(db, [
            .. from part in parts
               from seat in empty
               let says = standing.GetValueOrDefault((part, seat.SeatId))
               where says is null || (says.BySigning && says.Kind != seat.Empty)
               select new Mark
               {
                   Id = Guid.CreateVersion7(now), PartId = part, SessionId = session.Id, Seat = seat.Name, SeatId = seat.SeatId, Kind = seat.Empty!.Value, MarkedAt = now, RecordedAt = now, RecordedBy = signer, Reopening = reopening,
               },
        ], stop);
    }

    /// <summary>Keeps who sits where with a signature that is stored.</summary>
    public static async Task RunAsync(LearningDb db, RegisterEvent signature, IReadOnlyList<SeatThen> seats, CancellationToken stop)
    {
        if (seats.Count == 0)
        {
            return;
        }

        Guid[] ids = [.. seats.Select(seat => seat.SeatId)];
        Guid?[] people = [.. seats.Select(seat => seat.PersonId)];
        string?[] empty = [.. seats.Select(seat => seat.Empty?.Word())];
        await db.Database.ExecuteSqlAsync($"insert into signed_seats (event_id, seat_id, person_id, empty) select {signature.Id}, * from unnest({ids}, {people}, {empty})", stop);
    }

    /// <summary>The same as the signature before: a correction of somebody's mark leaves the seats as they were signed.</summary>
    public static Task AsBeforeAsync(LearningDb db, RegisterEvent signature, CancellationToken stop) => db.Database.ExecuteSqlAsync($"""
        insert into signed_seats (event_id, seat_id, person_id, empty) select {signature.Id}, seat_id, person_id, empty from signed_seats
        where event_id = (select id from register_events where session_id = {signature.SessionId} and event = 'signed' and id <> {signature.Id} order by recorded_at desc, id desc limit 1)
        """, stop);
}
