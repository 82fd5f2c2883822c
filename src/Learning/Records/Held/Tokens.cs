namespace Learning.Records.Held;

internal static class Tokens
{
    public static readonly Section Section = new(
        "tokens", "Access tokens", "With these a program may act as you.", ["access_tokens.person_id"],
        "select name, array_to_string(scopes, ', '), created_at, expires_at, last_used_at, revoked_at from access_tokens where person_id = any(@persons) order by created_at, id",
        [new("name", "Name"), new("may", "May be used for"), new("madeAt", "Made"), new("expiresAt", "Good until"), new("usedAt", "Last used"), new("revokedAt", "Revoked")]);
}
