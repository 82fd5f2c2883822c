namespace Learning.Records.Held;

internal static class Messages
{
    private static readonly string AboutOthers = $"m.kind in ({string.Join(", ", WhatGoes.AboutOthers.Select(kind => $"'{kind}'"))})";

    public static readonly Section Section = new(
        "messages", "Messages to you", "What we sent you and what is still to be sent, with the words where they are kept. They come from the business unit’s address.", ["messages.person_id"],
        $"""
        select m.kind, m.why, m.state, m.due_at, m.sent_at, coalesce(m.sent_to, m.address), m.outcome, case when not {AboutOthers} then m.sent_subject end,
            case when m.sent_text is not null and {AboutOthers} then 'Not shown here, because it may name other people. It was sent to you.' else m.sent_text end
        from messages m
        where m.person_id = any(@persons) or (m.person_id is null and m.address = any(array(select email from person_emails where person_id = any(@persons)))) order by m.queued_at desc, m.id
        """,
        [
            new("kind", "Kind"), new("why", "Why"), new("state", "State"), new("dueAt", "Due"), new("sentAt", "Sent"), new("to", "To"), new("outcome", "What the mail server said"),
            new("subject", "Subject"), new("words", "Words"),
        ], Long: true);
}
