namespace Learning.Time;

/// <summary>
/// The bank holidays of England and Wales, computed: the yearly ones by the Banking and Financial Dealings Act 1971 with their substitute days, and
/// those moved or added by royal proclamation since 2011, which nobody can compute.
/// </summary>
public static class EnglishHolidays
{
    // In these years the holiday of early or late May stood on another day.
    private static readonly Dictionary<DateOnly, DateOnly> Moved = new()
    {
        [new(2012, 5, 28)] = new(2012, 6, 4),
        [new(2020, 5, 4)] = new(2020, 5, 8),
        [new(2022, 5, 30)] = new(2022, 6, 2),
    };

    private static readonly HashSet<DateOnly> Once =
    [
        new(2011, 4, 29), // a royal wedding
        new(2012, 6, 5), // the Diamond Jubilee
        new(2022, 6, 3), // the Platinum Jubilee
        new(2022, 9, 19), // the funeral of Queen Elizabeth II
        new(2023, 5, 8), // the coronation of King Charles III
    ];

    /// <summary>The bank holidays of a year, in order.</summary>
    public static IReadOnlyList<DateOnly> Of(int year)
    {
        var easter = EasterSunday(year);
        var days = new List<DateOnly>
        {
            OnWeekday(new DateOnly(year, 1, 1)),
            easter.AddDays(-2),
            easter.AddDays(1),
            FirstMonday(new DateOnly(year, 5, 1)),
            FirstMonday(new DateOnly(year, 5, 25)),
            FirstMonday(new DateOnly(year, 8, 25)),
        };
        days.AddRange(ChristmasAndBoxingDay(year));
        return [.. days.Select(day => Moved.GetValueOrDefault(day, day)).Concat(Once.Where(day => day.Year == year)).Order()];
    }

    /// <summary>Whether a date is a bank holiday.</summary>
    public static bool Include(DateOnly date) => Of(date.Year).Contains(date);

    private static DateOnly[] ChristmasAndBoxingDay(int year)
    {
        var christmas = new DateOnly(year, 12, 25);
        return christmas.DayOfWeek switch
        {
            DayOfWeek.Friday => [christmas, christmas.AddDays(3)],
            DayOfWeek.Saturday => [christmas.AddDays(2), christmas.AddDays(3)],
            DayOfWeek.Sunday => [christmas.AddDays(1), christmas.AddDays(2)],
            _ => [christmas, christmas.AddDays(1)],
        };
    }

    private static DateOnly OnWeekday(DateOnly date) =>
        date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? FirstMonday(date) : date;

    private static DateOnly FirstMonday(DateOnly from) => from.AddDays(((int)DayOfWeek.Monday - (int)from.DayOfWeek + 7) % 7);

    // The Gregorian computus in the form of Meeus, Jones and Butcher.
    private static DateOnly EasterSunday(int year)
    {
        var golden = year % 19;
        var (century, ofCentury) = (year / 100, year % 100);
        var moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        var weekday = (32 + 2 * (century % 4) + 2 * (ofCentury / 4) - moon - ofCentury % 4) % 7;
        var late = (golden + 11 * moon + 22 * weekday) / 451;
        var sum = moon + weekday - 7 * late + 114;
        return new DateOnly(year, sum / 31, sum % 31 + 1);
    }
}
