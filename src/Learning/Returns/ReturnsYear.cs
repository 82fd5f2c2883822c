using Learning.Figures;
using Learning.Time;

namespace Learning.Returns;

/// <summary>A year of returns in its four quarters, from April (T2).</summary>
/// <param name="Key">What the address says: "2026-27".</param>
public sealed record ReturnsYear(string Key, DateOnly First)
{
    /// <summary>The year that a day lies in.</summary>
    public static ReturnsYear Of(DateOnly day)
    {
        var april = day.Month >= 4 ? day.Year : day.Year - 1;
        return new ReturnsYear($"{april}-{(april + 1) % 100:00}", new DateOnly(april, 4, 1));
    }

    /// <summary>The years to choose among, the newest first.</summary>
    /// <param name="earliest">The first date of any return.</param>
    public static IReadOnlyList<ReturnsYear> Between(DateOnly? earliest, DateOnly today)
    {
        var (now, first) = (Of(today), Of(earliest < today ? earliest.Value : today));
        return [.. Enumerable.Range(0, now.First.Year - first.First.Year + 1).Select(back => Of(now.First.AddYears(-back)))];
    }

    public string Name => $"April {First.Year} to March {First.Year + 1}";

    public Period Period => new(First, First.AddYears(1));

    /// <summary>The quarter of a number from 1.</summary>
    public Period Quarter(int number) => new(First.AddMonths(3 * (number - 1)), First.AddMonths(3 * number));

    /// <summary>What is said of a quarter for which nothing was returned: it may not have begun, or still be running.</summary>
    public string Nothing(int number, DateOnly today) => Quarter(number).From > today ? "to come" : Quarter(number).To > today ? "not yet" : Breakdowns.NotKnown;

    /// <summary>How the figures call it: "2026-27 Q1".</summary>
    public string QuarterKey(int number) => $"{Key} Q{number}";

    /// <summary>The quarter that has ended last, of those that have begun the first; 0: the year is still to come.</summary>
    public int LastQuarter(DateOnly today) => Enumerable.Range(1, 4).LastOrDefault(number => Quarter(number).To <= today, today >= First ? 1 : 0);

    /// <summary>"Q1, April to June 2026".</summary>
    public string NameOf(int quarter) => $"Q{quarter}, {Quarter(quarter).From.ToString("MMMM", British.Culture)} to {Quarter(quarter).LastDay.ToString("MMMM yyyy", British.Culture)}";
}
