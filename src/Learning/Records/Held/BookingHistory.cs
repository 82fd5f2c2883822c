namespace Learning.Records.Held;

internal static class BookingHistory
{
    public static readonly Section Section = new(
        "bookingHistory", "What happened to your bookings", "Every change of their state.", ["booking_changes.booking_id"],
        $"""
        select s.ref, h.state, h.recorded_at, {Section.Who("h.recorded_by", "h.recorded_at")}, h.reason
        from booking_changes h join bookings b on b.id = h.booking_id join sessions s on s.id = h.session_id where b.person_id = any(@persons) order by h.id
        """,
        [new("session", "Session"), new("state", "Became"), new("at", "When"), new("by", "By"), new("reason", "Why")]);
}
