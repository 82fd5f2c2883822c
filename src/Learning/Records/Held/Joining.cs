namespace Learning.Records.Held;

internal static class Joining
{
    public static readonly Section Section = new(
        "joining", "How you joined", "Your sign-up, until you are placed with an agency.", ["sign_ups.person_id", "sign_ups.claim_code_id"],
        """
        select email, given_name || ' ' || family_name, job_title, workforce, level, asked_at, confirmed_at, case state when 'choosing' then 'you have yet to say where you work' when 'waiting' then 'the business unit has yet to place you' else state end, says, reason
        from sign_ups where person_id = any(@persons) or email in (select email from person_emails where person_id = any(@persons)) order by asked_at, id
        """,
        [
            new("email", "Address"), new("name", "Name"), new("jobTitle", "Job title"), new("workforce", "Workforce"), new("level", "Level"), new("askedAt", "Asked"), new("confirmedAt", "You confirmed it"), new("state", "State"),
            new("says", "Where you said you work"), new("reason", "Why you were not placed"),
        ]);
}
