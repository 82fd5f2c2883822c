using Learning.Catalogue;
using Learning.Database;
using Learning.Membership;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>A colleague as whoever gives a place away may see them: name and job, no more.</summary>
public sealed record Fellow(Guid Id, string Name, string? JobTitle);

/// <summary>
/// The question to whom of the agency a place may be given (B11): people of the same agency, or of a part of it, both by the day of the session (P2). Nobody else is found, by whatever name, and of those
/// who are their name and job alone (S2).
/// </summary>
internal static class WhoMayTakeOver
{
    /// <summary>Letters that a search needs.</summary>
    public const int FewestLetters = 3;

    /// <summary>Names that a search shows.</summary>
    public const int Most = 10;

    /// <summary>Whom every word is in the name of; nobody for fewer than <see cref="FewestLetters"/> letters.</summary>
    public static async Task<IReadOnlyList<Fellow>> SearchAsync(LearningDb db, Booking booking, Session session, string? words, CancellationToken stop)
    {
        string[] parts = [.. (words ?? "").Replace("\0", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
        return parts.Sum(part => part.Length) < FewestLetters ? [] : await AskAsync(db, booking, session, [.. parts.Select(Like.Holding)], null, stop);
    }

    /// <summary>Whether somebody is such a colleague.</summary>
    public static async Task<bool> IsAsync(LearningDb db, Booking booking, Session session, Guid person, CancellationToken stop) => (await AskAsync(db, booking, session, [], person, stop)).Count == 1;

    private static async Task<List<Fellow>> AskAsync(LearningDb db, Booking booking, Session session, string[] parts, Guid? only, CancellationToken stop)
    {
        var agency = (await db.Database.SqlQuery<Guid?>($"""select agency_of_booking({booking.PersonId}, {booking.AgencyId}, {session.CountedOn}) as "Value" """).ToListAsync(stop)).Single();
        var tree = agency is { } one ? await AgencyTree.WholeAsync(db, one, stop) : [];
        return await db.Database.SqlQuery<Fellow>($"""
            select p.id as "Id", btrim(p.given_name || ' ' || p.family_name) as "Name", e.job_title as "JobTitle"
            from employments e join persons p on p.id = e.person_id and p.erased_at is null
            where e.agency_id = any ({tree}) and e.id = employment_on(e.person_id, {session.CountedOn}) and ({only}::uuid is null or p.id = {only})
                and p.id not in (select same from persons_of({booking.PersonId}) same) and not exists (select from counted_now c where c.person_id = p.id)
                and not exists (select from unnest({parts}) part where p.given_name || ' ' || p.family_name not ilike part)
            order by lower(p.family_name), lower(p.given_name), p.id limit {Most}
            """).ToListAsync(stop);
    }
}
