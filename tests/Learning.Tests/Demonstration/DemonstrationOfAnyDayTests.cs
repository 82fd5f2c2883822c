using System.Globalization;
using Learning.Demonstration;
using Learning.Tests.History;
using Xunit;

namespace Learning.Tests.Demonstration;

/// <summary>Whatever day it is seeded on: the published figures are the same, and what lies ahead keeps the rules of booking.</summary>
public sealed class DemonstrationOfAnyDayTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("learning-demonstration-day-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_same_day_gives_the_same_bytes()
    {
        var again = Path.Combine(_folder, "again");
        DemonstrationPartnership.Write(_folder, new DateOnly(2026, 11, 24));
        DemonstrationPartnership.Write(again, new DateOnly(2026, 11, 24));
        var files = Directory.GetFiles(_folder);
        Assert.Equal(9, files.Length);
        foreach (var file in files)
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(again, Path.GetFileName(file))));
    }

    [Fact]
    public void A_day_before_the_late_register_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DemonstrationPartnership.Write(_folder, new DateOnly(2024, 5, 7)));

    [Theory] // The first day, a Saturday, the day before Christmas, a leap day, years later
    [InlineData("2024-06-03")]
    [InlineData("2026-11-21")]
    [InlineData("2026-12-24")]
    [InlineData("2028-02-29")]
    [InlineData("2031-08-15")]
    public void The_published_figures_come_out_and_the_sessions_ahead_keep_the_rules(string day)
    {
        var today = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        DemonstrationPartnership.Write(_folder, today);
        var files = new HistoryFiles(_folder);
        var count = new IndependentCount(files);
        var year = new Question("people", new DateOnly(2023, 4, 1), new DateOnly(2024, 4, 1), HistoryFiles.Midnight(today));
        Assert.Equal(512, count.Count(year with { Programme = "GCP2", SinceStart = true }).Value);
        Assert.Equal(207, count.Count(year with { Programme = "IOC" }).Value);
        Assert.Equal(118, count.Count(year with { Programme = "SAW-2023" }).Value);
        Assert.Equal(40, count.Count(year with { Programme = "SEF", Measure = "average_attendance" }).Value);
        AheadKeepsTheRules(files, today);
    }

    private static void AheadKeepsTheRules(HistoryFiles files, DateOnly today)
    {
        var bookings = files.Bookings.ToLookup(booking => booking.Session);
        Assert.All(files.Sessions, session =>
        {
            var live = bookings[session.Ref].Where(booking => booking.Status is "confirmed" or "waiting").ToList();
            Assert.Equal(live.Count, live.Select(booking => booking.Person.Number).Distinct().Count()); // B3
            Assert.True(live.Count(booking => booking.Status == "confirmed") <= session.Capacity, session.Ref); // B2
            Assert.All(live, booking => Assert.True(booking.BookedAt < session.Starts.Instant && booking.BookedAt < HistoryFiles.Midnight(today), session.Ref));
        });
        Assert.All(files.Sessions.Where(workshop => workshop.Parent.Length > 0).SelectMany(workshop => bookings[workshop.Ref].Select(choice => (Choice: choice, workshop.Parent))), pair =>
            Assert.Contains(bookings[pair.Parent], place => place.Person == pair.Choice.Person && place.Status == "confirmed" && place.BookedAt < pair.Choice.BookedAt)); // B14
        Assert.All(files.Sessions.Where(session => session.Status == "held"), session => Assert.True(session.Ends.Wall.Date < today.ToDateTime(TimeOnly.MinValue)));
        Assert.Equal(2, files.Sessions.Count(session => session.Status == "planned" && session.Starts.Date < today));
        Assert.All(files.Marks, mark => Assert.True(mark.MarkedAt < HistoryFiles.Midnight(today)));
        Assert.Equal(files.Sessions.Count, files.Sessions.Select(session => session.Ref).Distinct().Count());
    }
}
