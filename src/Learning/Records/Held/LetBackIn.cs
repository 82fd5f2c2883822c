namespace Learning.Records.Held;

internal static class LetBackIn
{
    public static readonly Section Section = new(
        "letBackIn", "Asking to be let back in", "Without a second step that is lost, by you or by somebody who said that they were you, and who decided. What is kept of a link checks it, and is not shown here.",
        ["account_recoveries.account_id", "account_recoveries.person_id"],
        $"""
        select r.asked_at, r.device, r.decided_at, case when r.decided_at is not null then {Section.Who("r.decided_by", "r.decided_at")} end, r.granted, r.reason, r.link_ends_at, r.used_at, r.ended_at, r.ended_because
        from account_recoveries r join accounts a on a.id = r.account_id where a.person_id = any(@persons) or r.person_id = any(@persons) order by r.asked_at, r.id
        """,
        [
            new("askedAt", "Asked"), new("device", "Asked on"), new("decidedAt", "Decided"), new("by", "By"), new("letIn", "Let back in"), new("reason", "Why not"), new("goodUntil", "Link good until"), new("usedAt", "Link used"),
            new("endedAt", "Ended"), new("endedBecause", "Because"),
        ]);
}
