namespace Learning.Records.Held;

internal static class Retained
{
    public static readonly Section Section = new(
        "retention", "When your record would be erased", "Because you have done nothing for years. Signing in keeps it.", ["retention_cases.person_id", "retention_cases.message_id"],
        "select last_active_on, last_active, listed_at, noticed_at, erase_on, refused from retention_cases where person_id = any(@persons) order by erase_on",
        [
            new("lastActiveOn", "Last active on"), new("lastActive", "What it was"), new("listedAt", "Listed since"), new("noticedAt", "You were written to"), new("eraseOn", "Erased from"), new("refused", "Why not yet"),
        ]);
}
