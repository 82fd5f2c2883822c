using Learning.Figures;
using Learning.Time;

namespace Learning.Reports;

/// <summary>A period that can be chosen on the insight page: a quarter, or a year from April (T2).</summary>
/// <param name="Key">What the address says: "2026-27-Q2", "2025-26".</param>
public sealed record InsightPeriod(string Key, string Name, Period Period)
{
    private const int Quarters = 8, Years = 4;

    /// <summary>The choices on a day, the newest first: the quarter that ended last is the first.</summary>
    public static IReadOnlyList<InsightPeriod> On(DateOnly today)
    {
        var quarter = new DateOnly(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1);
        var year = new DateOnly(today.Month >= 4 ? today.Year : today.Year - 1, 4, 1);
        return
        [
            .. Enumerable.Range(1, Quarters).Select(back => Quarter(quarter.AddMonths(-3 * back))),
            Quarter(quarter) with { Name = $"{Months(quarter)} to date" },
            .. Enumerable.Range(0, Years).Select(back => Year(year.AddYears(-back), toDate: back == 0)),
        ];
    }

    private static InsightPeriod Quarter(DateOnly first)
    {
        var april = first.Month >= 4 ? first.Year : first.Year - 1;
        var number = first.Month >= 4 ? ((first.Month - 4) / 3) + 1 : 4;
        return new InsightPeriod($"{april}-{(april + 1) % 100:00}-Q{number}", Months(first), new Period(first, first.AddMonths(3)));
    }

    private static InsightPeriod Year(DateOnly first, bool toDate) =>
        new($"{first.Year}-{(first.Year + 1) % 100:00}", $"Year {first.Year}/{(first.Year + 1) % 100:00}{(toDate ? " to date" : "")}", new Period(first, first.AddYears(1)));

    private static string Months(DateOnly first) => $"{first.ToString("MMMM", British.Culture)} to {first.AddMonths(2).ToString("MMMM yyyy", British.Culture)}";
}
