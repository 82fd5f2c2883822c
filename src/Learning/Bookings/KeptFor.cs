using Learning.Catalogue;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>Places that are kept for agencies and sectors (B5).</summary>
internal static class KeptFor
{
    private sealed record Left(Guid Id, int Places);

    /// <summary>How many are left of each place that is kept on these sessions.</summary>
    public static async Task<Dictionary<Guid, int>> LeftAsync(LearningDb db, Guid[] sessions, CancellationToken stop) => (await db.Database.SqlQuery<Left>($"""
        select id as "Id", places - used as "Places" from held_places where session_id = any({sessions}) and released_at is null
        """).ToListAsync(stop)).ToDictionary(one => one.Id, one => one.Places);

    /// <summary>One that is kept for a person's agency or sector and that nobody has yet: the narrowest there is, by the agency of the day of the session (P2).</summary>
    public static async Task<Guid?> FindAsync(LearningDb db, Session session, Guid person, CancellationToken stop) =>
        (await db.Database.SqlQuery<Guid?>($"""
            select h.id as "Value" from held_places_for({session.Id}, agency_of_booking({person}, null, {session.CountedOn})) h where h.used < h.places limit 1
            """).ToListAsync(stop)).SingleOrDefault();
}
