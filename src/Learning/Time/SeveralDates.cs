namespace Learning.Time;

/// <summary>Dates without a year, and several dates in one line.</summary>
public static class SeveralDates
{
    /// <summary>"Thursday 26 November".</summary>
    public static string DayAndMonth(DateOnly date) => date.ToString("dddd d MMMM", British.Culture);

    /// <summary>"Thu 26 November".</summary>
    public static string ShortDayAndMonth(DateOnly date) => date.ToString("ddd d MMMM", British.Culture);

    /// <summary>
    /// "26 November 2026", "12 and 19 January 2027", "26 November and 3 December 2026": month and year once where they are the
    /// same for all that follows. The same date twice is said once.
    /// </summary>
    public static string Of(IEnumerable<DateOnly> dates)
    {
        var days = dates.Distinct().Order().ToList();
        var words = days.Select((day, i) =>
        {
            var next = i + 1 < days.Count ? days[i + 1] : (DateOnly?)null;
            var format = next is null || next.Value.Year != day.Year ? "d MMMM yyyy" : next.Value.Month != day.Month ? "d MMMM" : "%d";
            return day.ToString(format, British.Culture);
        }).ToList();
        return words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words[..^1])} and {words[^1]}";
    }
}
