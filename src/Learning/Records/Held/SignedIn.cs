namespace Learning.Records.Held;

internal static class SignedIn
{
    public static readonly Section Section = new(
        "sessions", "Where you signed in", "The devices on which you were signed in, as your browser called itself.", ["account_sessions.account_id"],
        """
        select s.device, s.method, s.strong, s.opened_at, s.seen_at, s.ends_at, s.ended_at, s.ended_because
        from account_sessions s join accounts a on a.id = s.account_id where a.person_id = any(@persons) order by s.opened_at desc, s.id
        """,
        [
            new("device", "Device"), new("method", "By"), new("strong", "With a second step"), new("openedAt", "Signed in"), new("seenAt", "Last seen"), new("endsAt", "Good until"),
            new("endedAt", "Ended"), new("endedBecause", "Because"),
        ]);
}
