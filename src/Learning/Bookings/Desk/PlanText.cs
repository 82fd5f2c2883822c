using System.Globalization;

using Learning.Time;

namespace Learning.Bookings.Desk;

/// <summary>Times as people type them into the form of a session.</summary>
internal static class PlanText
{
    private static readonly string[] Times = ["H:mm", "HH:mm", "HH:mm:ss", "H.mm", "h:mmtt", "h.mmtt", "htt", "h:mm tt", "h.mm tt", "h tt"];

    /// <summary>"09:30" as a browser sends it, "9.30am", "4pm"; null for what is none.</summary>
    public static TimeOnly? Time(string? text) =>
        TimeOnly.TryParseExact(text?.Trim(), Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>A date; null for what is none, and where nothing is typed.</summary>
    public static DateOnly? Day(string? text) => British.TryDate(text, out var day) ? day : null;
}
