using Learning.Time;

namespace Learning.Attendance.Meetings;

/// <summary>Reports as people read them.</summary>
public static class MeetingWords
{
    /// <summary>"Teams", "Teams and Zoom".</summary>
    public static string Kind(string kind) => string.Join(" and ", kind.Split('+').Select(one => $"{char.ToUpperInvariant(one[0])}{one[1..]}"));

    /// <summary>"9:28am to 10:15am, 10:20am to 12:31pm": at most a few, in local time.</summary>
    public static string Joins(IReadOnlyList<MeetingJoin> joins, Zone zone)
    {
        const int shown = 4;
        string Time(DateTimeOffset at) => British.Time(TimeOnly.FromDateTime(zone.LocalOf(at)));
        return string.Join(", ", joins.Take(shown).Select(join => $"{Time(join.From)} to {Time(join.To)}{(join.Seconds is { } seconds ? $", {seconds / 60} minutes of it" : "")}")) + (joins.Count > shown ? $" and {joins.Count - shown} more" : "");
    }

    /// <summary>"Attended (178 minutes)", "In part (40 minutes)"; by part where there are several; "Not there while the session was on" of nothing.</summary>
    public static string Said(IReadOnlyList<PartSaid> said, bool several) => said.Count == 0 ? "Not there while the session was on" : string.Join("; ", said.Select(one =>
        $"{(several ? $"{RegisterBar.PartName(one.Part)}: " : "")}{(one.Mark == MarkKind.Attended ? $"Attended ({one.Minutes} minutes)" : MarkWords.Of(one.Mark, one.Minutes))}"));

    /// <summary>What somebody in a recorded report was decided to be.</summary>
    public static string Outcome(ReportedPerson one, string? person) => one.Outcome switch
    {
        ReportedOutcome.ByAddress => $"{person}, by their address",
        ReportedOutcome.ByName => $"{person}, by their name",
        ReportedOutcome.Chosen => person ?? "",
        ReportedOutcome.Added => $"{person}, added",
        ReportedOutcome.Trainer => $"{person}, who gives the session",
        ReportedOutcome.LeftOut => $"Left out: {one.Reason}",
        _ => "Not known yet: the business unit decides",
    };
}
