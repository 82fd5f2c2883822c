using Learning.Time;

namespace Learning.Figures.Drafts;

/// <summary>A period that the builder offers by name (T2); any other is given by its own dates.</summary>
/// <param name="Key">What the form posts: its two dates.</param>
/// <param name="Words">"Year from April: 1 April 2025 to 31 March 2026".</param>
/// <param name="Period">Of one to date, up to the day that it reaches at the latest.</param>
/// <param name="ToDate">Whether it goes to the day of each count, instead of to its end.</param>
public sealed record PeriodChoice(string Key, string Words, Period Period, bool ToDate = false)
{
    private const string Today = "today";

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
            ToDateOf("To date, from April", new Period(april, april.AddYears(1))),
            ToDateOf("To date, this quarter", new Period(quarter, quarter.AddMonths(3))),
        ];
    }

    private static PeriodChoice Of(string kind, DateOnly from, int months) => Of(kind, new Period(from, from.AddMonths(months)));

    private static PeriodChoice Of(string kind, Period period) => new($"{period.From:yyyy-MM-dd}/{period.To:yyyy-MM-dd}", $"{kind}: {period}", period);

    private static PeriodChoice ToDateOf(string kind, Period most) => new(
        $"{most.From:yyyy-MM-dd}/{Today}/{most.To:yyyy-MM-dd}", $"{kind}: {British.DateWithoutDay(most.From)} to the day of each count, {British.DateWithoutDay(most.LastDay)} at the latest", most, ToDate: true);

    /// <summary>Dates of one's own.</summary>
    public static PeriodChoice Of(Period period) => new($"{period.From:yyyy-MM-dd}/{period.To:yyyy-MM-dd}", period.ToString(), period);

    /// <summary>The choice that a definition's period is.</summary>
    public static PeriodChoice Of(DefinedPeriod period) => period.ToDate ? ToDateOf("To date", period.Open is { } end ? period.Period with { To = end } : period.Period) : Of(period.Period);

    /// <summary>Those of a day, and the one that was chosen on an earlier day or by a file, which is still a choice.</summary>
    public static IReadOnlyList<PeriodChoice> With(string? chosen, DateOnly today)
    {
        var choices = On(today);
        return Read(chosen) is { } other && choices.All(choice => choice.Key != chosen) ? [.. choices, other] : choices;
    }

    /// <summary>The period that a posted key stands for; null where it is none. A choice of an earlier day's page is taken as it was.</summary>
    public static PeriodChoice? Read(string? key) => key?.Split('/') switch
    {
        [var from, Today, var until] => Dates(from, until) is { } most ? ToDateOf("To date", most) : null,
        [var from, var to] => Dates(from, to) is { } period ? Of(period) : null,
        _ => null,
    };

    /// <summary>As a definition writes it.</summary>
    public string Yaml => ToDate ? $"{{from: {Period.From:yyyy-MM-dd}, to: {Today}, until: {Period.To:yyyy-MM-dd}}}" : $"{{from: {Period.From:yyyy-MM-dd}, to: {Period.To:yyyy-MM-dd}}}";

    private static Period? Dates(string from, string to) =>
        DateOnly.TryParseExact(from, "yyyy-MM-dd", out var first) && DateOnly.TryParseExact(to, "yyyy-MM-dd", out var end) && first < end ? new Period(first, end) : null;
}
