namespace Learning.Records.Held;

internal static class Wishes
{
    public static readonly Section Section = new(
        "erasure", "Your wishes to be erased", "", ["erasure_requests.person_id", "erasures.person_id"],
        $"""
        select asked_at, why, decision, decided_at, by, answer from (
            select r.asked_at, r.why, r.decision, r.decided_at, case when r.decided_at is not null then {Section.Who("r.decided_by", "r.decided_at")} end as by, r.answer
            from erasure_requests r where r.person_id = any(@persons)
            union all
            select null, e.reason, 'erased', e.erased_at, {Section.Who("e.erased_by", "e.erased_at")}, null from erasures e where e.person_id = any(@persons)) wishes
        order by coalesce(asked_at, decided_at)
        """,
        [new("askedAt", "Asked"), new("why", "Why"), new("decision", "Decided"), new("decidedAt", "When"), new("by", "By"), new("answer", "Answer")]);
}
