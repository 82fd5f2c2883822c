namespace Learning.Records.Held;

internal static class Employments
{
    public static readonly Section Section = new(
        "employments", "Where you have worked", "The agencies that your training is counted under.", ["employments.person_id"],
        """
        select a.name, e.job_title, e.workforce, e.level, e.starts_on, e.ends_on, e.main
        from employments e join agencies a on a.id = e.agency_id where e.person_id = any(@persons) order by e.starts_on, e.number
        """,
        [
            new("agency", "Agency"), new("jobTitle", "Job title"), new("workforce", "Works with, or comes as"), new("level", "Level"), new("from", "From"), new("to", "Up to, not including"),
            new("main", "Main"),
        ]);
}
