using System.Globalization;

namespace Learning.History;

/// <summary>How values are written in files of history: dates ISO or dd/mm/yyyy, local times HH:mm, instants with their zone, plain numbers. Pure; null is "not so written".</summary>
internal static class Written
{
    private const int FirstYear = 1900;
    private const int LastYear = 2200;

    /// <summary>"2024-03-31" or "31/03/2024", from 1900 to 2200.</summary>
    public static DateOnly? Date(ReadOnlySpan<char> text)
    {
        int year, month, day;
        if (text is [_, _, _, _, '-', _, _, '-', _, _])
        {
            (year, month, day) = (Digits(text[..4]), Digits(text[5..7]), Digits(text[8..]));
        }
        else if (text is [_, _, '/', _, _, '/', _, _, _, _])
        {
            (day, month, year) = (Digits(text[..2]), Digits(text[3..5]), Digits(text[6..]));
        }
        else
        {
            return null;
        }

        return year is >= FirstYear and <= LastYear && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
    }

    /// <summary>A local time: a date, a space or T, "23:50".</summary>
    public static DateTime? Local(ReadOnlySpan<char> text) => Moment(text, out var rest) is { } local && rest.IsEmpty ? local : null;

    /// <summary>An instant: a local time and its zone, "Z" or "+01:00".</summary>
    public static DateTimeOffset? Instant(ReadOnlySpan<char> text)
    {
        if (Moment(text, out var zone) is not { } local)
        {
            return null;
        }

        if (zone is "Z" or "z")
        {
            return new DateTimeOffset(local, TimeSpan.Zero);
        }

        if (zone is not (['+' or '-', _, _, ':', _, _] or ['+' or '-', _, _, _, _] or ['+' or '-', _, _]))
        {
            return null;
        }

        var (hours, minutes) = (Digits(zone[1..3]), zone.Length == 3 ? 0 : Digits(zone[^2..]));
        if (hours is < 0 or > 14 || minutes is < 0 or > 59 || (hours == 14 && minutes > 0))
        {
            return null;
        }

        var offset = new TimeSpan(hours, minutes, 0);
        return new DateTimeOffset(local, zone[0] == '-' ? -offset : offset).ToUniversalTime();
    }

    /// <summary>A whole number of digits only, from 0.</summary>
    public static int? Whole(ReadOnlySpan<char> text) => Digits(text) is var number and >= 0 ? number : null;

    /// <summary>A number with two decimals at most, from 0: "7.25".</summary>
    public static decimal? Decimal(ReadOnlySpan<char> text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && decimal.Round(number, 2) == number ? number : null;

    // A date and a time; what follows them is the rest.
    private static DateTime? Moment(ReadOnlySpan<char> text, out ReadOnlySpan<char> rest)
    {
        rest = default;
        if (text.Length < 16 || text[10] is not (' ' or 'T' or 't') || text[13] != ':' || Date(text[..10]) is not { } date)
        {
            return null;
        }

        var (hour, minute, second, ticks) = (Digits(text[11..13]), Digits(text[14..16]), 0, 0L);
        rest = text[16..];
        if (rest is [':', _, _, ..])
        {
            second = Digits(rest[1..3]);
            rest = rest[3..];
            if (rest is ['.', _, ..])
            {
                rest = rest[1..];
                var length = rest.IndexOfAnyExceptInRange('0', '9');
                length = length < 0 ? rest.Length : length;
                if (length is 0 or > 7)
                {
                    return null;
                }

                ticks = Digits(rest[..length]) * (long)Math.Pow(10, 7 - length);
                rest = rest[length..];
            }
        }

        return hour is >= 0 and <= 23 && minute is >= 0 and <= 59 && second is >= 0 and <= 59
            ? date.ToDateTime(new TimeOnly(hour, minute, second)).AddTicks(ticks)
            : null;
    }

    // -1 where it is not digits only, or too large.
    private static int Digits(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > 9)
        {
            return -1;
        }

        var number = 0;
        foreach (var letter in text)
        {
            if (!char.IsAsciiDigit(letter))
            {
                return -1;
            }

            number = (number * 10) + (letter - '0');
        }

        return number;
    }
}
