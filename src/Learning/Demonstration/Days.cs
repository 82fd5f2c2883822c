using Learning.Time;

namespace Learning.Demonstration;

/// <summary>Days on which a business unit would plan a session, and local wall time as an instant (T1).</summary>
internal static class Days
{
    // The demonstration is Southend's, whatever zone the installation that shows it is set to. The clock is not read.
    private static readonly Zone Southend = Zone.Of(TimeProvider.System);

    public static DateTimeOffset ToInstant(DateTime local) => Southend.InstantOf(local);

    /// <summary>The day itself or the next one that is a Tuesday, Wednesday or Thursday and not between Christmas and the first week of January.</summary>
    public static DateOnly Midweek(DateOnly day)
    {
        while (day.DayOfWeek is not (DayOfWeek.Tuesday or DayOfWeek.Wednesday or DayOfWeek.Thursday)
               || day is { Month: 12, Day: > 19 } or { Month: 1, Day: < 6 })
            day = day.AddDays(1);
        return day;
    }

    public static DateOnly Next(DayOfWeek weekday, DateOnly from) => from.AddDays(((int)weekday - (int)from.DayOfWeek + 7) % 7);

    /// <summary>So many working days (Monday to Friday) earlier.</summary>
    public static DateOnly WorkingDaysBefore(DateOnly day, int count)
    {
        while (count > 0)
        {
            day = day.AddDays(-1);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                count--;
        }
        return day;
    }

    public static DateTime At(this DateOnly day, string time) =>
        day.ToDateTime(TimeOnly.ParseExact(time, "HH:mm", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>One part on one day: <c>day.Part("09:30", "16:00")</c>. An end before the start is on the next day.</summary>
    public static Part Part(this DateOnly day, string starts, string ends, string title = "")
    {
        var end = day.At(ends);
        return new Part(day.At(starts), end < day.At(starts) ? end.AddDays(1) : end, title);
    }
}
