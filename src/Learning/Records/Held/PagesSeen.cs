namespace Learning.Records.Held;

internal static class PagesSeen
{
    public static readonly Section Section = new(
        "pagesSeen", "Pages of e-learning you saw", "", ["page_visits.attempt_id"],
        """
        select c.title, v.page, v.first_seen_at
        from page_visits v join learning_attempts t on t.id = v.attempt_id join courses c on c.id = t.course_id where t.person_id = any(@persons) order by v.first_seen_at, v.page
        """,
        [new("course", "Course"), new("page", "Page"), new("at", "First seen")]);
}
