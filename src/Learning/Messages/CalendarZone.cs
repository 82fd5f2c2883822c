using System.Globalization;

using Learning.Time;

namespace Learning.Messages;

/// <summary>
/// A zone as a VTIMEZONE (RFC 5545, 3.6.5). Clock changes that come on the same weekday of the same month each year, as they do in London, are a yearly rule;
/// others stand one by one, for the years around.
/// </summary>
internal static class CalendarZone
{
    private sealed record Change(DateTime Local, TimeSpan From, TimeSpan To)
    {
        public string Kind => To > From ? "DAYLIGHT" : "STANDARD";

        // Which of its weekday in the month it is: 1 to 4, or -1 for the last.
        public int Week => Local.Day > DateTime.DaysInMonth(Local.Year, Local.Month) - 7 ? -1 : ((Local.Day - 1) / 7) + 1;

        public bool IsLike(Change other) =>
            (Local.Month, Week, Local.DayOfWeek, Local.TimeOfDay, From, To) == (other.Local.Month, other.Week, other.Local.DayOfWeek, other.Local.TimeOfDay, other.From, other.To);
    }

    /// <summary>The lines of a zone, good for the year before <paramref name="year"/> and those after it.</summary>
    public static IEnumerable<string> Lines(Zone zone, int year)
    {
        var lines = new List<string> { "BEGIN:VTIMEZONE", $"TZID:{zone.Name}" };
        var before = Changes(zone, year - 1);
        var years = Enumerable.Range(year, 3).Select(each => Changes(zone, each)).ToList();
        if (before.Count == 0 && years.All(each => each.Count == 0))
        {
            var offset = OffsetAt(zone, new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero));
            lines.AddRange(Observance(new Change(new DateTime(1970, 1, 1), offset, offset), null));
        }
        else if (years.All(each => each.Count == before.Count && each.Zip(before).All(pair => pair.First.IsLike(pair.Second))))
        {
            lines.AddRange(before.SelectMany(change => Observance(change, $"RRULE:FREQ=YEARLY;BYMONTH={change.Local.Month};BYDAY={change.Week}{change.Local.DayOfWeek.ToString()[..2].ToUpperInvariant()}")));
        }
        else
        {
            lines.AddRange(before.Concat(years.SelectMany(each => each)).SelectMany(change => Observance(change, null)));
        }

        lines.Add("END:VTIMEZONE");
        return lines;
    }

    private static IEnumerable<string> Observance(Change change, string? rule) =>
    [
        $"BEGIN:{change.Kind}", $"DTSTART:{change.Local.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}",
        .. rule is null ? [] : new[] { rule },
        $"TZOFFSETFROM:{Offset(change.From)}", $"TZOFFSETTO:{Offset(change.To)}", $"END:{change.Kind}",
    ];

    private static string Offset(TimeSpan offset) => offset.ToString(offset < TimeSpan.Zero ? @"\-hhmm" : @"\+hhmm", CultureInfo.InvariantCulture);

    private static List<Change> Changes(Zone zone, int year)
    {
        var changes = new List<Change>();
        var day = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        while (day.Year == year)
        {
            var (from, to) = (OffsetAt(zone, day), OffsetAt(zone, day.AddDays(1)));
            if (from != to)
            {
                var (early, late) = (day, day.AddDays(1));
                while (late - early > TimeSpan.FromMinutes(1))
                {
                    var middle = early.AddMinutes(Math.Floor((late - early).TotalMinutes / 2));
                    (early, late) = OffsetAt(zone, middle) == from ? (middle, late) : (early, middle);
                }

                changes.Add(new Change(late.UtcDateTime + from, from, to));
            }

            day = day.AddDays(1);
        }

        return changes;
    }

    private static TimeSpan OffsetAt(Zone zone, DateTimeOffset instant) => zone.LocalOf(instant) - instant.UtcDateTime;
}
