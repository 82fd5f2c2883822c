using Learning.Catalogue;
using Learning.Time;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>What somebody looks at before they book: the session, how many wait, their own live booking, what overlaps, and whether they may (B7).</summary>
/// <param name="Mine">The reader's live booking on it.</param>
/// <param name="Overlapping">Titles of the reader's other sessions at the same time.</param>
/// <param name="Missing">Titles of the courses that have to be held before (B8).</param>
/// <param name="Kept">One of the places kept for their agency or sector is free (B5).</param>
/// <param name="WhyNot">Null when they may book, apart from an overlap, which takes a tick.</param>
public sealed record BookablePlace(Session Session, int Waiting, Guid? Mine, IReadOnlyList<string> Overlapping, IReadOnlyList<string> Missing, bool Kept, BookingReason? WhyNot)
{
    /// <summary>Whether pressing joins the waiting list, as things stand.</summary>
    public bool Waits => BookingRules.Waits(Session, Waiting, Kept);

    /// <summary>Null when there is no session of this reference. At most five statements.</summary>
    public static async Task<BookablePlace?> FindAsync(LearningDb db, Zone zone, string reference, Guid reader, CancellationToken stop = default)
    {
        var session = await db.Sessions.FromSql($"select * from sessions where upper(ref) = upper({reference})")
            .Include(session => session.Course).AsNoTracking().SingleOrDefaultAsync(stop);
        if (session is null)
        {
            return null;
        }

        var standing = await db.StandingOn(session.Id, reader).SingleAsync(stop);
        var elsewhere = await Elsewhere.OfAsync(db, session.Ref, reader, zone.Today, stop);
        var overlapping = elsewhere.Overlapping.Length == 0 ? [] : await db.Sessions.AsNoTracking()
            .Where(other => elsewhere.Overlapping.Contains(other.Ref)).OrderBy(other => other.StartsAt).Select(other => other.Course!.Title).ToListAsync(stop);
        var kept = session.Kept > 0 && await KeptFor.FindAsync(db, session, reader, stop) is not null;
        return new BookablePlace(
            session, standing.Waiting, standing.LiveId, overlapping, elsewhere.Missing, kept, BookingRules.WhyNotBook(session, session.Course!, zone.Now, zone.Today, elsewhere, overlapKnown: true));
    }
}
