namespace Learning.Records.Held;

/// <summary>What conferences hold about somebody, besides their bookings: what they wished for and were given, what they do there, and how long they were in which workshop.</summary>
internal static class Conferences
{
    private const string Workshop = "(select coalesce(nullif(btrim(p.title), ''), w.ref) from sessions w join session_parts p on p.session_id = w.id and p.number = 1 where w.id = x.workshop_id)";

    public static readonly Section Wished = new(
        "workshopsWished", "Workshops that you would like", "What you chose in each round of a conference, the best first.", ["workshop_wishes.booking_id"],
        $"""
        select s.ref, {Workshop}, x.rank from workshop_wishes x join bookings b on b.id = x.booking_id join sessions s on s.id = b.session_id
        join conference_rounds r on r.id = x.round_id where b.person_id = any(@persons) order by s.starts_at, r.starts_local, x.rank
        """,
        [new("conference", "Conference"), new("workshop", "Workshop"), new("rank", "Choice")]);

    public static readonly Section Given = new(
        "workshopsGiven", "Workshops that you were given", "What was worked out for you, and why.", ["allocation_results.booking_id"],
        $"""
        select s.ref, {Workshop}, x.because, a.made_at, a.told_at from allocation_results x join allocation_runs a on a.id = x.run_id join bookings b on b.id = x.booking_id
        join sessions s on s.id = b.session_id join conference_rounds r on r.id = x.round_id where b.person_id = any(@persons) order by a.made_at, r.starts_local
        """,
        [new("conference", "Conference"), new("workshop", "Workshop"), new("because", "Why"), new("madeAt", "Worked out"), new("toldAt", "Told")]);

    public static readonly Section Speaks = new(
        "conferenceRoles", "What you do at conferences", "Where you speak, show something or help.", ["conference_people.person_id"],
        "select s.ref, x.role, x.name, x.said_as, x.organisation, x.biography from conference_people x join sessions s on s.id = x.conference_id where x.person_id = any(@persons) order by s.starts_at",
        [new("conference", "Conference"), new("role", "As"), new("name", "Name"), new("saidAs", "Said"), new("organisation", "Organisation"), new("biography", "About you")]);

    public static readonly Section Minutes = new(
        "workshopMinutes", "Time in workshops", "How long you were in which workshop, by its signed register.", ["workshop_minutes.person_id"],
        $"""
        select s.ref, {Workshop}, x.minutes, x.recorded_at from workshop_minutes x join sessions s on s.id = x.conference_id
        where x.person_id = any(@persons) order by s.starts_at, x.recorded_at
        """,
        [new("conference", "Conference"), new("workshop", "Workshop"), new("minutes", "Minutes"), new("recordedAt", "Signed")]);
}
