namespace Learning.Records.Held;

internal static class Trail
{
    // Details that name a record by its number may name somebody else's.
    public static readonly Section Section = new(
        "trail", "What was written down about you", "The audit trail: what you did, and what others did with your record. Others are named by their role.",
        ["audit_entries.actor_id", "audit_entries.subject_id"],
        $"""
        with theirs as (
            select id from audit_entries where actor_id = any(@persons)
            union select id from audit_entries where subject_id = any(@persons)
            union select a.id from bookings b join audit_entries a on a.subject_id = b.id where b.person_id = any(@persons)
            union select a.id from messages m join audit_entries a on a.subject_id = m.id where m.person_id = any(@persons))
        select e.at, {Section.Who("e.actor_id", "e.at")}, e.verb, case when e.subject_id = any(@persons) then 'you' else e.subject_kind end,
            case when e.details::text !~* '[0-9a-f]{8}-[0-9a-f]{4}-' then e.details end
        from theirs t join audit_entries e on e.id = t.id order by e.id desc
        """,
        [new("at", "When"), new("by", "Who"), new("did", "Did what"), new("to", "To what"), new("details", "More")]);
}
