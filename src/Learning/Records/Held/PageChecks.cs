namespace Learning.Records.Held;

internal static class PageChecks
{
    public static readonly Section Section = new(
        "pageChecks", "Your answers to pages’ own questions", "Practice: they count for nothing.", ["page_checks.attempt_id"],
        """
        select c.title, k.page, k.chosen, k.words, k.correct, k.answered_at
        from page_checks k join learning_attempts t on t.id = k.attempt_id join courses c on c.id = t.course_id where t.person_id = any(@persons) order by k.answered_at, k.page
        """,
        [new("course", "Course"), new("page", "Page"), new("chosen", "You chose"), new("words", "You wrote"), new("correct", "Right"), new("at", "Answered")]);
}
