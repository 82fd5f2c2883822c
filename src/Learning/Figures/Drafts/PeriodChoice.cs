using Learning.Time;

namespace Learning.Figures.Drafts;

/// <summary>A period that the builder offers by name (T2); any other is given by its own dates.</summary>
/// <param name="Key">What the form posts: its two dates.</param>
/// <param name="Words">"Year from April: 1 April 2025 to 31 March 2026".</param>
public sealed record PeriodChoice(string Key, string Words, Period Period)
{
    /// <summary>What the form posts for dates of one's own.</summary>
    public const string Own = "own";

    /// <summary>The choices on a day, the newest of each kind first.</summary>
    public static IReadOnlyList<PeriodChoice> On(DateOnly today)
    {
        var april = new DateOnly(today.Month >= 4 ? today.Year : today.Year - 1, 4, 1);
        var october = new DateOnly(today.Month >= 10 ? today.Year : today.Year - 1, 10, 1);
        var quarter = new DateOnly(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1);
        return
        [
            .. Enumerable.Range(0, 6).Select(back => Of("Year from April", april.AddYears(-back), 12)),
            .. Enumerable.Range(0, 4).Select(back => Of("Year from October", october.AddYears(-back), 12)),
            .. Enumerable.Range(0, 9).Select(back => Of("Quarter", quarter.AddMonths(-3 * back), 3)),
            .. Enumerable.Range(1, 3).Select(back => Of("Eighteen months", april.AddMonths(-6 * back), 18)).Where(choice => choice.Period.To <= april.AddYears(1)),
            // Only of what has a day already; a report that is to go on is saved again later.
            .. today > april ? new[] { Of("To date, from April", new Period(april, today.AddDays(1))) } : [],
            .. today > quarter ? new[] { Of("To date, this quarter", new Period(quarter, today.AddDays(1))) } : [],
        ];
    }

    private static PeriodChoice Of(string kind, DateOnly from, int months) => Of(kind, new Period(from, from.AddMonths(months)));

    private static PeriodChoice Of(string kind, Period period) => new($"{period.From:yyyy-MM-dd}/{period.To:yyyy-MM-dd}", $"{kind}: {period}", period);

    /// <summary>The period that a posted key stands for; null where it is none. A choice of yesterday's page is taken as it was.</summary>
    public static Period? Read(string? key) =>
        key?.Split('/') is [var from, var to] && DateOnly.TryParseExact(from, "yyyy-MM-dd", out var first) && DateOnly.TryParseExact(to, "yyyy-MM-dd", out var end) && first < end ? new Period(first, end) : null;
}
