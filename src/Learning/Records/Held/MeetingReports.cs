namespace Learning.Records.Held;

internal static class MeetingReports
{
    public static readonly Section Section = new(
        "meetingReports", "Reports of Teams, Zoom or Meet that name you", "What a meeting’s attendance report said of you. What it said goes a year after the session; what was recorded in the register is under attendance.", ["meeting_people.person_id"],
        """
        select s.ref, p.name, p.email, coalesce(p.outcome, 'not matched yet'), p.reason, r.sent_at, p.joins::text
        from meeting_people p join meeting_reports r on r.id = p.report_id join sessions s on s.id = r.session_id
        where p.person_id = any(@persons) or p.email in (select e.email from person_emails e where e.person_id = any(@persons)) order by r.sent_at, p.number
        """,
        [new("session", "Session"), new("name", "Name in the report"), new("email", "Address in the report"), new("outcome", "Matched"), new("reason", "Reason"), new("sentAt", "Sent"), new("joins", "Came and left")]);
}
