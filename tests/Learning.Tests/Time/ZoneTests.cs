using System.Globalization;

using Learning.Time;

namespace Learning.Tests.Time;

public class ZoneTests
{
    private readonly Zone zone = Zone.Of(TimeProvider.System);

    private DateTimeOffset At(string local) => zone.InstantOf(DateTime.Parse(local, CultureInfo.InvariantCulture));

    [Theory] // T1
    [InlineData("2024-01-15 09:30", "2024-01-15T09:30:00Z")]
    [InlineData("2024-07-15 09:30", "2024-07-15T08:30:00Z")]
    [InlineData("2024-03-31 00:30", "2024-03-31T00:30:00Z")]
    [InlineData("2024-03-31 01:30", "2024-03-31T01:30:00Z")] // skipped: becomes 02:30 of summer time
    [InlineData("2024-10-27 01:30", "2024-10-27T00:30:00Z")] // repeated: the first
    public void A_wall_time_has_one_instant_also_when_the_clocks_change(string local, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), At(local));

    [Fact] // T3
    public void Minutes_around_midnight_in_summer_time_fall_on_the_local_date()
    {
        Assert.Equal(new DateOnly(2025, 3, 31), zone.DateOf(DateTimeOffset.Parse("2025-03-31T22:59:00Z", CultureInfo.InvariantCulture)));
        Assert.Equal(new DateOnly(2025, 4, 1), zone.DateOf(DateTimeOffset.Parse("2025-03-31T23:01:00Z", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Dates_and_times_read_as_people_here_write_them()
    {
        Assert.Equal("Wednesday 1 November 2023, 9:30am to 4pm", British.When(new DateTime(2023, 11, 1, 9, 30, 0), new DateTime(2023, 11, 1, 16, 0, 0)));
        Assert.Equal("midday", British.Time(new TimeOnly(12, 0)));
        Assert.Equal("1 place", British.Count(1, "place"));
        Assert.Equal("1,200 people", British.Count(1200, "person", "people"));
    }
}
