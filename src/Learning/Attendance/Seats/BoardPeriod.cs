using Learning.Time;

namespace Learning.Attendance.Seats;

/// <summary>The period of a forum's attendance (T2): from a day up to, not including, another. People type the last day that is in it.</summary>
public sealed record BoardPeriod(DateOnly From, DateOnly To)
{
    /// <summary>As people read it.</summary>
    public string Words => $"{British.DateWithoutDay(From)} to {British.DateWithoutDay(To.AddDays(-1))}";

    /// <summary>As an address has it.</summary>
    public string Query => $"?from={From:yyyy-MM-dd}&to={To.AddDays(-1):yyyy-MM-dd}";

    /// <summary>As long as this one, and right before or after it.</summary>
    public BoardPeriod Beside(int years) => new(From.AddYears(years), To.AddYears(years));

    /// <summary>What somebody typed; nothing is the year that began last April, and half of it a year. The plain year with a sentence where it is no period.</summary>
    public static (BoardPeriod Period, string? Mistake) Of(string? from, string? to, DateOnly today)
    {
        var year = MyRecord.YearOf(today);
        var plain = new BoardPeriod(year, year.AddYears(1));
        if (!British.TryDate(from, out var first) || !British.TryDate(to, out var last))
        {
            return (plain, "Enter dates such as 1/4/2026");
        }

        var begins = first ?? last?.AddDays(1).AddYears(-1) ?? plain.From;
        var period = new BoardPeriod(begins, last?.AddDays(1) ?? begins.AddYears(1));
        return period.To <= period.From ? (plain, "The last day is before the first") : (period, null);
    }
}
