namespace Learning.Records.Held;

internal static class Moves
{
    public static readonly Section Section = new(
        "moves", "What you said of where you work", "That you have moved to an agency, or work for it as well, and what it answered.", ["moves.person_id", "moves.employment_id"],
        $"""
        select a.name, left_.name, m.job_title, m.workforce, m.level, m.starts_on, m.main, m.proposed_at, m.state, m.state_at, {Section.Who("m.state_by", "m.state_at")}, m.reason
        from moves m join agencies a on a.id = m.agency_id left join agencies left_ on left_.id = m.leaves_id where m.person_id = any(@persons) order by m.proposed_at, m.id
        """,
        [
            new("agency", "Agency"), new("left", "Instead of"), new("jobTitle", "Job title"), new("workforce", "Works with, or comes as"), new("level", "Level"), new("from", "First day"), new("main", "Main"),
            new("saidAt", "You said so"), new("state", "Became"), new("at", "When"), new("by", "By"), new("reason", "Why"),
        ]);
}
