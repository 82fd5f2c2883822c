using Learning.Messages;

namespace Learning.Bookings;

/// <summary>What is written to people about their bookings, queued in the verb's own transaction (M1). Each kind once a booking, or once each time that it comes to that again (M2).</summary>
internal static class BookingMessages
{
    public static Outgoing Confirmed(Booking booking) =>
        About("booking-confirmed", booking.Id, booking.PersonId, booking.SessionId, "A place was booked.");

    /// <summary>An offer was accepted: also by somebody whose place had been confirmed once before, and had had to go (B4).</summary>
    public static Outgoing Accepted(Booking booking) => Confirmed(booking) with { Occurrence = $"offer accepted {booking.StateAt:O}", Why = "They accepted the place that was offered to them." };

    /// <summary>To whoever booked for somebody without an address of their own, who tells them.</summary>
    public static Outgoing CareOf(this Outgoing message, string? address) => address is null ? message : message with { Address = address };

    /// <summary>The position of the moment: it is what they read on the page, too.</summary>
    public static Outgoing Waiting(Booking booking, int position) =>
        About("booking-waiting", booking.Id, booking.PersonId, booking.SessionId, "They joined the waiting list.") with { Data = new { position } };

    /// <summary>Whether a place was held decides whether a calendar entry is taken back.</summary>
    public static Outgoing Cancelled(Booking booking, bool held) =>
        About("booking-cancelled", booking.Id, booking.PersonId, booking.SessionId, "The booking was given up.") with { Data = new { held } };

    public static Outgoing Offered(Guid booking, Guid person, Guid session, DateTimeOffset endsAt) =>
        About("place-offered", booking, person, session, "A place came free, and they were first in line.") with { Occurrence = $"until {endsAt:O}", Data = new { endsAt } };

    /// <summary>A smaller room has no place for them, and they are first in line (B4).</summary>
    public static Outgoing MovedToWaiting(Booking booking, DateTimeOffset now) =>
        About("moved-to-waiting", booking.Id, booking.PersonId, booking.SessionId, "The session has fewer places, and the organiser chose who gives way.") with { Occurrence = now.ToString("O"), Data = new { reason = booking.StateReason } };

    public static Outgoing Withdrawn(Booking booking, bool held) =>
        About("booking-withdrawn", booking.Id, booking.PersonId, booking.SessionId, "The organiser took the booking back.") with { Data = new { held, reason = booking.StateReason } };

    public static Outgoing OfferLapsed(Guid booking, Guid person, Guid session) =>
        About("offer-lapsed", booking, person, session, "The offer of a place ended without an answer.");

    public static Outgoing ListEnded(Guid booking, Guid person, Guid session) =>
        About("waiting-list-ended", booking, person, session, "Booking closed while they waited.");

    private static Outgoing About(string kind, Guid booking, Guid person, Guid session, string why) =>
        new() { Kind = kind, PersonId = person, SubjectId = booking, SessionId = session, Why = why };
}
