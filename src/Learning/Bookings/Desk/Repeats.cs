namespace Learning.Bookings.Desk;

/// <summary>How far apart the sessions of a series are.</summary>
public enum Repeat
{
    Weekly,
    Fortnightly,
    Monthly,
}

/// <summary>The sessions of a series, each in local wall time, so that a clock change moves none (T1).</summary>
public static class Repeats
{
    /// <param name="repeat">Null: there is one.</param>
    /// <param name="count">How many in all, the first included.</param>
    public static IReadOnlyList<PlannedTimes> Of(PlannedTimes first, Repeat? repeat, int count) =>
        [.. Enumerable.Range(0, repeat is null ? 1 : count).Select(index => first.Later(TimeSpan.FromDays(Days(first.FirstDay, repeat, index))))];

    // Monthly: the same day of each month, or its last where it has no such day; the days of one session stay as far apart as they are.
    private static int Days(DateOnly first, Repeat? repeat, int index) => repeat switch
    {
        Repeat.Weekly => 7 * index,
        Repeat.Fortnightly => 14 * index,
        Repeat.Monthly => first.AddMonths(index).DayNumber - first.DayNumber,
        _ => 0,
    };
}
