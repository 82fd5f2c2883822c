using Learning.Time;

namespace Learning.Tests.Time;

/// <summary>B12: working days backwards, over bank holidays of England.</summary>
public class WorkingDaysTests
{
    [Theory] // B12
    [InlineData("2024-06-03", 5, "2024-05-24")] // a Monday; the spring bank holiday lies between
    [InlineData("2024-06-10", 5, "2024-06-03")] // a Monday without one
    [InlineData("2024-04-05", 5, "2024-03-27")] // Easter: Good Friday and Easter Monday
    [InlineData("2027-01-04", 5, "2026-12-23")] // Christmas, with Boxing Day kept on Monday 28th, and New Year
    [InlineData("2026-11-21", 5, "2026-11-16")] // a Saturday
    [InlineData("2026-11-22", 5, "2026-11-16")] // a Sunday
    [InlineData("2024-04-02", 1, "2024-03-28")]
    [InlineData("2024-06-10", 0, "2024-06-10")]
    public void So_many_working_days_before_a_day(string day, int days, string before) => Assert.Equal(DateOnly.Parse(before), WorkingDays.Before(DateOnly.Parse(day), days));
}
