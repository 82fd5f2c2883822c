namespace Learning.Records.Held;

internal static class Invited
{
    public static readonly Section Section = new(
        "invited", "Invitations and lists with you on them", "Of agencies that say you belong to them. Lists go after a week, invitations two months after their end.",
        ["invitations.person_id", "bulk_rows.email"],
        """
        select a.name, i.email, concat_ws(' ', i.given_name, i.family_name), i.job_title, i.workforce, i.level, i.invited_at, i.ends_at,
            case when i.accepted_at is not null then 'you took it up' when i.withdrawn_at is not null then 'taken back' else 'an invitation' end
        from invitations i join agencies a on a.id = i.agency_id
        where i.person_id = any(@persons) or i.email in (select email from person_emails where person_id = any(@persons))
        union all
        select a.name, r.email, concat_ws(' ', r.given_name, r.family_name), r.job_title, r.workforce, r.level, b.made_at, null, 'on a list'
        from bulk_rows r join bulk_runs b on b.id = r.run_id join agencies a on a.id = r.agency_id where r.email in (select email from person_emails where person_id = any(@persons))
        order by 7
        """,
        [
            new("agency", "Agency"), new("email", "Address"), new("name", "Name"), new("jobTitle", "Job title"), new("workforce", "Workforce"), new("level", "Level"), new("at", "When"), new("until", "Good until"), new("what", "What it is"),
        ]);
}
