namespace Learning.Records.Held;

internal static class Certificates
{
    public static readonly Section Section = new(
        "certificates", "Your certificates", "Each as it was issued; what became of it stands beside it.", ["certificates.person_id", "certificates.completion_id", "certificates.replaces_id", "certificate_revocations.certificate_id"],
        """
        select c.number, c.holder, c.course_title, c.level, c.cpd_hours, c.held_on, c.issued_at, c.expires_on - 1, c.reason,
            case when r.certificate_id is not null then 'revoked' when exists (select from certificates n where n.replaces_id = c.id) then 'replaced' else 'stands' end, r.recorded_at, r.reason
        from certificates c left join certificate_revocations r on r.certificate_id = c.id where c.person_id = any(@persons) order by c.serial
        """,
        [
            new("number", "Number"), new("holder", "Issued to"), new("course", "Course"), new("level", "Level"), new("cpdHours", "CPD hours"), new("on", "Learnt on"), new("issuedAt", "Issued"), new("lastDay", "Counts until"),
            new("reason", "Why it was issued anew"), new("state", "State"), new("revokedAt", "Revoked"), new("revokedBecause", "Why it was revoked"),
        ]);
}
