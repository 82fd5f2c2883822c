namespace Learning.Records.Held;

internal static class Addresses
{
    public static readonly Section Section = new(
        "addresses", "Your e-mail addresses", "Any of them lets you in; messages go to the main one.", ["person_emails.person_id"],
        "select email, main, verified_at, bounced_at from person_emails where person_id = any(@persons) order by main desc, email",
        [new("email", "Address"), new("main", "Main"), new("confirmedAt", "You confirmed it"), new("bouncedAt", "Its mail server refused it")]);
}
