namespace Learning.Time;

/// <summary>Monday to Friday but for England's bank holidays (rules B6, B9, B12).</summary>
public static class WorkingDays
{
    /// <summary>Whether people work on a date.</summary>
    public static bool Include(DateOnly date) =>
        date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !EnglishHolidays.Include(date);

    /// <summary>The first working day after a date.</summary>
    public static DateOnly After(DateOnly date)
    {
        do
        {
            date = date.AddDays(1);
        }
        while (!Include(date));
        return date;
    }

    /// <summary>The working day that comes so many working days after a date.</summary>
    public static DateOnly After(DateOnly date, int days)
    {
        for (; days > 0; days--)
        {
            date = After(date);
        }

        return date;
    }

    /// <summary>The date so many working days before another, which itself need not be one: 5 before a Monday is the Monday of the week before, unless there is a bank holiday.</summary>
    public static DateOnly Before(DateOnly date, int days)
    {
        for (var left = days; left > 0; left -= Include(date) ? 1 : 0)
        {
            date = date.AddDays(-1);
        }

        return date;
    }

    /// <summary>
    /// The wall time at which one working day has passed. The clock runs on working days only: from Friday 3pm it is Monday 3pm; from any time of a
    /// weekend it is the end of Monday, so that who reads their post on working days has had a whole one.
    /// </summary>
    public static DateTime OneLater(DateTime local)
    {
        var date = DateOnly.FromDateTime(local);
        return Include(date)
            ? After(date).ToDateTime(TimeOnly.FromDateTime(local))
            : After(date).AddDays(1).ToDateTime(TimeOnly.MinValue);
    }
}
