using Learning.Database;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>Where somebody stands on a session with their live booking, of which there is at most one (B3).</summary>
/// <param name="Position">Their number on the waiting list, from 1; null when they do not wait.</param>
public sealed record LiveBooking(BookingState State, int? Position)
{
    private sealed record Row(Guid Person, string StateWord, int? Position);

    /// <summary>Those of several people who have one. One statement, however many they are. Whoever asks has asked whether they may see them.</summary>
    public static async Task<IReadOnlyDictionary<Guid, LiveBooking>> OfAsync(LearningDb db, Guid session, Guid[] people, CancellationToken stop = default) => (await db.Database.SqlQuery<Row>($"""
        select distinct on (asked.id) asked.id as "Person", b.state as "StateWord",
            case when b.state = 'waiting' then (select count(*)::integer from bookings a where a.session_id = b.session_id and a.state = 'waiting' and (a.line_at, a.number) <= (b.line_at, b.number)) end as "Position"
        from unnest({people}) as asked (id) join bookings b on b.session_id = {session} and b.person_id in (select same from persons_of(asked.id) same)
        where b.state in ('requested', 'confirmed', 'waiting', 'offered') order by asked.id, b.beyond_rules
        """).ToListAsync(stop)).ToDictionary(row => row.Person, row => new LiveBooking(Words.Parse<BookingState>(row.StateWord), row.Position));
}
