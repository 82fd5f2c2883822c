using Learning.Catalogue;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>What somebody looks at before they book: the session, how many wait, their own live booking, what overlaps, and whether they may (B7).</summary>
/// <param name="Mine">The reader's live booking on it.</param>
/// <param name="Overlapping">Titles of the reader's other sessions at the same time.</param>
/// <param name="WhyNot">Null when they may book, apart from an overlap, which takes a tick.</param>
public sealed record BookablePlace(Session Session, int Waiting, Guid? Mine, IReadOnlyList<string> Overlapping, BookingReason? WhyNot)
{
    /// <summary>Whether pressing joins the waiting list, as things stand.</summary>
    public bool Waits => BookingRules.Waits(Session, Waiting);

    /// <summary>Null when there is no session of this reference. At most three statements.</summary>
    public static async Task<BookablePlace?> FindAsync(LearningDb db, Zone zone, string reference, Guid reader, CancellationToken stop = default)
    {
        var session = await db.Sessions.FromSql($"select * from sessions where upper(ref) = upper({reference})")
            .Include(session => session.Course).AsNoTracking().SingleOrDefaultAsync(stop);
        if (session is null)
        {
            return null;
        }

        var standing = await Standing.OfAsync(db, session.Id, reader, stop);
        var overlapping = standing.Overlapping.Length == 0 ? [] : await db.Sessions.AsNoTracking()
            .Where(other => standing.Overlapping.Contains(other.Ref)).OrderBy(other => other.StartsAt).Select(other => other.Course!.Title).ToListAsync(stop);
        return new BookablePlace(
            session, standing.Waiting, standing.LiveId, overlapping, BookingRules.WhyNotBook(session, session.Course!, zone.Now, zone.Today));
    }
}
