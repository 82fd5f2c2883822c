using Learning.Time;

namespace Learning.Bookings.Desk;

/// <summary>A session on one of its days.</summary>
/// <param name="Part">Which of its days this is, from 0.</param>
public sealed record PlannerEntry(PlannerLine Line, int Part)
{
    public DateOnly Day => DateOnly.FromDateTime(Line.Starts[Part]);

    /// <summary>"9:30am to 4pm".</summary>
    public string Times => British.Times(TimeOnly.FromDateTime(Line.Starts[Part]), TimeOnly.FromDateTime(Line.Ends[Part]));
}

/// <summary>A day of the planner, with what is on it in the order of time.</summary>
public sealed record PlannerDay(DateOnly Date, IReadOnlyList<PlannerEntry> Entries)
{
    public bool IsBankHoliday => EnglishHolidays.Include(Date);

    public bool IsWorkingDay => WorkingDays.Include(Date);
}

/// <summary>The days of a month that lie in one week: Monday to Friday, and those of the weekend on which there is something.</summary>
public sealed record PlannerWeek(IReadOnlyList<PlannerDay> Days)
{
    public bool IsEmpty => Days.All(day => day.Entries.Count == 0);

    /// <summary>Where a session planned for this week would be: its first working day that is still to come; null: there is none.</summary>
    public DateOnly? FirstFree(DateOnly today) => Days.Where(day => day.Date > today && day.IsWorkingDay).Select(day => (DateOnly?)day.Date).FirstOrDefault();
}

/// <summary>A month of the planner.</summary>
/// <param name="Sessions">How many there are in it.</param>
public sealed record PlannerMonth(DateOnly First, IReadOnlyList<PlannerWeek> Weeks, int Sessions)
{
    /// <summary>"April 2026".</summary>
    public string Name => First.ToString("MMMM yyyy", British.Culture);

    /// <summary>The months of a year with the sessions that lie in them.</summary>
    public static IReadOnlyList<PlannerMonth> Of(PlannerFilter filter, IReadOnlyList<PlannerLine> lines)
    {
        var entries = lines.SelectMany(line => Enumerable.Range(0, line.Starts.Length).Select(part => new PlannerEntry(line, part))).OrderBy(entry => entry.Line.Starts[entry.Part]).ToLookup(entry => entry.Day);
        return [.. Enumerable.Range(0, 12).Select(month => Month(filter.Days.From.AddMonths(month), entries))];
    }

    private static PlannerMonth Month(DateOnly first, ILookup<DateOnly, PlannerEntry> entries)
    {
        var days = Enumerable.Range(0, DateTime.DaysInMonth(first.Year, first.Month)).Select(first.AddDays).Select(date => new PlannerDay(date, [.. entries[date]]))
            .Where(day => day.Date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) || day.Entries.Count > 0).ToList();
        var weeks = days.GroupBy(day => day.Date.DayNumber - ((int)day.Date.DayOfWeek + 6) % 7).Select(week => new PlannerWeek([.. week]));
        return new(first, [.. weeks], days.SelectMany(day => day.Entries).Select(entry => entry.Line.Id).Distinct().Count());
    }
}
