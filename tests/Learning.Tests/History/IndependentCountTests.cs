using Xunit;

namespace Learning.Tests.History;

/// <summary>The count itself, held against folders small enough to count on one's fingers. What everything else is checked by is checked here.</summary>
public sealed class IndependentCountTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("learning-count-").FullName;

    private static readonly Question People = new("people", new DateOnly(2023, 4, 1), new DateOnly(2024, 4, 1), DateTimeOffset.Parse("2026-01-01T00:00:00Z"));
    private static readonly Question Attendances = People with { Measure = "attendances" };

    public IndependentCountTests()
    {
        File("agencies.csv", "code,name,sector,statutory_partner,email_domains,headcount,parent", "POL,Police,Police,yes,,,", "SCC,Council,Local authority,yes,,,", "SCC-CS,Children's Services,Local authority,yes,,,SCC");
        File("people.csv", "email,given_name,family_name,agency,job_title,workforce,level,from,to,aliases",
            "ann@x.example,Ann,A,POL,,joint,,2020-01-01,2023-10-01,ann@home.example", "ann@x.example,Ann,A,SCC-CS,,children,,2023-10-01,,", "bob@x.example,Bob,B,POL,,joint,,2020-01-01,,", "cat@x.example,Cat,C,SCC,,speaker,,2020-01-01,,");
        File("courses.csv", "code,title,kind,owner,boards,programmes,validity_months,cpd_hours,level,published_on,withdrawn_on",
            "ONE,One,trained,SCC,children,P,,,,2020-01-01,", "TWO,Two,trained,SCC,adults,P,,,,2020-01-01,2024-03-31", "WEB,Web,e-learning,SCC,joint,,,,,2024-03-31,2024-04-01");
        File("sessions.csv", "ref,course,starts,ends,mode,venue,capacity,status",
            "S1,ONE,2023-06-01 10:00,2023-06-01 11:00,virtual,,10,held", "S2,TWO,2024-03-28 10:00,2024-04-02 12:00,virtual,,20,held", "S3,ONE,31/03/2024 23:55,01/04/2024 00:55,virtual,,5,held", "S4,ONE,2023-07-01 10:00,2023-07-01 11:00,virtual,,7,cancelled");
        File("parts.csv", "session,part,title,starts,ends", "S2,1,,2024-03-28 10:00,2024-03-28 12:00", "S2,2,,2024-04-02 10:00,2024-04-02 12:00");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void File(string name, params string[] lines) => System.IO.File.WriteAllLines(Path.Combine(_folder, name), lines);

    private void Marks(params string[] rows) => File("attendance.csv", ["session,email,mark,minutes,agency,marked_at,part", .. rows]);

    private Answer Count(Question question) => new IndependentCount(new HistoryFiles(_folder)).Count(question);

    [Fact]
    public void The_later_mark_stands_whatever_the_order_of_the_rows() // H0
    {
        Marks("S1,ann@x.example,dna,,,2023-06-02T12:00:00Z,", "S1,ann@x.example,attended,,,2023-06-01T12:00:00Z,", "S1,bob@x.example,dna,,,2023-06-01T12:00:00Z,", "S1,bob@x.example,attended,,,2023-06-01T12:00:00Z,");
        Assert.Equal(1, Count(Attendances).Value); // Bob: the same instant, the later line
        Assert.Equal(2, Count(Attendances with { AsAt = DateTimeOffset.Parse("2023-06-01T12:00:00Z") }).Value); // as-at is inclusive
        Assert.Equal(0, Count(Attendances with { AsAt = DateTimeOffset.Parse("2023-06-01T11:59:59Z") }).Value);
    }

    [Fact]
    public void A_correction_withdraws_the_substitute() // A1, H0
    {
        Marks("S1,ann@x.example,substitute:bob@x.example,,,2023-06-01T12:00:00Z,", "S1,ann@x.example,attended,,,2023-06-02T12:00:00Z,");
        Assert.Equal(1, Count(Attendances with { By = ["agency"] }).Rows["POL"]);
        Assert.Equal(1, Count(Attendances).Value);
        Marks("S1,ann@x.example,substitute:bob@x.example,,,2023-06-01T12:00:00Z,", "S1,ann@x.example,apologies,,,2023-06-02T12:00:00Z,");
        Assert.Equal(0, Count(Attendances).Value);
        Assert.Equal(1, Count(Attendances with { AsAt = DateTimeOffset.Parse("2023-06-02T11:00:00Z") }).Value);
    }

    [Theory] // A7: an hour
    [InlineData("45", 1)]
    [InlineData("44", 0)]
    [InlineData("", 0)]
    public void In_part_counts_from_three_quarters_of_the_minutes(string minutes, int expected)
    {
        Marks($"S1,bob@x.example,part,{minutes},,2023-06-01T12:00:00Z,");
        Assert.Equal(expected, Count(Attendances).Value);
    }

    [Fact]
    public void A_course_of_two_parts_is_attended_with_both_and_dated_by_the_last() // A7, T3
    {
        Marks("S2,ann@x.example,attended,,,2024-03-28T13:00:00Z,1", "S2,ann@x.example,attended,,,2024-04-02T13:00:00Z,2", "S2,bob@x.example,attended,,,2024-03-28T13:00:00Z,1", "S2,cat@x.example,attended,,,2024-04-02T13:00:00Z,");
        Assert.Equal(0, Count(Attendances).Value);
        Assert.Equal(2, Count(Attendances with { From = new DateOnly(2024, 4, 1), To = new DateOnly(2025, 4, 1) }).Value);
    }

    [Fact]
    public void Minutes_before_midnight_of_31_March_in_summer_time_is_the_old_year() // T1, T3: 22:55 UTC
    {
        Marks("S3,ann@x.example,attended,,,2024-04-01T00:00:00+01:00,");
        Assert.Equal(1, Count(Attendances).Value);
        Assert.Equal(1, Count(Attendances with { By = ["month"] }).Rows["2024-03"]);
        Assert.Equal(1, Count(Attendances with { By = ["quarter"] }).Rows["2023-24 Q4"]);
    }

    [Fact]
    public void The_agency_is_the_marks_else_the_bookings_else_the_days() // P2
    {
        Marks("S1,Ann@Home.example ,attended,,,2023-06-01T12:00:00Z,", "S3,ann@x.example,attended,,,2024-04-01T00:00:00Z,", "S1,bob@x.example,attended,,SCC,2023-06-01T12:00:00Z,", "S1,cat@x.example,attended,,,2023-06-01T12:00:00Z,");
        File("bookings.csv", "session,email,status,booked_at,cancelled_at,agency", "S1,cat@x.example,confirmed,2023-05-01T12:00:00Z,,SCC-CS", "S1,bob@x.example,confirmed,2023-05-01T12:00:00Z,,POL");
        var byAgency = Count(People with { By = ["agency"] });
        Assert.Equal(3, byAgency.Value); // F4: Ann is in both rows and once in the total
        Assert.Equal([("POL", 1m), ("SCC", 1m), ("SCC-CS", 2m)], byAgency.Rows.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => (row.Key, row.Value!.Value)));
        Assert.Equal(3, Count(Attendances with { Agency = "SCC" }).Value); // with its departments
        Assert.Equal(2, Count(People with { Professionals = true }).Value); // F1: Cat speaks
    }

    [Fact]
    public void Sessions_held_are_signed_at_the_end_or_at_the_last_first_mark() // H0, F2
    {
        Marks("S1,ann@x.example,attended,,,2023-06-01T10:30:00Z,", "S1,bob@x.example,dna,,,2023-06-20T12:00:00Z,", "S1,ann@x.example,dna,,,2023-08-01T12:00:00Z,");
        var held = People with { Measure = "sessions_held", Courses = ["ONE"] };
        Assert.Equal(0, Count(held with { AsAt = DateTimeOffset.Parse("2023-06-20T11:59:59Z") }).Value);
        Assert.Equal(1, Count(held with { AsAt = DateTimeOffset.Parse("2023-06-20T12:00:00Z") }).Value);
        Assert.Equal(2, Count(held).Value); // S3 has no marks: signed at its end
        Assert.Equal(1, Count(Attendances with { AsAt = DateTimeOffset.Parse("2023-06-02T12:00:00Z") }).Value); // counts before the signature
        Assert.Equal((0, 0), Parts(Count(held with { Measure = "average_attendance", AsAt = DateTimeOffset.Parse("2023-06-02T12:00:00Z") })));
    }

    [Fact]
    public void Rates_carry_numerator_and_denominator() // F2, F3
    {
        Marks("S1,ann@x.example,attended,,,2023-06-01T12:00:00Z,", "S1,bob@x.example,dna,,,2023-06-01T12:00:00Z,", "S1,cat@x.example,substitute:bob@x.example,,,2023-06-01T12:00:00Z,");
        var one = People with { Courses = ["ONE"] };
        Assert.Equal((2, 15), Parts(Count(one with { Measure = "fill_rate" })));
        Assert.Equal((1, 3), Parts(Count(one with { Measure = "dna_rate" }))); // the substitution is one mark
        Assert.Equal((2, 2), Parts(Count(one with { Measure = "average_attendance" })));
        Assert.Null(Count(one with { Measure = "dna_rate", From = new DateOnly(2030, 1, 1), To = new DateOnly(2031, 1, 1) }).Value);
    }

    [Fact]
    public void Of_two_parts_the_last_mark_is_the_one_that_counts() // F2, dna_rate: all last marks, one per holder and session
    {
        Marks("S2,ann@x.example,attended,,,2024-03-28T13:00:00Z,1", "S2,ann@x.example,dna,,,2024-04-02T13:00:00Z,2", "S2,bob@x.example,dna,,,2024-03-28T13:00:00Z,1", "S2,bob@x.example,attended,,,2024-04-02T13:00:00Z,2", "S2,cat@x.example,dna,,,2024-04-02T13:00:00Z,");
        Assert.Equal((2, 3), Parts(Count(People with { Measure = "dna_rate", Courses = ["TWO"], To = new DateOnly(2025, 4, 1) })));
    }

    [Fact]
    public void Places_booked_are_those_confirmed_at_the_start() // F2
    {
        File("bookings.csv", "session,email,status,booked_at,cancelled_at,agency",
            "S1,ann@x.example,confirmed,2023-05-01T12:00:00Z,,", "S1,bob@x.example,cancelled,2023-05-01T12:00:00Z,2023-06-01T08:59:59Z,", "S1,cat@x.example,cancelled,2023-05-01T12:00:00Z,2023-06-01T09:00:01Z,", "S3,cat@x.example,waiting,2023-05-01T12:00:00Z,,", "S3,bob@x.example,cancelled,2023-05-01T12:00:00Z,2024-01-01T12:00:00Z,");
        Assert.Equal(2, Count(People with { Measure = "places_booked" }).Value); // 10:00 in summer is 09:00 UTC
        Assert.Equal(15, Count(People with { Measure = "places_offered" }).Value);
        Assert.Equal(7, Count(People with { Measure = "places_lost" }).Value);
        Assert.Equal(1, Count(People with { Measure = "sessions_cancelled" }).Value);
    }

    [Fact]
    public void A_programme_begins_with_its_first_session_unless_it_says_when() // F1, programmes.csv
    {
        Marks("S1,ann@x.example,attended,,,2023-06-01T12:00:00Z,", "S3,bob@x.example,attended,,,2024-04-01T00:00:00Z,");
        var since = People with { Programme = "P", SinceStart = true, From = new DateOnly(2024, 3, 1) };
        Assert.Equal(1, Count(since with { SinceStart = false }).Value);
        Assert.Equal(2, Count(since).Value);
        File("programmes.csv", "code,title,starts_on", "P,P,02/06/2023");
        Assert.Equal(1, Count(since).Value);
    }

    [Fact]
    public void Completions_count_from_midnight_of_their_day() // H0
    {
        File("completions.csv", "course,email,completed_on,score,agency", "WEB,ann@x.example,2023-06-01,,", "WEB,ann@x.example,2023-06-02,,", "WEB,cat@x.example,2024-04-01,,");
        var completions = People with { Measure = "completions" };
        Assert.Equal(2, Count(completions).Value);
        Assert.Equal(1, Count(People).Value);
        Assert.Equal(1, Count(completions with { AsAt = DateTimeOffset.Parse("2023-05-31T23:00:00Z") }).Value);
        Assert.Equal(0, Count(completions with { AsAt = DateTimeOffset.Parse("2023-05-31T22:59:59Z") }).Value);
        Assert.Equal(1, Count(People with { Measure = "agencies" }).Value);
    }

    [Fact]
    public void Courses_are_available_on_the_last_day_of_the_period() => // F2
        Assert.Equal(2, Count(People with { Measure = "courses_available" }).Value); // ONE; WEB for a day; TWO no more

    private static (int?, int?) Parts(Answer answer) => (answer.Numerator, answer.Denominator);
}
