namespace Learning.Records.Held;

internal static class Attendance
{
    public static readonly Section Section = new(
        "attendance", "What registers say of you", "Every mark, also those that a later one has replaced. Where somebody came in another's place, the other is not named.",
        ["marks.person_id", "marks.substitute_id"],
        $"""
        select s.ref, c.title, p.number, p.starts_at,
            case when m.substitute_id = any(@persons) then 'came in the place of a colleague' when m.mark = 'substitute' then 'a colleague came instead' else m.mark end,
            m.minutes, a.name, case when m.substitute_id = any(@persons) then m.substitute_workforce else m.workforce end, m.walk_in, m.marked_at, m.recorded_at,
            {Section.Who("m.recorded_by", "m.recorded_at")}, m.flag
        from marks m join session_parts p on p.id = m.part_id join sessions s on s.id = m.session_id join courses c on c.id = s.course_id
        left join agencies a on a.id = case when m.substitute_id = any(@persons) then m.substitute_agency_id else m.agency_id end
        where m.person_id = any(@persons) or m.substitute_id = any(@persons) order by m.number
        """,
        [
            new("session", "Session"), new("course", "Course"), new("part", "Part"), new("starts", "Starts"), new("mark", "Mark"), new("minutes", "Minutes"), new("agency", "Counted for"),
            new("workforce", "As"), new("walkIn", "Without a booking"), new("markedAt", "Marked"), new("recordedAt", "Recorded"), new("by", "By"), new("flag", "To look at"),
        ], Long: true);
}
