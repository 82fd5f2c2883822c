using Learning.Demonstration;
using Learning.Tests.History;
using Xunit;
using static Learning.Tests.Demonstration.GeneratedDemonstration;

namespace Learning.Tests.Demonstration;

/// <summary>The demonstration gives the figures that the partnership published (C1), by a count that knows nothing of the product.</summary>
public sealed class DemonstrationTests(GeneratedDemonstration generated) : IClassFixture<GeneratedDemonstration>
{
    private decimal? Value(Question question) => generated.Value(question);

    [Theory] // F1, F2: exact_for_demo of the published figures, 2023/24
    [InlineData("attendances", "IOC", 214)]
    [InlineData("attendances", "SAW-2023", 163)]
    [InlineData("people", "SAW-2023", 118)]
    [InlineData("people", "NEGCON", 213)]
    [InlineData("attendances", "NEGCON", 213)]
    [InlineData("average_attendance", "SEF", 40)]
    [InlineData("sessions_held", "IOC", 10)]
    [InlineData("places_offered", "IOC", 250)]
    [InlineData("sessions_held", "GCP2", 8)]
    [InlineData("places_offered", "GCP2", 160)]
    public void The_programmes_of_2023_24_count_as_published(string measure, string programme, int expected) =>
        Assert.Equal(expected, Value(In(measure, 2023, programme)));

    [Theory]
    [InlineData("IOC", 207)]
    [InlineData("NEGCON", 204)]
    [InlineData("GCP2", 131)]
    public void Professionals_of_2023_24_count_as_published(string programme, int expected) =>
        Assert.Equal(expected, Value(In("people", 2023, programme) with { Professionals = true }));

    [Theory] // E-learning: 8 of the partnership and 10 of the council at the end of March 2024
    [InlineData("SSP", 8)]
    [InlineData("SCC", 10)]
    public void The_platform_has_the_published_courses(string owner, int expected) =>
        Assert.Equal(expected, Value(In("courses_available", 2023) with { Kind = "e-learning", Owner = owner }));

    [Theory] // 78 + 162 + 141 + 131 first trained, in the years as they went by
    [InlineData(2021, 78)]
    [InlineData(2022, 78 + 162)]
    [InlineData(2023, 78 + 162 + 141)]
    [InlineData(2024, 512)]
    public void Gcp2_has_trained_so_many_since_it_began(int endsIn, int expected)
    {
        var since = In("people", endsIn - 1, "GCP2") with { SinceStart = true };
        Assert.Equal(expected, Value(since with { Professionals = true }));
        Assert.Equal(expected, Value(since));
    }

    [Fact] // T4: returned on 8 May 2024 for sessions of March
    public void The_day_before_the_late_register_came_back_the_figure_was_smaller()
    {
        var since = In("people", 2023, "GCP2") with { SinceStart = true, Professionals = true };
        Assert.Equal(496, Value(since with { AsAt = DateTimeOffset.Parse("2024-05-07T23:59:59Z") }));
        Assert.Equal(496, Value(since with { AsAt = DateTimeOffset.Parse("2024-05-01T00:00:00Z") }));
        Assert.Equal(512, Value(since with { AsAt = DateTimeOffset.Parse("2024-05-08T23:59:59Z") }));
    }

    [Fact]
    public void Refreshers_make_attendances_of_gcp2_more_than_people() =>
        Assert.Equal(512 + 19, Value(In("attendances", 2023, "GCP2") with { SinceStart = true }));

    [Theory] // 2020/21
    [InlineData("people", "SUPERV", 41)]
    [InlineData("people", "NSAW20", 183)]
    [InlineData("people", "GCP2-TT", 20)]
    [InlineData("sessions_held", "GCP2", 5)]
    [InlineData("sessions_cancelled", "EPUT-L3", 17)]
    [InlineData("places_lost", "EPUT-L3", 585)]
    public void The_courses_of_2020_21_count_as_published(string measure, string course, int expected) =>
        Assert.Equal(expected, Value(In(measure, 2020) with { Courses = [course] }));

    [Fact]
    public void The_workshops_of_2020_21_were_in_January_and_named_twenty_trainers()
    {
        Assert.Equal(5, Value(new Question("sessions_held", new DateOnly(2021, 1, 1), new DateOnly(2021, 2, 1), Now) { Programme = "GCP2" }));
        var trainers = File.ReadLines(Path.Combine(generated.Folder, "sessions.csv")).Where(line => line.StartsWith("GCP2-2021-0", StringComparison.Ordinal) && line.Contains(",2021-01-"))
            .SelectMany(line => line.Split(',')[9].Split(';')).ToHashSet();
        Assert.Equal(20, trainers.Count);
        Assert.Contains("trainer@hospital.example", trainers);
    }

    [Fact] // C1, F2: 585 places = 325 adults' and 260 children's; 10 sessions are stated to be adults', 2 children's, 5 not at all
    public void The_suspended_places_divide_by_board_as_published()
    {
        var lost = generated.Count.Count(In("places_lost", 2020, "EPUT-L3") with { By = ["board"] });
        Assert.Equal([("adults", 325m), ("children", 260m)], lost.Rows.OrderBy(row => row.Key).Select(row => (row.Key, row.Value!.Value)));
        var suspended = generated.Files.Sessions.Where(session => session.Course.Code == "EPUT-L3" && session.Starts.Date.Year == 2020).ToList();
        Assert.Equal(10, suspended.Count(session => session.Board == "adults"));
        Assert.Equal(2, suspended.Count(session => session.Board == "children"));
        Assert.Equal(5, suspended.Count(session => session.Board.Length == 0));
    }

    [Fact] // T2, T3: Friday 24 March 2023
    public void Safeguarding_Southend_Together_belongs_to_2022_23()
    {
        var courses = new[] { "SST" };
        Assert.Equal(257, Value(In("people", 2022) with { Courses = courses }));
        Assert.Equal(0, Value(In("people", 2023) with { Courses = courses }));
    }

    [Fact]
    public void The_three_headline_events_are_590_attendances_by_fewer_people()
    {
        string[] events = ["IOC", "SAW", "NEGCON"];
        Assert.Equal(590, Value(In("attendances", 2023) with { Courses = events }));
        Assert.InRange(Value(In("people", 2023) with { Courses = events })!.Value, 380, 520);
    }

    [Fact]
    public void A_year_has_the_volume_of_a_partnership()
    {
        Assert.Equal(63, generated.Files.Agencies.Count);
        Assert.InRange(generated.Files.People.Count, 6_800, 7_200);
        Assert.InRange(Value(In("people", 2023))!.Value, 2_850, 3_150);
        Assert.InRange(Value(In("sessions_held", 2023))!.Value, 78, 84);
        Assert.InRange(Value(In("completions", 2023))!.Value, 3_600, 3_605);
        var year = generated.Files.Sessions.Where(session => session.Starts.Date >= new DateOnly(2023, 4, 1) && session.Starts.Date < new DateOnly(2024, 4, 1)).Select(session => session.Ref).ToHashSet();
        Assert.InRange(generated.Files.Bookings.Count(booking => year.Contains(booking.Session)), 1_700, 2_100);
    }
}
