namespace Learning.Records.Held;

internal static class Roles
{
    public static readonly Section Section = new(
        "roles", "Roles you hold or held", "What you may do here besides learning.", ["role_grants.person_id"],
        $"""
        select case when g.deputy then 'deputy ' else '' end || g.role, a.name, g.starts_on, g.ends_on - 1, g.granted_at, {Section.Who("g.granted_by", "g.granted_at")}, g.revoked_at, g.revoked_reason
        from role_grants g left join agencies a on a.id = g.agency_id where g.person_id = any(@persons) order by g.granted_at, g.id
        """,
        [
            new("role", "Role"), new("agency", "Of the agency"), new("from", "From"), new("until", "Last day"), new("givenAt", "Given"), new("by", "By"), new("takenAt", "Taken back"), new("why", "Why"),
        ]);
}
