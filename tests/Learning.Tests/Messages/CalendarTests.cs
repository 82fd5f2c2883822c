using FsCheck;
using FsCheck.Fluent;

using Learning.Messages;
using Learning.Tests.Support;
using Learning.Time;

namespace Learning.Tests.Messages;

/// <summary>Calendar entries, read back by rules of their own.</summary>
public class CalendarTests
{
    private static readonly Zone London = Zone.Of(new FakeClock());
    private static readonly Correspondent Organiser = new("The \"Partnership\"; Southend", "unit@partnership.example");
    private static readonly Correspondent To = new("Zoë, O'Neill", "zoe@agency.example");

    [Fact]
    public void An_invitation_has_a_lasting_identity_local_times_and_who_it_is_for()
    {
        var entry = Entry(("", "2024-06-03 09:30", "2024-06-03 16:00"));

        var calendar = Read(entry);

        var only = Assert.Single(calendar.Events);
        Assert.Equal(("REQUEST", "2.0"), (calendar.Root["METHOD"].Value, calendar.Root["VERSION"].Value));
        Assert.Equal(($"{entry.Id}@partnership.example", "3", "CONFIRMED"), (only["UID"].Value, only["SEQUENCE"].Value, only["STATUS"].Value));
        Assert.Equal(("Europe/London", "20240603T093000"), (only["DTSTART"].Parameters["TZID"], only["DTSTART"].Value));
        Assert.Equal("20240515T080000Z", only["DTSTAMP"].Value);
        Assert.Equal(("mailto:unit@partnership.example", "The 'Partnership'; Southend"), (only["ORGANIZER"].Value, only["ORGANIZER"].Parameters["CN"]));
        Assert.Equal(("mailto:zoe@agency.example", "Zoë, O'Neill"), (only["ATTENDEE"].Value, only["ATTENDEE"].Parameters["CN"]));
        Assert.Null(only.Find("RDATE"));
    }

    [Fact] // B13
    public void A_cancellation_takes_the_same_entry_out()
    {
        var entry = Entry(("", "2024-06-03 09:30", "2024-06-03 16:00"));

        var (before, after) = (Read(entry), Read(entry with { Cancelled = true, Sequence = 4 }));

        Assert.Equal("CANCEL", after.Root["METHOD"].Value);
        Assert.Equal((before.Events[0]["UID"].Value, "4", "CANCELLED"), (after.Events[0]["UID"].Value, after.Events[0]["SEQUENCE"].Value, after.Events[0]["STATUS"].Value));
    }

    [Fact]
    public void A_session_of_several_parts_has_an_event_for_each_under_one_identity()
    {
        var calendar = Read(Entry(("Day one", "2024-03-30 09:30", "2024-03-30 16:00"), ("Day two", "2024-04-06 10:00", "2024-04-06 13:00"), ("", "2024-11-02 09:00", "2024-11-02 10:00")));

        Assert.Equal(3, calendar.Events.Count);
        Assert.Single(calendar.Events.Select(one => one["UID"].Value).Distinct());
        // RFC 5546, 3.2.2: one identity, so the first event lists when it comes again, and each of the others says which of those it is.
        Assert.Equal(["20240406T100000", "20241102T090000"], calendar.Events[0]["RDATE"].Value.Split(','));
        Assert.Equal([null, "20240406T100000", "20241102T090000"], calendar.Events.Select(one => one.Find("RECURRENCE-ID")?.Value));
        Assert.Equal(["Course; one: Day one", "Course; one: Day two", "Course; one"], calendar.Events.Select(one => one["SUMMARY"].Text));
        Assert.Equal(["20240330T160000", "20240406T130000", "20241102T100000"], calendar.Events.Select(one => one["DTEND"].Value));
    }

    [Fact]
    public void Any_words_come_back_as_they_were() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), some =>
    {
        var words = some.Get;
        var calendar = Read(Entry(("", "2024-06-03 09:30", "2024-06-03 16:00")) with { Title = "T" + words, Place = "P" + words, Description = "D" + words });

        Assert.Equal(Said("T" + words), calendar.Events[0]["SUMMARY"].Text);
        Assert.Equal(Said("P" + words), calendar.Events[0]["LOCATION"].Text);
        Assert.Equal(Said("D" + words), calendar.Events[0]["DESCRIPTION"].Text);
    }).QuickCheckThrowOnFailure();

    [Fact] // T1
    public void Times_mean_the_instants_of_the_session_on_every_day_of_many_years() => Prop.ForAll(Gen.Choose(0, 12 * 365 * 24 * 4).ToArbitrary(), quarter =>
    {
        var starts = new DateTime(2020, 1, 1).AddMinutes(quarter * 15);
        var calendar = Read(Entry(("", $"{starts:yyyy-MM-dd HH:mm}", $"{starts.AddHours(5):yyyy-MM-dd HH:mm}")));

        var time = calendar.Events[0]["DTSTART"];
        Assert.Equal(London.InstantOf(starts), calendar.Instant(time, Assert.Single(time.Times)));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory] // T1
    [InlineData("2024-03-31 00:59")]
    [InlineData("2024-03-31 01:30")]
    [InlineData("2024-03-31 02:00")]
    [InlineData("2024-10-27 00:59")]
    [InlineData("2024-10-27 01:30")]
    [InlineData("2024-10-27 02:00")]
    public void Times_around_both_clock_changes_mean_the_instants_of_the_session(string starts)
    {
        var local = DateTime.Parse(starts, System.Globalization.CultureInfo.InvariantCulture);
        var calendar = Read(Entry(("", starts, $"{local.AddHours(5):yyyy-MM-dd HH:mm}")));

        Assert.Equal(London.InstantOf(local), calendar.Instant(calendar.Events[0]["DTSTART"], local));
    }

    [Theory]
    [InlineData("Asia/Kolkata")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    public void Other_zones_are_told_as_rightly(string name)
    {
        var zone = Zone.Of(new FakeClock(), name);
        for (var day = new DateTime(2024, 1, 1, 9, 30, 0); day.Year == 2024; day = day.AddDays(5))
        {
            var entry = Entry(("", $"{day:yyyy-MM-dd HH:mm}", $"{day.AddHours(1):yyyy-MM-dd HH:mm}"));
            var calendar = new ReadCalendar(Calendar.Write(entry, zone, zone.Now, Organiser, To).Text);
            Assert.Equal(zone.InstantOf(day), calendar.Instant(calendar.Events[0]["DTSTART"], day));
        }
    }

    // Control characters cannot be said in a calendar; lines end in one way.
    private static string Said(string words) => string.Concat(words.ReplaceLineEndings("\n").Trim().Replace('\t', ' ').Where(one => one == '\n' || !char.IsControl(one)));

    private static ReadCalendar Read(CalendarEntry entry) => new(Calendar.Write(entry, London, London.Now, Organiser, To).Text);

    private static CalendarEntry Entry(params (string Title, string From, string To)[] parts) => new()
    {
        Id = Guid.CreateVersion7(), Sequence = 3, Title = "Course; one", Place = "Hall, first floor", Description = "Join: https://meet.example/1", Link = "https://meet.example/1",
        Parts = [.. parts.Select(part => new CalendarTimes(part.Title, DateTime.Parse(part.From, System.Globalization.CultureInfo.InvariantCulture), DateTime.Parse(part.To, System.Globalization.CultureInfo.InvariantCulture)))],
    };
}
