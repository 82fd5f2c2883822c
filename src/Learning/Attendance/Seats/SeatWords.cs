using Learning.Time;

namespace Learning.Attendance.Seats;

/// <summary>Seats and terms as people read them. The last day is the last one in it; the database keeps the day after.</summary>
public static class SeatWords
{
    /// <summary>"since 1 April 2016", "from 1 April 2016 to 31 August 2016".</summary>
    public static string Days(DateOnly startsOn, DateOnly? endsOn) =>
        endsOn is { } end ? $"from {British.DateWithoutDay(startsOn)} to {British.DateWithoutDay(end.AddDays(-1))}" : $"since {British.DateWithoutDay(startsOn)}";

    /// <summary>What stands under a holder's name: the seat, and the agency where the seat does not say it already.</summary>
    public static string Under(string seat, string? agency) => agency is null || seat.Contains(agency, StringComparison.OrdinalIgnoreCase) ? seat : $"{seat}, {agency}";
}
