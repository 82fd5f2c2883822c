using Learning.Time;

namespace Learning.Tests.Time;

/// <summary>B12: the bank holidays of England are known. The dates are those that gov.uk published.</summary>
public class EnglishHolidaysTests
{
    [Theory]
    [InlineData(2012, "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26")]
    [InlineData(2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28")]
    [InlineData(2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28")]
    [InlineData(2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27")]
    [InlineData(2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26")]
    [InlineData(2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26")]
    [InlineData(2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28")]
    [InlineData(2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28")]
    public void The_bank_holidays_of_a_year_are_the_published_ones(int year, string days) =>
        Assert.Equal(days, string.Join(' ', EnglishHolidays.Of(year).Select(day => day.ToString("MM-dd"))));

    [Fact]
    public void Good_Friday_is_always_a_Friday_and_three_days_before_a_Monday_that_is_a_holiday_too()
    {
        foreach (var year in Enumerable.Range(1990, 200))
        {
            var fridays = EnglishHolidays.Of(year).Where(day => day.Month is 3 or 4 && day.DayOfWeek == DayOfWeek.Friday && day != new DateOnly(2011, 4, 29));
            Assert.Contains(Assert.Single(fridays).AddDays(3), EnglishHolidays.Of(year));
        }
    }

    [Theory]
    [InlineData("2026-11-20 15:00", "2026-11-23 15:00")] // Friday
    [InlineData("2026-11-21 10:15", "2026-11-24 00:00")] // Saturday: Monday passes whole
    [InlineData("2024-03-28 10:00", "2024-04-02 10:00")] // the Thursday before Easter
    [InlineData("2026-12-24 16:30", "2026-12-29 16:30")] // Boxing Day on a Saturday
    public void A_working_day_passes_on_working_days_only(string from, string to) =>
        Assert.Equal(DateTime.Parse(to), WorkingDays.OneLater(DateTime.Parse(from)));
}
