namespace Learning.Records.Held;

internal static class SeatsHeld
{
    public static readonly Section Terms = new(
        "seats", "Seats of forums that you hold or held", "From which day to which, by what is known now.", ["seat_terms.person_id"],
        $"""
        select c.title, s.name, a.name, h.starts_on, h.ends_on - 1, h.recorded_at, {Section.Who("h.recorded_by", "h.recorded_at")}
        from seat_terms h join forum_seats s on s.id = h.seat_id join courses c on c.id = s.course_id left join agencies a on a.id = s.agency_id
        where h.person_id = any(@persons) order by h.starts_on, s.number
        """,
        [new("forum", "Forum"), new("seat", "Seat"), new("agency", "Agency’s"), new("from", "From"), new("lastDay", "Last day"), new("recordedAt", "Recorded"), new("by", "By")]);

    public static readonly Section Signed = new(
        "signedSeats", "Seats as registers were signed", "Which seat was yours at a meeting, as its register was signed; a later signature is a line of its own.", ["signed_seats.person_id", "signed_seats.event_id"],
        """
        select x.ref, c.title, s.name, x.starts_at, e.recorded_at
        from signed_seats g join register_events e on e.id = g.event_id join sessions x on x.id = e.session_id join courses c on c.id = x.course_id join forum_seats s on s.id = g.seat_id
        where g.person_id = any(@persons) order by e.id, s.number
        """,
        [new("session", "Session"), new("forum", "Forum"), new("seat", "Seat"), new("starts", "Starts"), new("signedAt", "Signed")]);
}
