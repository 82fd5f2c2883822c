using Learning.Tests.History;
using Xunit;
using static Learning.Tests.Demonstration.GeneratedDemonstration;

namespace Learning.Tests.Demonstration;

/// <summary>What demonstration.md plants, because each has broken somebody's report.</summary>
public sealed class PlantedTests(GeneratedDemonstration generated) : IClassFixture<GeneratedDemonstration>
{
    private HistoryFiles Files => generated.Files;

    [Fact] // P1, F4: under both agencies, once in the total
    public void Grace_Tomlin_has_two_addresses_and_two_agencies_in_the_year()
    {
        var grace = Files.Known("grace.tomlin@police.example");
        Assert.Same(grace, Files.Known("grace.tomlin@childrens.council.example"));
        Assert.Equal(["POL", "SCC-CS"], grace.Employments.Select(job => job.Agency));
        var ioc = generated.Count.Count(In("people", 2023, "IOC") with { By = ["agency"] });
        Assert.Equal(207 + 1, ioc.Rows.Values.Sum());
    }

    [Fact] // P2
    public void An_agency_was_renamed_in_mid_year_and_its_people_with_it()
    {
        var line = File.ReadLines(Path.Combine(generated.Folder, "agencies.csv")).Single(line => line.StartsWith("CARE-SH,", StringComparison.Ordinal));
        Assert.EndsWith(",CARE,CARE-SC,2023-10-01", line);
        Assert.Contains(Files.People, person => person.Employments.Select(job => job.Agency).SequenceEqual(["CARE-SH", "CARE-SC"]));
        Assert.DoesNotContain(Files.People, person => person.Employments.Exists(job => job.Agency == "CARE-SH" && job.To != new DateOnly(2023, 10, 1)));
    }

    [Fact] // F6: a row of one person, and rows of none
    public void There_is_an_agency_of_one_and_a_zero()
    {
        Assert.Single(Files.People, person => person.Employments.Exists(job => job.Agency == "NURS-PD"));
        var trained = generated.Count.Count(In("people", 2023, "GCP2") with { SinceStart = true, By = ["agency"] });
        Assert.Equal(1, trained.Rows["NURS-PD"]);
        Assert.DoesNotContain("ECFRS", trained.Rows.Keys);
        Assert.DoesNotContain("DWP", generated.Count.Count(In("people", 2023) with { By = ["agency"] }).Rows.Keys);
        Assert.Contains(Files.People, person => person.Employments.Exists(job => job.Agency == "DWP"));
    }

    [Fact] // T3
    public void A_session_of_31_March_ends_on_1_April_and_belongs_to_the_old_year()
    {
        var night = Files.Sessions.Single(session => session.Course.Code == "NIGHT");
        Assert.Equal((new DateOnly(2024, 3, 31), new DateOnly(2024, 4, 1)), (night.Starts.Date, night.Ends.Date));
        Assert.Equal(1, generated.Value(In("sessions_held", 2023) with { Courses = ["NIGHT"] }));
        Assert.Equal(0, generated.Value(In("sessions_held", 2024) with { Courses = ["NIGHT"] }));
    }

    [Fact] // T3: the first counts in 2023/24, the second in 2024/25
    public void Two_courses_of_two_parts_lie_across_31_March()
    {
        var gcp2 = Files.Sessions.Where(session => session.Course.Code == "GCP2").Select(session => (session.Starts.Date, session.Ends.Date)).ToList();
        Assert.Contains((new DateOnly(2023, 3, 29), new DateOnly(2023, 4, 19)), gcp2);
        Assert.Contains((new DateOnly(2024, 3, 27), new DateOnly(2024, 4, 17)), gcp2);
    }

    [Fact]
    public void A_session_of_the_year_was_hybrid() =>
        Assert.Contains(File.ReadLines(Path.Combine(generated.Folder, "sessions.csv")), line => line.StartsWith("IOC-2023-07,", StringComparison.Ordinal) && line.Contains(",hybrid,"));

    [Fact] // P5: counted, and nobody can say who
    public void A_leaver_is_without_identity()
    {
        var line = File.ReadLines(Path.Combine(generated.Folder, "people.csv")).Single(line => line.Contains("@erased.example", StringComparison.Ordinal));
        Assert.Equal("person-4217@erased.example,Person,4217,PROB,,joint,,2014-09-01,2024-02-01,", line);
        Assert.Contains(Files.Marks, mark => mark.Person == Files.Known("person-4217@erased.example") && mark.What == "attended");
    }

    [Fact] // A1
    public void The_forum_has_a_seat_vacant_one_not_appointed_and_one_with_a_substitute()
    {
        var forum = Files.Marks.Where(mark => mark.Session.StartsWith("SEF-2023", StringComparison.Ordinal)).ToList();
        Assert.Contains(forum, mark => mark is { What: "vacant", Seat: "Special schools", Person: null });
        Assert.Contains(forum, mark => mark is { What: "not-appointed", Seat: "Independent schools" });
        Assert.Single(forum, mark => mark.What.StartsWith("substitute:", StringComparison.Ordinal));
    }

    [Fact] // A7: exactly 75% of the hour counts, a minute less does not
    public void Part_marks_stand_on_both_sides_of_the_required_minutes()
    {
        var week = Files.Marks.Where(mark => mark.Session.StartsWith("SAW-2023", StringComparison.Ordinal) && mark.What == "part").Select(mark => mark.Minutes).ToList();
        Assert.Contains(45, week);
        Assert.Contains(44, week);
    }

    [Fact]
    public void A_mark_was_corrected_and_somebody_is_unknown()
    {
        Assert.Contains(Files.Marks.Where(mark => mark.Session.StartsWith("IOC-2023", StringComparison.Ordinal)).GroupBy(mark => (mark.Session, mark.Person)), rows => rows.Count() == 2);
        var marked = Files.Marks.Select(mark => (mark.Session, mark.Person)).ToHashSet();
        var held = Files.Sessions.Where(session => session.Status == "held").Select(session => session.Ref).ToHashSet();
        Assert.Contains(Files.Bookings, booking => booking.Status == "confirmed" && held.Contains(booking.Session) && !marked.Contains((booking.Session, booking.Person))); // C2
    }

    [Theory]
    [InlineData("practitioner@council.example", "SCC-CS")]
    [InlineData("lead@police.example", "POL")]
    [InlineData("trainer@hospital.example", "MSEFT")]
    [InlineData("subgroup@council.example", "SCC-PH")]
    [InlineData("chair@council.example", "SCC-PH")]
    [InlineData("unit@partnership.example", "SSP")]
    [InlineData("admin@partnership.example", "SSP")]
    public void Each_demonstration_account_is_a_person_with_a_job(string email, string agency) =>
        Assert.Equal(agency, Files.Known(email).Employments.Single().Agency);

    [Fact]
    public void Around_today_there_is_something_for_everybody()
    {
        var ahead = Files.Sessions.Where(session => session.Status == "planned").ToList();
        var bookings = Files.Bookings.ToLookup(booking => booking.Session);
        int Confirmed(HistoryFiles.Session session) => bookings[session.Ref].Count(booking => booking.Status == "confirmed");
        var trainers = File.ReadLines(Path.Combine(generated.Folder, "sessions.csv")).Where(line => line.Contains("trainer@hospital.example", StringComparison.Ordinal)).Select(line => line.Split(',')[0]).ToHashSet();

        Assert.Contains(ahead, session => session.Starts.Date == Today.AddDays(-1) && trainers.Contains(session.Ref) && Confirmed(session) == 18);
        Assert.Contains(ahead, session => session.Starts.Date == Today.AddDays(1));
        var sevenDays = ahead.Single(session => session.Starts.Date == Today.AddDays(7) && trainers.Contains(session.Ref) && session.Course.Code == "GCP2");
        Assert.Contains(bookings[sevenDays.Ref], booking => booking.Person == Files.Known("practitioner@council.example") && booking.Status == "confirmed");
        Assert.Contains(ahead, session => Confirmed(session) == session.Capacity && bookings[session.Ref].Count(booking => booking.Status == "waiting") == 4);
        Assert.Contains(ahead, session => Confirmed(session) == session.Capacity - 1);
        Assert.Contains(ahead, session => session.Starts.Date < Today.AddDays(14) && Confirmed(session) * 3 < session.Capacity);
        var conference = ahead.Single(session => session.Course.Code == "NEGCON");
        Assert.Equal(15, ahead.Count(session => session.Course.Code == "NEGCON-WS" && session.Starts.Date == conference.Starts.Date));
        Assert.Equal(Today.AddMonths(15).Year, ahead.Max(session => session.Starts.Date).Year);
    }
}
