using Learning.People;
using Learning.Records.Retention;
using Learning.Tests.Support;
using Learning.Time;

namespace Learning.Tests.Records;

/// <summary>The days of retention (P5), as a table and as what must hold of every day.</summary>
public class RetentionRulesTests
{
    private static readonly RetentionPeriods Periods = new();

    [Theory] // P5
    [InlineData("2018-05-14", "2024-05-15")]
    [InlineData("2018-12-31", "2025-01-01")]
    [InlineData("2020-02-29", "2026-03-01")] // six years after a leap day there is none: its anniversary is the 28th
    [InlineData("2020-02-28", "2026-03-01")]
    [InlineData("2020-03-01", "2026-03-02")]
    [InlineData("2018-02-28", "2024-02-29")] // and here the day after is one
    public void Somebody_may_be_erased_on_the_day_after_the_sixth_anniversary(string active, string over) =>
        Assert.Equal(DateOnly.Parse(over), RetentionRules.OverOn(DateOnly.Parse(active), Periods));

    [Theory] // P5
    [InlineData("2018-05-14", "2024-04-14", "2024-05-15")] // told in time: the day after the anniversary
    [InlineData("2018-05-14", "2024-04-15", "2024-05-16")] // a day too late: a day later
    [InlineData("2005-01-01", "2024-05-15", "2024-06-15")] // an old history, imported: not before thirty whole days
    [InlineData("2018-01-01", "2024-01-30", "2024-03-01")] // over a leap day
    [InlineData("2018-03-31", "2024-03-30", "2024-04-30")] // over the night in which the clocks go forward
    public void Nobody_is_erased_before_they_had_thirty_whole_days(string active, string told, string erased) =>
        Assert.Equal(DateOnly.Parse(erased), RetentionRules.ErasedOn(DateOnly.Parse(active), DateOnly.Parse(told), Periods));

    [Fact] // P5
    public void Of_every_day_the_list_takes_in_exactly_those_who_are_erased_in_thirty_one_days()
    {
        foreach (var periods in new[] { Periods, new(2, 30, 30), new(25, 180, 90), new(7, 45, 7) })
        {
            for (var today = new DateOnly(2023, 1, 1); today < new DateOnly(2029, 1, 1); today = today.AddDays(1))
            {
                var last = RetentionRules.ListedUpTo(today, periods);
                Assert.True(NoticeOn(last) <= today, $"{last} is listed too early on {today}");
                Assert.True(NoticeOn(last.AddDays(1)) > today, $"{last.AddDays(1)} is not listed on {today}");
                Assert.Equal(RetentionRules.OverOn(last, periods) > today.AddDays(periods.NoticeDays + 1) ? RetentionRules.OverOn(last, periods) : today.AddDays(periods.NoticeDays + 1), RetentionRules.ErasedOn(last, today, periods));
            }

            DateOnly NoticeOn(DateOnly active) => RetentionRules.OverOn(active, periods).AddDays(-periods.NoticeDays - 1);
        }
    }

    [Fact] // P5, T1: whatever the clocks do, a notice at 9am is followed by more than thirty times twenty-four hours before the night's job
    public void From_the_notice_to_the_erasure_are_at_least_thirty_days_of_twenty_four_hours()
    {
        var zone = Zone.Of(new FakeClock());
        for (var told = new DateOnly(2024, 1, 1); told < new DateOnly(2026, 1, 1); told = told.AddDays(1))
        {
            var erased = RetentionRules.ErasedOn(new DateOnly(2010, 1, 1), told, Periods);
            Assert.True(zone.StartOf(erased) - zone.StartOf(told.AddDays(1)) >= TimeSpan.FromDays(30) - TimeSpan.FromHours(1));
            Assert.True(zone.InstantOf(erased.ToDateTime(new(2, 45))) - zone.InstantOf(told.ToDateTime(new(9, 0))) >= TimeSpan.FromDays(30));
        }
    }

    [Theory] // P5
    [InlineData("2024-04-15", "2024-05-15")]
    [InlineData("2024-01-30", "2024-02-29")]
    [InlineData("2024-03-30", "2024-04-29")]
    public void Needs_go_thirty_local_days_after_the_session(string ended, string gone) => Assert.Equal(DateOnly.Parse(gone), RetentionRules.NeedsGoOn(DateOnly.Parse(ended), Periods));

    [Theory] // P5
    [InlineData("", "Write why the record is kept")]
    [InlineData("nul\u0001", "has a character that is none")]
    [InlineData("A claim before the tribunal.", null)]
    [InlineData("Line one\nline two", null)]
    public void A_record_is_kept_for_a_reason(string reason, string? wrong)
    {
        Assert.Contains(wrong ?? "", RetentionRules.WhyNotHold(reason) ?? "", StringComparison.Ordinal);
        Assert.Equal(wrong is null, RetentionRules.WhyNotHold(reason) is null);
        Assert.Contains("500 characters", RetentionRules.WhyNotHold(new string('x', 501)));
    }
}
