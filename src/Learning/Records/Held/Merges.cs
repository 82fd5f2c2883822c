namespace Learning.Records.Held;

internal static class Merges
{
    public static readonly Section Section = new(
        "merges", "Records of yours that were merged", "When two records turned out to be you, or looked like it.",
        ["person_merges.person_id", "person_merges.into_id", "not_duplicates.first_id", "not_duplicates.second_id"],
        $"""
        select record, into_record, at, by, reason from (
            select m.person_id as record, m.into_id as into_record, m.recorded_at as at, {Section.Who("m.recorded_by", "m.recorded_at")} as by, m.reason
            from person_merges m where m.person_id = any(@persons) and (m.into_id is null or m.into_id = any(@persons))
            union all
            select case when n.first_id = any(@persons) then n.first_id else n.second_id end, null, n.recorded_at, {Section.Who("n.recorded_by", "n.recorded_at")}, 'compared with another record, which is somebody else’s'
            from not_duplicates n where n.first_id = any(@persons) or n.second_id = any(@persons)) merges
        order by at
        """,
        [new("record", "Record"), new("into", "Merged into (none: it stands by itself)"), new("at", "When"), new("by", "By"), new("reason", "Why")]);
}
