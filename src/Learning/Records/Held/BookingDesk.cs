namespace Learning.Records.Held;

/// <summary>What else the booking desk holds about somebody, besides their bookings.</summary>
internal static class BookingDesk
{
    public static readonly Section Waived = new(
        "letIn", "Where you were let in", "Sessions that an organiser let you book although the course asks for something else.", ["booking_waivers.person_id"],
        $"""
        select s.ref, c.title, w.reason, w.made_at, {Section.Who("w.made_by", "w.made_at")}
        from booking_waivers w join sessions s on s.id = w.session_id join courses c on c.id = s.course_id where w.person_id = any(@persons) order by w.made_at
        """,
        [new("session", "Session"), new("course", "Course"), new("reason", "Why"), new("at", "When"), new("by", "By")]);

    public static readonly Section Approvals = new(
        "approvals", "Whom we asked for approval", "Your manager, as you named them, and what they answered.", ["booking_approvals.booking_id"],
        """
        select s.ref, c.title, a.approver_email, a.asked_at, a.decided_at, case a.approved when true then 'approved' when false then 'not approved' end, a.reason
        from booking_approvals a join bookings b on b.id = a.booking_id join sessions s on s.id = b.session_id join courses c on c.id = s.course_id
        where b.person_id = any(@persons) order by a.asked_at
        """,
        [new("session", "Session"), new("course", "Course"), new("asked", "Whom we asked"), new("askedAt", "When"), new("decidedAt", "Answered"), new("answer", "Answer"), new("reason", "Why")]);

    public static readonly Section Interests = new(
        "interests", "Courses that you want to hear of", "We write when there is a date.", ["course_interests.person_id"],
        "select c.title, i.asked_at, i.ended_at, i.ended_because from course_interests i join courses c on c.id = i.course_id where i.person_id = any(@persons) order by i.asked_at",
        [new("course", "Course"), new("askedAt", "Asked"), new("endedAt", "Ended"), new("because", "Because")]);

    public static readonly Section Organises = new(
        "organises", "Courses that you organise", "You are named on them, besides the business unit.", ["course_organisers.person_id"],
        "select c.title from course_organisers o join courses c on c.id = o.course_id where o.person_id = any(@persons) order by c.title", [new("course", "Course")]);

    public static readonly Section Calendar = new(
        "calendarLinks", "Links to your calendar", "Addresses from which a calendar reads your bookings. What is kept of each recognises it; the address itself is not kept.", ["calendar_links.person_id"],
        "select made_at, ended_at from calendar_links where person_id = any(@persons) order by made_at", [new("madeAt", "Made"), new("endedAt", "Ended")]);
}
