namespace Learning.Records.Held;

internal static class RolesAsked
{
    public static readonly Section Section = new(
        "rolesAsked", "Roles that were asked for, for you", "Some roles take a second person's approval.", ["role_requests.person_id"],
        $"""
        select r.role, a.name, r.starts_on, r.ends_on - 1, r.reason, r.asked_at, {Section.Who("r.asked_by", "r.asked_at")}, r.decision, r.decided_at
        from role_requests r left join agencies a on a.id = r.agency_id where r.person_id = any(@persons) order by r.asked_at, r.id
        """,
        [
            new("role", "Role"), new("agency", "Of the agency"), new("from", "From"), new("until", "Last day"), new("reason", "Why"), new("askedAt", "Asked"), new("by", "By"), new("decision", "Decision"),
            new("decidedAt", "Decided"),
        ]);
}
