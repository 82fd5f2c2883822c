using FsCheck;
using FsCheck.Fluent;

using Learning.Bookings;
using Learning.Tests.Support;
using Learning.Time;

namespace Learning.Tests.Bookings;

/// <summary>B6: an offer ends after one working day, or four hours near the session, never between 21:00 and 08:00 local.</summary>
public class OfferEndTests
{
    private static readonly Zone Zone = Zone.Of(new FakeClock());

    [Theory]
    [InlineData("2026-11-17 10:15", "2026-12-02 09:30", "2026-11-18 10:15")] // Tuesday to Wednesday
    [InlineData("2026-11-20 10:15", "2026-12-02 09:30", "2026-11-23 10:15")] // over a weekend
    [InlineData("2026-11-17 21:00", "2026-12-02 09:30", "2026-11-19 08:00")] // 9pm is quiet already
    [InlineData("2026-11-17 20:59", "2026-12-02 09:30", "2026-11-18 20:59")]
    [InlineData("2026-11-17 07:59", "2026-12-02 09:30", "2026-11-18 08:00")]
    [InlineData("2026-11-21 10:15", "2026-12-02 09:30", "2026-11-24 08:00")] // made on a Saturday: Monday is whole
    [InlineData("2026-12-24 15:00", "2027-01-20 09:30", "2026-12-29 15:00")] // Christmas on a Friday, Boxing Day on the Monday
    [InlineData("2026-11-30 09:31", "2026-12-02 09:30", "2026-11-30 13:31")] // less than 48 hours
    [InlineData("2026-11-30 09:30", "2026-12-02 09:30", "2026-12-01 09:30")] // 48 hours to the minute is not less
    [InlineData("2026-12-01 18:00", "2026-12-02 13:00", "2026-12-02 08:00")] // four hours later is quiet
    [InlineData("2026-12-02 07:00", "2026-12-02 09:30", "2026-12-02 09:30")] // never later than the start
    [InlineData("2026-11-27 10:00", "2026-11-30 09:30", "2026-11-30 09:30")]
    [InlineData("2024-03-28 10:15", "2024-04-20 09:30", "2024-04-02 10:15")] // over Easter and the change of the clocks
    [InlineData("2024-10-25 15:40", "2024-11-20 09:30", "2024-10-28 15:40")] // a Friday afternoon, and the clocks go back
    [InlineData("2024-10-26 23:30", "2024-10-28 09:30", "2024-10-27 08:00")] // four hours of a night that has one more
    [InlineData("2024-03-30 22:30", "2024-04-01 09:30", "2024-03-31 08:00")] // and one less
    [InlineData("2026-12-01 20:30", "2026-12-02 18:00", "2026-12-02 08:00")] // four hours at half past eight in the evening
    [InlineData("2026-04-02 16:00", "2026-05-20 09:30", "2026-04-07 16:00")] // Maundy Thursday, over Good Friday and Easter Monday
    public void An_offer_ends_when_B6_says(string made, string starts, string ends) =>
        Assert.Equal(At(ends), OfferEnd.Of(At(made), At(starts), Zone));

    [Fact]
    public void However_it_falls_an_offer_is_never_shorter_than_promised_and_never_ends_in_the_quiet_hours() =>
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), ArbMap.Default.ArbFor<PositiveInt>(), (minutes, ahead) =>
        {
            var made = At("2024-01-01 00:00").AddMinutes(minutes.Get * 7919L % (3 * 365 * 1440));
            var starts = made.AddMinutes(1 + ahead.Get * 331L % (20 * 1440));
            var ends = OfferEnd.Of(made, starts, Zone);
            var local = TimeOnly.FromDateTime(Zone.LocalOf(ends));
            var due = TimeSpan.FromHours(starts - made < TimeSpan.FromHours(48) ? 4 : 23); // a day of spring has 23
            return ends > made && ends <= starts
                && (ends == starts || (ends - made >= due && local >= new TimeOnly(8, 0) && local < new TimeOnly(21, 0)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static DateTimeOffset At(string local) => Zone.InstantOf(DateTime.Parse(local));
}
