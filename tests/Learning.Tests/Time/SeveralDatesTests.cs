using Learning.Time;

namespace Learning.Tests.Time;

public class SeveralDatesTests
{
    [Theory]
    [InlineData("1 November 2023", "2023-11-01")]
    [InlineData("12 and 19 January 2027", "2027-01-12", "2027-01-19")]
    [InlineData("26 November and 3 December 2026", "2026-11-26", "2026-12-03")]
    [InlineData("31 December 2026 and 1 January 2027", "2026-12-31", "2027-01-01")]
    [InlineData("20, 21 and 22 November 2023", "2023-11-22", "2023-11-20", "2023-11-21")]
    [InlineData("1 November 2023", "2023-11-01", "2023-11-01")] // two parts on one day
    public void Month_and_year_are_said_once_where_they_are_the_same(string words, params string[] dates) =>
        Assert.Equal(words, SeveralDates.Of(dates.Select(DateOnly.Parse)));

    [Fact]
    public void A_day_without_its_year() => Assert.Equal("Thursday 26 November", SeveralDates.DayAndMonth(new DateOnly(2026, 11, 26)));
}
