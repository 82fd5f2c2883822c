using Learning.Time;

namespace Learning.Attendance.Meetings;

/// <summary>When the meeting is known to have been: the local days of a session, or the day that somebody named.</summary>
public sealed record MeetingDays(DateOnly First, DateOnly Last)
{
    /// <summary>Whether a day is one of them, or next to one: a meeting may go past midnight.</summary>
    public bool Near(DateOnly day) => day >= First.AddDays(-1) && day <= Last.AddDays(1);
}

/// <summary>Which day a file means (A8): by what its own times allow, by the days of the session, or it is asked. Pure.</summary>
internal static class ReportDays
{
    // Longer is no meeting: of two readings, one that would make it so is wrong.
    private const int LongestMeeting = 7;

    /// <summary>The reading of a file's days and the day of times that have none, or the sentence that says what is the matter.</summary>
    /// <param name="named">The day that the file's own name says; null: none.</param>
    public static (DayOrder Order, DateOnly? Plain, string? Wrong) Of(IReadOnlyCollection<WrittenTime> times, MeetingDays? known, DateOnly? named)
    {
        if (!times.Any(time => time.HasDay))
        {
            return known is { } days && days.First == days.Last && (named is null || days.Near(named.Value)) ? (default, named ?? days.First, null)
                : named is { } day ? known?.Near(day) == false ? (default, null, Elsewhere([day], known)) : (default, day, null)
                : (default, null, known is null ? "It gives times without a day. Say when the meeting began." : "It gives times without a day, and this session has several. Keep the name under which it was downloaded, which has the day in it.");
        }

        var readings = Enum.GetValues<DayOrder>().Select(order => (Order: order, Days: DaysOf(times, order))).Where(reading => reading.Days is not null)
            .Select(reading => (reading.Order, First: reading.Days!.Min(), Last: reading.Days!.Max())).ToList();
        if (readings.Count == 0)
        {
            return (default, null, "Some of its days have the month first and some have it last. Send the report as it was downloaded.");
        }

        // The shorter meeting, where the other would be none.
        if (readings.Count == 2 && readings.Exists(Short) && !readings.TrueForAll(Short))
        {
            readings.RemoveAll(reading => !Short(reading));
        }

        if (!readings.Exists(Short))
        {
            return (default, null, "Its times are more than a week apart, so they are not of one meeting.");
        }

        if (readings.Count == 2 && (readings[0].First, readings[0].Last) == (readings[1].First, readings[1].Last))
        {
            readings.RemoveAt(1);
        }

        if (known is not null)
        {
            var fitting = readings.Where(reading => known.Near(reading.First) || known.Near(reading.Last)).ToList();
            return fitting.Count > 0 ? (fitting[0].Order, fitting[0].First, null) : (default, null, Elsewhere([.. readings.Select(reading => reading.First)], known));
        }

        return readings.Count == 1 ? (readings[0].Order, readings[0].First, null)
            : (default, null, $"It may be of {British.DateWithoutDay(readings[0].First)} or of {British.DateWithoutDay(readings[1].First)}: it does not say which number is the month. Say when the meeting began.");
    }

    private static bool Short((DayOrder Order, DateOnly First, DateOnly Last) reading) => reading.Last.DayNumber - reading.First.DayNumber <= LongestMeeting;

    // Null where one of them is no day in that reading.
    private static List<DateOnly>? DaysOf(IReadOnlyCollection<WrittenTime> times, DayOrder order)
    {
        var days = times.Where(time => time.HasDay).Select(time => time.Day(order)).ToList();
        return days.TrueForAll(day => day is not null) ? days.ConvertAll(day => day!.Value) : null;
    }

    private static string Elsewhere(IReadOnlyList<DateOnly> days, MeetingDays known) =>
        $"It is of another meeting: {string.Join(" or ", days.Select(British.DateWithoutDay))}, and the session is on {British.DateWithoutDay(known.First)}{(known.Last == known.First ? "" : $" to {British.DateWithoutDay(known.Last)}")}.";
}
