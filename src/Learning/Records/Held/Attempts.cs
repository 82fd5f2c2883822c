namespace Learning.Records.Held;

internal static class Attempts
{
    public static readonly Section Section = new(
        "attempts", "E-learning you began", "Where you are in each course.", ["learning_attempts.person_id"],
        """
        select c.title, t.started_at, t.last_seen_at, t.last_page, t.completed_at, t.ended_at, t.ended_because
        from learning_attempts t join courses c on c.id = t.course_id where t.person_id = any(@persons) order by t.started_at, t.id
        """,
        [
            new("course", "Course"), new("startedAt", "Began"), new("seenAt", "Last seen"), new("page", "Page"), new("completedAt", "Completed"), new("endedAt", "Ended"),
            new("endedBecause", "Because"),
        ]);
}
