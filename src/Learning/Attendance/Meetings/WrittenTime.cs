using System.Globalization;
using System.Text.RegularExpressions;

namespace Learning.Attendance.Meetings;

/// <summary>Which of two numbers before the year is the month.</summary>
internal enum DayOrder
{
    /// <summary>11/20/2026, as in the United States.</summary>
    MonthFirst,

    /// <summary>20/11/2026.</summary>
    DayFirst,
}

/// <summary>A time as a report writes it: its day may be open to two readings, or not be there at all.</summary>
/// <param name="First">The first of the two numbers; the month where it is known which is which.</param>
/// <param name="Year">0: the report gives the time alone.</param>
/// <param name="Open">Either number may be the month.</param>
/// <param name="Offset">Of the zone, where the report names it; null: the wall time of whoever downloaded it.</param>
internal readonly partial record struct WrittenTime(int First, int Second, int Year, bool Open, TimeSpan Time, TimeSpan? Offset)
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Whether it has a day at all.</summary>
    public bool HasDay => Year > 0;

    /// <summary>The day under a reading; null: there is no such day.</summary>
    public DateOnly? Day(DayOrder order)
    {
        var (month, day) = Open && order == DayOrder.DayFirst ? (Second, First) : (First, Second);
        return Year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(Year, month) ? new DateOnly(Year, month, day) : null;
    }

    /// <summary>What a cell says; null: no time.</summary>
    public static WrittenTime? Read(string cell)
    {
        if (cell.Length > 60)
        {
            return null;
        }

        var match = Shape().Match(cell);
        if (!match.Success || TimeOf(match) is not { } time)
        {
            return null;
        }

        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        int Year() => Number("year") is < 100 and var two ? 2000 + two : Number("year");
        var offset = OffsetOf(match.Groups["zone"].Value);
        WrittenTime? read = match.Groups["iso"].Success ? new(Number("m"), Number("d"), Number("y"), false, time, offset)
            : match.Groups["word"].Success ? Array.IndexOf(Months, match.Groups["word"].Value[..3].ToLowerInvariant()) is >= 0 and var month ? new(month + 1, Number("dd"), Year(), false, time, offset) : null
            : match.Groups["sep"].Success ? match.Groups["sep"].Value == "." ? new(Number("b"), Number("a"), Year(), false, time, offset) : new(Number("a"), Number("b"), Year(), true, time, offset)
            : new(0, 0, 0, false, time, offset);
        return read is { } one && (!one.HasDay || (one.Year is >= 2000 and <= 2200 && (one.Day(DayOrder.MonthFirst) ?? one.Day(DayOrder.DayFirst)) is not null)) ? one : null;
    }

    private static TimeSpan? TimeOf(Match match)
    {
        int Number(string group) => match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        var (hour, minute, second, half) = (Number("hour"), Number("minute"), Number("second"), match.Groups["half"].Value);
        if (minute > 59 || second > 59 || hour > 23 || (half.Length > 0 && hour is < 1 or > 12))
        {
            return null;
        }

        hour = half is "p" or "P" ? (hour % 12) + 12 : half is "a" or "A" ? hour % 12 : hour;
        return new TimeSpan(hour, minute, second);
    }

    private static TimeSpan? OffsetOf(string zone) =>
        zone.Length == 0 ? null
        : zone is "Z" or "z" || zone.Equals("UTC", StringComparison.OrdinalIgnoreCase) ? TimeSpan.Zero
        : (zone[0] == '-' ? -1 : 1) * new TimeSpan(int.Parse(zone.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture), int.Parse(zone.AsSpan(zone.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture), 0);

    [GeneratedRegex(
        """
        ^(?:
          (?<iso>(?<y>[0-9]{4})[-/](?<m>[0-9]{1,2})[-/](?<d>[0-9]{1,2}))(?:,?\ +|T)
        | (?<a>[0-9]{1,2})(?<sep>[/.\-])(?<b>[0-9]{1,2})\k<sep>(?<year>[0-9]{4}|[0-9]{2}),?\ +
        | (?:[A-Za-z]{3,9},?\ )?(?<word>[A-Za-z]{3,9})\.?\ +(?<dd>[0-9]{1,2}),?\ +(?<year>[0-9]{4}),?\ +
        | (?:[A-Za-z]{3,9},?\ )?(?<dd>[0-9]{1,2})[\ -](?<word>[A-Za-z]{3,9})\.?,?[\ -](?<year>[0-9]{4}),?\ +
        )?
        (?:at\ )?(?<hour>[0-9]{1,2})[:.](?<minute>[0-9]{2})(?:[:.](?<second>[0-9]{2})(?:[.,][0-9]{1,7})?)?(?:\ ?(?<half>[aApP])\.?[mM]\.?)?(?:\ ?(?<zone>[zZ]|[uU][tT][cC]|[+-][0-9][0-9]:?[0-9][0-9]))?$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
