namespace Learning.Attendance.Meetings;

/// <summary>What joins make of somebody in a part.</summary>
/// <param name="Minutes">Whole minutes in the part.</param>
public sealed record PartSaid(SheetPart Part, int Minutes)
{
    /// <summary>Enough is attended; less is in part, with the minutes (A7, A8).</summary>
    public MarkKind Mark => Minutes >= Part.MinutesNeeded ? MarkKind.Attended : MarkKind.Part;

    /// <summary>The minutes that go with the mark.</summary>
    public int? MarkMinutes => Mark == MarkKind.Part ? Minutes : null;
}

/// <summary>From joins to marks (A7, A8). Pure.</summary>
public static class MeetingMarks
{
    /// <summary>The parts in which somebody was, by their joins: time before and after a part does not count, and of a part that they were not in nothing is said.</summary>
    public static IReadOnlyList<PartSaid> Of(IReadOnlyCollection<MeetingJoin> joins, IEnumerable<SheetPart> parts) =>
    [
        .. parts.Where(part => joins.Any(join => join.From < part.EndsAt && join.To > part.StartsAt)).Select(part => new PartSaid(part, TimePresent.Minutes(joins, part.StartsAt, part.EndsAt))),
    ];

    /// <summary>Whether anybody was there while any part was on: else the file is of another meeting.</summary>
    public static bool Touches(MeetingReport report, IReadOnlyCollection<SheetPart> parts) => report.People.Any(person => Of([.. person.Joins], parts).Count > 0);
}
