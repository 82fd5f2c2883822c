namespace Learning.Records.Held;

internal static class CheckIns
{
    public static readonly Section Section = new(
        "checkIns", "Check-ins that you said were yours", "Awareness events where you checked in without an account, as you said later or took back. They never count as training.",
        ["check_in_claims.person_id", "check_in_claims.recorded_by", "check_in_claims.check_in_id"],
        """
        select s.ref, case when k.person_id is null then 'taken back' else 'yours' end, i.checked_in_at, k.recorded_at
        from check_in_claims k join check_ins i on i.id = k.check_in_id join sessions s on s.id = i.session_id where k.person_id = any(@persons) or k.recorded_by = any(@persons) order by k.recorded_at, k.id
        """,
        [new("session", "Session"), new("said", "You said"), new("checkedInAt", "Checked in"), new("recordedAt", "Said")]);

    public static readonly Section ByCode = new(
        "checkInsByCode", "Check-ins by a code", "Sessions at which you said by your phone that you were there. Kept for 30 days: the register has what came of it.",
        ["self_check_ins.person_id"],
        """
        select s.ref, c.checked_in_at, case when c.taken then 'in the register' when not c.taken then 'not there when heads were counted' else 'not counted yet' end
        from self_check_ins c join sessions s on s.id = c.session_id where c.person_id = any(@persons) order by c.checked_in_at, c.id
        """,
        [new("session", "Session"), new("checkedInAt", "Checked in"), new("came", "What came of it")]);
}
