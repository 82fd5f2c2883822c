namespace Learning.Figures.Drafts;

/// <summary>A ready-made report, of which one press makes the next: the quarterly report to the L&amp;D subgroup, or the training chapter of the annual report.</summary>
public enum ReadyKind
{
    /// <summary>A quarter of the financial year: "2026-27-Q2".</summary>
    Quarter,

    /// <summary>A year from April: "2025-26".</summary>
    Year,
}

/// <summary>The next report of a kind: its name, its words and its period. Pure.</summary>
/// <param name="Title">"July to September 2026", "2025 to 2026".</param>
public sealed record ReadyReport(ReadyKind Kind, string Name, string Title, Period Period)
{
    private const int Back = 40;

    /// <summary>
    /// The next after the newest that there is, or, where there is none, of the last quarter or year that has ended; null where that one has not begun yet.
    /// </summary>
    /// <param name="names">The reports that there are.</param>
    public static ReadyReport? Next(ReadyKind kind, IEnumerable<string> names, DateOnly today)
    {
        var known = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var months = kind == ReadyKind.Quarter ? 3 : 12;
        var april = new DateOnly(today.Month >= 4 ? today.Year : today.Year - 1, 4, 1);
        var now = kind == ReadyKind.Year ? april : april.AddMonths(((today.Year - april.Year) * 12 + today.Month - 4) / 3 * 3);
        for (var back = 0; back <= Back; back++)
        {
            if (known.Contains(Of(kind, now.AddMonths(-months * back)).Name))
            {
                return back == 0 ? null : Of(kind, now.AddMonths(-months * (back - 1)));
            }
        }

        return Of(kind, now.AddMonths(-months));
    }

    private static ReadyReport Of(ReadyKind kind, DateOnly from)
    {
        var april = from.Month >= 4 ? from.Year : from.Year - 1;
        var year = $"{april}-{(april + 1) % 100:00}";
        return kind == ReadyKind.Year
            ? new ReadyReport(kind, year, $"{april} to {april + 1}", new Period(from, from.AddYears(1)))
            : new ReadyReport(kind, $"{year}-Q{((from.Year - april) * 12 + from.Month - 4) / 3 + 1}", Months(from), new Period(from, from.AddMonths(3)));
    }

    private static string Months(DateOnly first) => $"{first.ToString("MMMM", Time.British.Culture)} to {first.AddMonths(2).ToString("MMMM yyyy", Time.British.Culture)}";
}
