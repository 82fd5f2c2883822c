namespace Learning.Records.Held;

internal static class Corrections
{
    public static readonly Section Section = new(
        "corrections", "What you said is missing or wrong in your record", "", ["record_corrections.person_id"],
        "select course, learnt_on, what, asked_at, coalesce(decision, 'waits'), decided_at, answer from record_corrections where person_id = any(@persons) order by asked_at, id",
        [new("course", "Course"), new("on", "Learnt on"), new("what", "What is wrong"), new("askedAt", "Sent"), new("decision", "State"), new("decidedAt", "Answered"), new("answer", "Answer")], Long: true);
}
