namespace Learning.Records.Held;

internal static class Choices
{
    public static readonly Section Section = new(
        "choices", "What you chose in stories", "Practice: it counts for nothing.", ["case_choices.attempt_id"],
        """
        select c.title, h.decision, h.choice, h.chosen_at
        from case_choices h join learning_attempts t on t.id = h.attempt_id join courses c on c.id = t.course_id where t.person_id = any(@persons) order by h.chosen_at, h.decision
        """,
        [new("course", "Course"), new("decision", "Decision"), new("choice", "Choice"), new("at", "When")]);
}
