using Microsoft.EntityFrameworkCore;

namespace Learning.Bookings;

/// <summary>The order of a session's waiting list (B6). What is asked here holds while the session is locked.</summary>
internal static class Line
{
    /// <summary>The moment before which somebody stands who is to be first: that of whoever is first now, or now.</summary>
    public static async Task<DateTimeOffset> HeadAsync(LearningDb db, Guid session, DateTimeOffset now, CancellationToken stop) =>
        await db.Bookings.Where(booking => booking.SessionId == session && booking.State == BookingState.Waiting).MinAsync(booking => (DateTimeOffset?)booking.LineAt, stop) is { } first && first < now ? first : now;
}
