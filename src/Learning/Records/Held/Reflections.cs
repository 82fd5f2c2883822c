namespace Learning.Records.Held;

internal static class Reflections
{
    public static readonly Section Section = new(
        "reflections", "What you wrote for yourself in courses", "Nobody else is shown the words: a report that somebody else takes about you only says that there are some.", ["reflections.attempt_id"],
        """
        select c.title, r.page_title, r.prompt, r.words, r.kept_at
        from reflections r join learning_attempts t on t.id = r.attempt_id join courses c on c.id = t.course_id where t.person_id = any(@persons) order by r.kept_at, r.id
        """,
        [new("course", "Course"), new("page", "Page"), new("prompt", "Asked"), new("words", "Your words", OwnEyes: true), new("at", "Kept")], Long: true);
}
