namespace Learning.Records.Held;

internal static class Unplaced
{
    public static readonly Section Section = new(
        "unplacedMarks", "Marks that could not be placed", "What a trainer’s device sent about you and no register could hold, or came long after it was signed. They count for nothing unless they were taken in.",
        ["mark_strays.person_id", "mark_strays.substitute_id", "mark_stray_decisions.stray_id"],
        """
        select s.ref, case when m.substitute_id = any(@persons) then 'came in the place of a colleague' when m.mark = 'substitute' then 'a colleague came instead' else m.mark end,
            m.minutes, m.marked_at, m.recorded_at, m.why,
            case d.taken_in when true then 'taken in' when false then 'set aside' end
        from mark_strays m join sessions s on s.id = m.session_id left join mark_stray_decisions d on d.stray_id = m.id where m.person_id = any(@persons) or m.substitute_id = any(@persons) order by m.recorded_at, m.id
        """,
        [new("session", "Session"), new("mark", "Mark"), new("minutes", "Minutes"), new("markedAt", "Marked"), new("recordedAt", "Recorded"), new("why", "Why it is here"), new("decided", "What was decided")]);
}
