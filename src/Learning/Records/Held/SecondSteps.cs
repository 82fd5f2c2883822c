namespace Learning.Records.Held;

internal static class SecondSteps
{
    public static readonly Section Section = new(
        "secondSteps", "What protects your account", "Passkeys, an authenticator app, recovery codes, the key of what your tablets keep of registers. What is kept of them checks them; the keys and codes themselves are not shown here.",
        ["account_passkeys.user_id", "account_authenticators.account_id", "account_recovery_codes.account_id", "tablet_keys.account_id"],
        """
        select s.what, s.name, s.made_at, s.used_at from accounts a, lateral (
            select 'passkey' as what, data ->> 'Name' as name, (data ->> 'CreatedAt')::timestamptz as made_at, null::timestamptz as used_at from account_passkeys where user_id = a.id
            union all select 'authenticator app', null, coalesce(confirmed_at, begun_at), to_timestamp(nullif(last_step, 0) * 30) from account_authenticators where account_id = a.id
            union all select 'recovery code', null, made_at, used_at from account_recovery_codes where account_id = a.id
            union all select 'key of your tablets', null, made_at, null from tablet_keys where account_id = a.id) s
        where a.person_id = any(@persons) order by s.what, s.made_at, s.used_at
        """,
        [new("what", "What"), new("name", "Your name for it"), new("madeAt", "Made"), new("usedAt", "Used")]);
}
