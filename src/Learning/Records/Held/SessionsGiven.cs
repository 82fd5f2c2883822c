namespace Learning.Records.Held;

internal static class SessionsGiven
{
    public static readonly Section Section = new(
        "sessionsGiven", "Sessions you give or gave", "As their trainer.", ["session_trainers.person_id"],
        """
        select s.ref, c.title, s.starts_at, s.status
        from session_trainers t join sessions s on s.id = t.session_id join courses c on c.id = s.course_id where t.person_id = any(@persons) order by s.starts_at, s.ref
        """,
        [new("session", "Session"), new("course", "Course"), new("starts", "Starts"), new("status", "State")]);
}
