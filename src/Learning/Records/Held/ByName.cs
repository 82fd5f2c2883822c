namespace Learning.Records.Held;

internal static class ByName
{
    public static readonly Section Section = new(
        "byName", "What your agency wrote of you before you had an address here", "What told you from others of your name, and codes on paper by which you could claim your record.",
        ["people_by_name.person_id", "claim_codes.person_id"],
        """
        select 'told apart by', note, added_at, null::timestamptz from people_by_name where person_id = any(@persons)
        union all
        select 'a claim code', case when used_at is not null then 'used' when withdrawn_at is not null then 'taken back' end, made_at, ends_at from claim_codes where person_id = any(@persons)
        order by 3
        """,
        [new("what", "What it is"), new("words", "Words"), new("at", "When"), new("until", "Good until")]);
}
