namespace Learning.Records.Held;

internal static class Kept
{
    public static readonly Section Section = new(
        "holds", "Why your record is kept", "As long as it is, it is not erased.", ["record_holds.person_id"],
        $"""
        select held_at, reason, {Section.Who("held_by", "held_at")}, lifted_at, case when lifted_at is not null then {Section.Who("lifted_by", "lifted_at")} end
        from record_holds where person_id = any(@persons) order by held_at
        """,
        [new("heldAt", "Kept since"), new("reason", "Why"), new("by", "By"), new("liftedAt", "Until"), new("liftedBy", "Let go by")]);
}
