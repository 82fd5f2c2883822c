namespace Learning.Records.Held;

internal static class WhoYouAre
{
    public static readonly Section Section = new(
        "person", "Who you are", "Your name, and since when we know you. There is more than one line where records of yours were merged.", ["persons.id"],
        "select id, given_name, family_name, created_at, erased_at from persons where id = any(@persons) order by created_at, id",
        [new("id", "Your number"), new("givenName", "Given name"), new("familyName", "Family name"), new("knownSince", "Known since"), new("erasedAt", "Erased")]);
}
