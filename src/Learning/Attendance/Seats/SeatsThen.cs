using Learning.Database;

using Microsoft.EntityFrameworkCore;

namespace Learning.Attendance.Seats;

/// <summary>A seat of a forum at one of its sessions: as it was signed, or as it is on that day.</summary>
/// <param name="PersonId">Who holds it; null: nobody, and <paramref name="Empty"/> says how.</param>
public sealed record SeatThen(Guid SessionId, Guid SeatId, string Name, Guid? AgencyId, string? Agency, Guid? PersonId, MarkKind? Empty);

/// <summary>The question who sits where at sessions of a forum: one statement, however many they are.</summary>
internal static class SeatsThen
{
    private sealed record Row(Guid SessionId, Guid SeatId, string Name, Guid? AgencyId, string? Agency, Guid? PersonId, string? Empty);

    public static Task<IReadOnlyList<SeatThen>> OfAsync(LearningDb db, Guid session, CancellationToken stop) => OfAsync(db, [session], stop);

    /// <summary>In the order of the seats.</summary>
    public static async Task<IReadOnlyList<SeatThen>> OfAsync(LearningDb db, IReadOnlyCollection<Guid> sessions, CancellationToken stop)
    {
        var asked = sessions.ToArray();
        return (await db.Database.SqlQuery<Row>($"""
            select one.id as "SessionId", f.id as "SeatId", f.name as "Name", f.agency_id as "AgencyId", a.name as "Agency", o.person_id as "PersonId", o.empty as "Empty"
            from unnest({asked}) as one (id) cross join lateral seats_at(one.id) o join forum_seats f on f.id = o.seat_id left join agencies a on a.id = f.agency_id
            order by f.number
            """).ToListAsync(stop)).ConvertAll(row => new SeatThen(
                row.SessionId, row.SeatId, row.Name, row.AgencyId, row.Agency, row.PersonId, row.Empty is null ? null : Words.Parse<MarkKind>(row.Empty)));
    }

    /// <summary>The seat that a mark is of: by its number, or, where an import knew the name alone, by that. Null: none of these.</summary>
    public static SeatThen? Find(IReadOnlyList<SeatThen> seats, Mark mark) => mark.SeatId is { } id
        ? seats.FirstOrDefault(seat => seat.SeatId == id) : seats.FirstOrDefault(seat => string.Equals(seat.Name, mark.Seat, StringComparison.OrdinalIgnoreCase));
}
