using Learning.Messages;

using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>
/// A place that had to go and came back (B4, B6) keeps its calendar identity: what puts it in again has to be newer than what took it out (RFC 5546), so that the entry's number rises by two each
/// time that the place is confirmed anew.
/// </summary>
internal static class EntryAgain
{
    /// <summary>The reading with its entry's number raised, where it has an entry.</summary>
    public static async Task<Reading> RaiseAsync(LearningDb db, Booking booking, Reading reading, CancellationToken stop) =>
        reading is not Reading.Send { Calendar: { } entry } send || booking.StateAt == booking.BookedAt ? reading : send with { Calendar = entry with { Sequence = entry.Sequence + (2 * await TimesAsync(db, booking.Id, stop)) } };

    private static Task<int> TimesAsync(LearningDb db, Guid booking, CancellationToken stop) => db.Database.SqlQuery<int>($"""
        select greatest(count(*) - 1, 0)::int as "Value" from booking_changes where booking_id = {booking} and state = 'confirmed'
        """).SingleAsync(stop);
}
