namespace Learning.Records.Held;

internal static class Evidence
{
    public static readonly Section Section = new(
        "evidence", "Learning elsewhere that you sent", "The files themselves are on the page What you need.", ["learning_evidence.person_id", "evidence_files.evidence_id"],
        """
        select v.title, v.provider, v.done_on, c.title, v.sent_at, coalesce(v.decision, 'waits'), v.reason, f.evidence_id is not null, encode(v.sha256, 'hex')
        from learning_evidence v join courses c on c.id = v.course_id left join evidence_files f on f.evidence_id = v.id where v.person_id = any(@persons) order by v.sent_at, v.id
        """,
        [new("title", "Training"), new("provider", "Given by"), new("on", "Finished"), new("course", "To count as"), new("sentAt", "Sent"), new("decision", "State"), new("reason", "Reason"), new("file", "File kept"), new("sha256", "SHA-256 of the file")]);
}
