namespace Learning.Records.Held;

internal static class Account
{
    public static readonly Section Section = new(
        "account", "Your account", "How you sign in. Of a password we keep only what checks it, which says nothing of the password itself; that is not shown here.",
        ["accounts.person_id", "account_claims.user_id", "account_logins.user_id", "account_tokens.user_id"],
        """
        select a.user_name, a.password_hash is not null, exists (select from account_authenticators s where s.account_id = a.id and s.confirmed_at is not null), a.phone_number, a.second_step_tries, a.second_step_closed_until,
            array(select t.name from account_tokens t where t.user_id = a.id order by t.name), array(select l.login_provider from account_logins l where l.user_id = a.id),
            array(select c.claim_type from account_claims c where c.user_id = a.id)
        from accounts a where a.person_id = any(@persons) order by a.id
        """,
        [
            new("name", "Name of the account"), new("password", "Has a password"), new("secondStep", "Asks for a second step"), new("phone", "Telephone number"), new("wrongTries", "Wrong tries"),
            new("closedUntil", "Closed until"), new("kept", "Keys that are kept for it"), new("logins", "Signs in elsewhere"), new("claims", "Marked as"),
        ]);
}
