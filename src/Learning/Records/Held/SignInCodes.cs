namespace Learning.Records.Held;

internal static class SignInCodes
{
    public static readonly Section Section = new(
        "codes", "Codes to sign in with", "Asked for with one of your addresses, by you or by somebody else. They are cleared away soon after they have expired.",
        ["sign_in_codes.person_id", "sign_in_codes.email"],
        "select email, device, asked_from, asked_at, expires_at, wrong_tries, ended_at, ended_because from sign_in_codes where person_id = any(@persons) order by asked_at, id",
        [
            new("email", "Sent to"), new("device", "Asked for on"), new("from", "From"), new("askedAt", "Asked"), new("expiresAt", "Good until"), new("wrongTries", "Wrong tries"), new("endedAt", "Ended"),
            new("endedBecause", "Because"),
        ]);
}
