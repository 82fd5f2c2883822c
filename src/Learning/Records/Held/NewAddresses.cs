namespace Learning.Records.Held;

internal static class NewAddresses
{
    public static readonly Section Section = new(
        "newAddresses", "Addresses that you want", "Those that you said are yours, until you have confirmed them; they are forgotten if you do not.", ["address_claims.person_id"],
        "select email, asked_at, ends_at, wrong_codes from address_claims where person_id = any(@persons) order by asked_at, id",
        [new("address", "Address"), new("askedAt", "Asked"), new("until", "Code works until"), new("wrongCodes", "Wrong codes")]);

    public static readonly Section Main = new(
        "mainAddress", "Another main address", "When you asked for messages to go to another of your addresses.", ["main_address_changes.person_id", "main_address_changes.email", "main_address_changes.old_email"],
        $"""
        select email, old_email, asked_at, ends_at, new_confirmed_at, old_confirmed_at, {Section.Who("old_confirmed_by", "old_confirmed_at")}, unreadable_at, ended_at, outcome, wrong_codes
        from main_address_changes where person_id = any(@persons) order by asked_at, id
        """,
        [
            new("address", "New"), new("old", "Old"), new("askedAt", "Asked"), new("until", "Codes work until"), new("newConfirmedAt", "New one confirmed"), new("oldConfirmedAt", "Old one confirmed"),
            new("by", "By"), new("unreadableAt", "You said that you cannot read the old one"), new("endedAt", "Ended"), new("outcome", "Became"), new("wrongCodes", "Wrong codes"),
        ]);
}
