namespace Learning.Records.Held;

internal static class Bookings
{
    public static readonly Section Section = new(
        "bookings", "Your bookings", "Each place that you asked for, as it stands, and what you said that you need.", ["bookings.person_id"],
        $"""
        select s.ref, c.title, s.starts_at, b.state, b.state_at, b.state_reason, b.offer_ends_at, b.booked_at, {Section.Who("b.booked_by", "b.booked_at")}, a.name, b.needs,
            b.needs_met_at, case when b.needs_met_at is not null then {Section.Who("b.needs_met_by", "b.needs_met_at")} end,
            case when b.late then 'late' end, b.excuse, b.excused_at, case when b.held_id is not null then 'kept for your agency or sector' end, b.badge_name, b.said_as
        from bookings b join sessions s on s.id = b.session_id join courses c on c.id = s.course_id left join agencies a on a.id = b.agency_id
        where b.person_id = any(@persons) order by s.starts_at desc, b.number
        """,
        [
            new("session", "Session"), new("course", "Course"), new("starts", "Starts"), new("state", "State"), new("since", "Since"), new("reason", "Why"), new("offerEnds", "Offered until"),
            new("bookedAt", "Booked"), new("bookedBy", "By"), new("agency", "For the agency"), new("needs", "What you need"), new("needsMetAt", "Said to be met"), new("needsMetBy", "By whom"),
            new("late", "Given up late"), new("excuse", "Excused because"), new("excusedAt", "Excused"), new("kept", "Which place"), new("badgeName", "Name on your badge"), new("saidAs", "How it is said"),
        ], Long: true);
}
