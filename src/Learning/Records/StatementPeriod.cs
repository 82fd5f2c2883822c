using Learning.Attendance;
using Learning.Time;

namespace Learning.Records;

/// <summary>The period of a statement (T2): from a day up to, not including, another. People type the last day that is in it.</summary>
public sealed record StatementPeriod(DateOnly From, DateOnly To)
{
    /// <summary>As people read it.</summary>
    public string Words => $"{British.DateWithoutDay(From)} to {British.DateWithoutDay(To.AddDays(-1))}";

    /// <summary>As an address has it.</summary>
    public string Query => $"?from={From:yyyy-MM-dd}&to={To.AddDays(-1):yyyy-MM-dd}";

    /// <summary>What somebody typed; nothing is the year that began last April. Null with a sentence where it is no period.</summary>
    public static (StatementPeriod Period, string? Mistake) Of(string? from, string? to, DateOnly today)
    {
        var year = MyRecord.YearOf(today);
        var plain = new StatementPeriod(year, year.AddYears(1));
        if (!British.TryDate(from, out var first) || !British.TryDate(to, out var last))
        {
            return (plain, "Enter dates such as 1/4/2026");
        }

        var period = new StatementPeriod(first ?? (last is { } end ? MyRecord.YearOf(end) : plain.From), last?.AddDays(1) ?? MyRecord.YearOf(first ?? today).AddYears(1));
        return period.To <= period.From ? (plain, "The last day is before the first") : (period, null);
    }
}
