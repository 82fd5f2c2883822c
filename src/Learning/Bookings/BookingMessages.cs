using System.Globalization;
using System.Text.Json;

using Learning.Messages;

namespace Learning.Bookings;

/// <summary>What is written to people about their bookings: rows for the verb's own transaction (M1). Who is offered twice, or books again, is another occurrence (M2).</summary>
internal static class BookingMessages
{
    public static Message Confirmed(Booking booking) =>
        About("booking-confirmed", booking, "A place was booked.", new { });

    public static Message Waiting(Booking booking, int position) =>
        About("booking-waiting", booking, "They joined the waiting list.", new { position });

    public static Message Cancelled(Booking booking, BookingState before) =>
        About("booking-cancelled", booking, "The booking was given up.", new { held = before == BookingState.Confirmed });

    public static Message Offered(Guid bookingId, Guid personId, Guid sessionId, DateTimeOffset endsAt, DateTimeOffset now) =>
        Row("place-offered", bookingId, personId, sessionId, "A place came free, and they were first in line.", new { endsAt }, now);

    public static Message OfferLapsed(Guid bookingId, Guid personId, Guid sessionId, DateTimeOffset now) =>
        Row("offer-lapsed", bookingId, personId, sessionId, "The offer of a place ended without an answer.", new { }, now);

    public static Message ListEnded(Guid bookingId, Guid personId, Guid sessionId, DateTimeOffset now) =>
        Row("waiting-list-ended", bookingId, personId, sessionId, "Booking closed while they waited.", new { }, now);

    private static Message About(string kind, Booking booking, string why, object data) =>
        Row(kind, booking.Id, booking.PersonId, booking.SessionId, why, data, booking.StateAt);

    private static Message Row(string kind, Guid bookingId, Guid personId, Guid sessionId, string why, object data, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = kind,
        PersonId = personId,
        SubjectId = bookingId,
        SessionId = sessionId,
        Occurrence = now.ToString("O", CultureInfo.InvariantCulture),
        Why = why,
        Data = JsonSerializer.Serialize(data),
        DueAt = now,
        QueuedAt = now,
        NextTryAt = now,
    };
}
