namespace Learning.Records.Held;

internal static class PackagesPlayed
{
    public static readonly Section States = new(
        "packageStates", "What stands of the parts of courses you took", "Of courses that somebody else made: what their parts wrote down to go on with.", ["package_states.attempt_id", "package_times.attempt_id"],
        """
        select c.title, s.item, s.completion, s.success, s.score, (select sum(m.seconds) from package_times m where m.attempt_id = s.attempt_id and m.item = s.item), s.saved_at, (s.cmi - 'course.tree')::text
        from package_states s join learning_attempts t on t.id = s.attempt_id join courses c on c.id = t.course_id where t.person_id = any(@persons) order by s.saved_at, s.item
        """,
        [new("course", "Course"), new("item", "Part"), new("completion", "Done"), new("success", "Passed"), new("score", "Per cent"), new("seconds", "Seconds"), new("savedAt", "Saved"), new("kept", "What it wrote")], Long: true);

    public static readonly Section Commits = new(
        "packageCommits", "What the parts of courses sent", "For support, for a year.", ["package_commits.attempt_id"],
        """
        select c.title, k.item, k.recorded_at, k.ended, k.cmi::text, k.kept_back
        from package_commits k join learning_attempts t on t.id = k.attempt_id join courses c on c.id = t.course_id where t.person_id = any(@persons) order by k.recorded_at, k.id
        """,
        [new("course", "Course"), new("item", "Part"), new("at", "Arrived"), new("ended", "Ended"), new("changed", "What it changed"), new("keptBack", "What did not count")], Long: true);
}
