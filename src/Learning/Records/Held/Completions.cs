namespace Learning.Records.Held;

internal static class Completions
{
    public static readonly Section Section = new(
        "completions", "E-learning you completed", "", ["completions.person_id", "completions.attempt_id"],
        """
        select c.title, d.completed_on, d.score, a.name, d.workforce, d.recorded_at
        from completions d join courses c on c.id = d.course_id left join agencies a on a.id = d.agency_id where d.person_id = any(@persons) order by d.number
        """,
        [new("course", "Course"), new("on", "Completed"), new("score", "Score"), new("agency", "Counted for"), new("workforce", "As"), new("recordedAt", "Recorded")]);
}
