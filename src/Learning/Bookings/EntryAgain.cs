using Learning.Catalogue;
using Learning.Messages;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// A place that had to go and came back (B4, B6) keeps its calendar identity: what puts it in again has to be newer than what took it out (RFC 5546), so that the entry's number rises by two each
/// time that the place is confirmed anew. Where the word that took it out never went, because the booking ended before, what is said of that end takes it out.
/// </summary>
internal static class EntryAgain
{
    /// <summary>The reading with its entry's number raised, where it has an entry.</summary>
    public static async Task<Reading> RaiseAsync(LearningDb db, Booking booking, SessionLetter session, Reading reading, CancellationToken stop) => await RaisedAsync(
        db, booking, reading is Reading.Send { Calendar: null } end && !booking.IsLive && await LeftInAsync(db, booking, stop) ? end with { Calendar = session.Entry(booking.Id, cancelled: true) } : reading, stop);

    private static async Task<bool> LeftInAsync(LearningDb db, Booking booking, CancellationToken stop) => (await db.Database.SqlQuery<bool>($"""
        select state <> 'sent' as "Value" from messages where kind = 'moved-to-waiting' and person_id = {booking.PersonId} and subject_id = {booking.Id} order by queued_at desc limit 1
        """).ToListAsync(stop)).SingleOrDefault();

    private static async Task<Reading> RaisedAsync(LearningDb db, Booking booking, Reading reading, CancellationToken stop) =>
        reading is not Reading.Send { Calendar: { } entry } send || booking.StateAt == booking.BookedAt ? reading : send with { Calendar = entry with { Sequence = entry.Sequence + (2 * await TimesAsync(db, booking.Id, stop)) } };

    private static Task<int> TimesAsync(LearningDb db, Guid booking, CancellationToken stop) => db.Database.SqlQuery<int>($"""
        select greatest(count(*) - 1, 0)::int as "Value" from booking_changes where booking_id = {booking} and state = 'confirmed'
        """).SingleAsync(stop);
}
