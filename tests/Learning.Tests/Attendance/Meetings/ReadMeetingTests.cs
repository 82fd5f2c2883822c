using System.Text;

using FsCheck;
using FsCheck.Fluent;

using Learning.Attendance.Meetings;
using Learning.Time;

namespace Learning.Tests.Attendance.Meetings;

/// <summary>What Teams, Zoom and Meet say of a meeting (rule A8): every form, minutes exact, and what is damaged is a sentence.</summary>
public class ReadMeetingTests
{
    private static readonly Zone London = Zone.Of(TimeProvider.System);
    private static readonly DateTime Start = new(2026, 11, 20, 9, 30, 0);
    private static readonly MeetingDays Day = new(new(2026, 11, 20), new(2026, 11, 20));

    public static TheoryData<string> Forms => [.. WrittenReports.Forms.Keys];

    private static MeetingReport Read(MeetingDays? known, params MeetingFile[] files) => ReadMeeting.Of(files, known, London) switch
    {
        MeetingRead.Report report => report.Said,
        MeetingRead.Refused refused => throw new InvalidOperationException(refused.Sentence),
        _ => throw new InvalidOperationException(),
    };

    private static string Refused(MeetingDays? known, params MeetingFile[] files) => Assert.IsType<MeetingRead.Refused>(ReadMeeting.Of(files, known, London)).Sentence;

    private static MeetingFile Text(string text, string name = "report.csv") => WrittenReports.File(text, new UTF8Encoding(false), name);

    // What a report can be held to: a list of events has no addresses, and Meet writes the given name first.
    private static IEnumerable<(string Who, int Minutes)> Expected(string form, IEnumerable<Came> people) =>
        people.Select(one => (WrittenReports.Forms[form].Addresses && one.Email is not null ? one.Email : MeetingNames.Key(one.Name), one.Minutes)).Order();

    [Theory] // A8: 30 people with 3 rejoins each, two devices at once, a host who left early, a guest called iPhone, names in any order
    [MemberData(nameof(Forms))]
    public void Every_form_is_read_with_each_person_once_and_minutes_exact(string form)
    {
        var (kind, _, write) = WrittenReports.Forms[form];
        var people = WrittenReports.Full(Start);
        var read = Read(null, write(people));

        Assert.Equal(kind, read.Kind);
        Assert.Equal(32, read.People.Count);
        Assert.Equal(Expected(form, people), read.People.Select(person => (person.Email ?? MeetingNames.Key(person.Name), person.Minutes)).Order());
        Assert.Equal(115, read.People.Single(person => MeetingNames.Key(person.Name) == "joe trainer").Minutes);
        Assert.Equal("Friday 20 November 2026, 9:10am", British.Moment(London.LocalOf(read.People[0].Joins[0].From)));
    }

    [Theory] // A8: 3/4/2026 is decided by the session's day, or it is asked
    [InlineData("US long", 2026, 3, 4)]
    [InlineData("UK 24", 2026, 3, 4)]
    [InlineData("US long", 2026, 4, 3)]
    [InlineData("UK 24", 2026, 4, 3)]
    public void Which_number_is_the_month_is_decided_by_the_day_of_the_session_or_asked(string times, int year, int month, int day)
    {
        var (start, on) = (new DateTime(year, month, day, 9, 30, 0), new DateOnly(year, month, day));
        var file = Text(WrittenReports.Sections(WrittenReports.Full(start), times));

        var asked = Refused(null, file);
        Assert.All(["It may be of ", "3 April 2026", "4 March 2026", "Say when the meeting began"], part => Assert.Contains(part, asked));
        Assert.Equal(on, DateOnly.FromDateTime(London.LocalOf(Read(new(on, on), file).People[0].Joins[0].From)));
        Assert.Equal("It is of another meeting", Refused(new(new(2026, 5, 5), new(2026, 5, 5)), file).Split(':')[0]);
    }

    [Fact] // of two readings one would be a meeting of a month
    public void A_meeting_past_midnight_says_by_itself_which_number_is_the_month()
    {
        var file = Text(WrittenReports.Sections([new Came("Ada Okafor", null, (new(2026, 4, 3, 23, 0, 0), new(2026, 4, 4, 1, 0, 0)))], "UK 24"));
        Assert.Equal(120, Assert.Single(Read(null, file).People).Minutes);
    }

    [Fact] // A8
    public void Several_files_of_one_meeting_are_one_report_and_what_is_in_both_counts_once()
    {
        var people = WrittenReports.Full(Start);
        var (first, second) = (people.Select(one => one with { Joins = one.Joins[..1] }).ToList(), people.Where(one => one.Joins.Length > 1).Select(one => one with { Joins = one.Joins[1..] }).ToList());
        var teams = WrittenReports.Forms["Teams, sections, UTF-16, tabs, US"].Write;
        var read = Read(Day, teams(first), teams(second), teams(first));
        Assert.Equal(Expected("Teams, sections, UTF-16, tabs, US", people), read.People.Select(person => (person.Email ?? MeetingNames.Key(person.Name), person.Minutes)).Order());
        Assert.Equal("teams+zoom", Read(Day, teams(first), WrittenReports.Forms["Zoom, before 2024"].Write(second)).Kind);
    }

    [Fact] // the list of people alone has a total, with gaps between the first joining and the last leaving
    public void Of_a_report_without_each_joining_the_total_stands()
    {
        var whole = WrittenReports.Sections(WrittenReports.Full(Start), "US");
        var read = Read(null, Text(whole[..whole.IndexOf("3. In-Meeting", StringComparison.Ordinal)]));
        Assert.Equal(WrittenReports.Full(Start).Select(one => one.Minutes).Order(), read.People.Select(person => person.Minutes).Order());
    }

    [Fact]
    public void Whoever_does_not_leave_in_a_list_of_events_was_there_to_the_last_event()
    {
        var read = Read(null, Text("Full Name\tUser Action\tTimestamp\nAda Okafor\tJoined before\t11/20/2026, 9:30:00 AM\nBen Lee\tJoined\t11/20/2026, 9:40:00 AM\nBen Lee\tLeft\t11/20/2026, 10:00:00 AM\n"));
        Assert.Equal([("Ada Okafor", 30), ("Ben Lee", 20)], read.People.Select(person => (person.Name, person.Minutes)));
    }

    [Fact]
    public void Times_of_universal_time_are_known_by_their_heading_or_their_zone()
    {
        var read = Read(null, Text("Full Name\tJoin Time (UTC)\tLeave Time (UTC)\tDuration\tEmail\tRole\nAda Okafor\t6/18/2026, 8:30:00 AM\t6/18/2026, 9:30:00 AM\t1h\tada@council.example\tAttendee\n"));
        Assert.Equal(new DateTime(2026, 6, 18, 9, 30, 0), London.LocalOf(read.People[0].Joins[0].From));
    }

    [Fact] // lines that a spreadsheet put into quotes whole, and days that a comma cut off from their times
    public void A_list_that_a_spreadsheet_saved_again_is_read()
    {
        var read = Read(null, Text("\"Full Name,User Action,Timestamp,\"\n\"Ada Okafor,Joined,4/23/2026, 6:44:22 PM\"\n\"Ada Okafor,Left,4/23/2026, 7:44:30 PM\"\n"));
        Assert.Equal(60, Assert.Single(read.People).Minutes);
    }

    [Theory]
    [InlineData("", "It is empty")]
    [InlineData("  \r\n \r\n", "It is empty")]
    [InlineData("Dear all,\r\nplease find attached", "It is none of the reports of Teams, Zoom or Meet that are known here: it begins with “Dear all")]
    [InlineData("PK\u0003\u0004", "It is a workbook")]
    [InlineData("Name\u0000\u0001\u0002", "It is not the text of a report")]
    [InlineData("1. Zusammenfassung\r\nTitel\tX\r\n\r\n2. Teilnehmer\r\nName\tErster Beitritt\tLetztes Verlassen\tDauer\r\nAda\t20.11.26, 09:30:00\t20.11.26, 10:30:00\t1 Std.\r\n", "It is in German (“1. Zusammenfassung”)")]
    [InlineData("1. Résumé\r\n2. Participants\r\nNom\tPremière participation\r\n", "It is in French")]
    [InlineData("Nombre (nombre original),Correo electrónico,Hora de unión\r\n", "It is in Spanish")]
    [InlineData("Name (Original Name),User Email,Total Duration (Minutes),Guest\r\nAda Okafor,,65,No\r\n", "It has a total for each person and no times")]
    [InlineData("Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\r\n", "It names nobody")]
    [InlineData("Full Name\tJoin Time\tLeave Time\tRole\r\nAda Okafor\t11/20/2026, 9:30:00 AM\tlater\tAttendee\r\n", "Line 2 has no time of leaving that can be read: “later”")]
    [InlineData("Full Name\tJoin Time\tLeave Time\tRole\r\nAda Okafor\t13/13/2026, 9:30:00 AM\t\tAttendee\r\n", "Line 2 has no time of joining that can be read: “13/13/2026, 9:30:00 AM”")]
    [InlineData("Full Name\tJoin Time\tLeave Time\tRole\r\nAda Okafor\t11/20/2026, 10:30:00 AM\t11/20/2026, 9:30:00 AM\tAttendee\r\n", "On line 2 the leaving is before the joining")]
    [InlineData("Full Name\tJoin Time\tLeave Time\tRole\r\nAda Okafor\t11/20/2026, 9:30:00 AM", "Line 2 breaks off")]
    [InlineData("Full Name\tJoin Time\tLeave Time\tRole\r\n\"Ada Okafor\t11/20/2026, 9:30:00 AM\t11/20/2026, 9:30:00 AM\tAttendee\r\n", "A quotation mark on line 2 is never closed")]
    [InlineData("Full Name\tJoin Time\tLeave Time\tRole\r\nAda Okafor\t11/20/2026, 9:30:00 AM\t20/11/2026, 9:30:00 AM\tAttendee\r\n", "Some of its days have the month first and some have it last")]
    [InlineData("Name,Email,Duration,Time joined,Time exited\r\nAda Okafor,,58 min,9:30,10:28\r\n", "It gives times without a day")]
    [InlineData("1. Summary\r\nAttended participants\t3\r\n2. Participants\r\nName\tFirst Join\tLast Leave\r\nAda Okafor\t11/20/2026, 9:30:00 AM\t11/20/2026, 9:40:00 AM\r\n", "It says that 3 took part and names 1, so it is not whole")]
    public void What_is_no_report_or_is_not_whole_is_refused_in_a_sentence(string text, string sentence) => Assert.StartsWith(sentence, Refused(null, Text(text)));

    [Fact]
    public void A_file_that_is_too_large_or_cut_or_of_another_meeting_is_refused()
    {
        var teams = WrittenReports.Forms["Teams, sections, UTF-16, tabs, US"].Write(WrittenReports.Full(Start));
        Assert.StartsWith("It is larger than 5 MB", Refused(null, new MeetingFile("big.csv", new byte[50_000_000])));
        Assert.StartsWith("It breaks off in the middle of a letter", Refused(null, teams with { Content = teams.Content[..^1] }));
        Assert.Equal("It is of another meeting: 20 November 2026, and the session is on 15 May 2024.", Refused(new(new(2024, 5, 15), new(2024, 5, 15)), teams));
        Assert.StartsWith("File 2: It is empty", Refused(null, teams, new MeetingFile("nothing.csv", [])));
        Assert.StartsWith("These are 13 files", Refused(null, [.. Enumerable.Repeat(teams, 13)]));
    }

    [Fact] // A8: any split of joins gives the same minutes, in whatever order, and what overlaps counts once
    public void However_joins_are_split_overlap_and_are_ordered_the_minutes_are_those_of_the_seconds_that_somebody_was_there()
    {
        var seconds = Gen.Choose(0, 4 * 3600);
        var joins = Gen.Zip(seconds, seconds).Select(pair => (From: Math.Min(pair.Item1, pair.Item2), To: Math.Max(pair.Item1, pair.Item2))).ArrayOf();
        Prop.ForAll(Gen.Zip(joins, seconds).ToArbitrary(), drawn =>
        {
            var (spans, cut) = drawn;
            MeetingJoin Join(int from, int to) => new(London.InstantOf(Start.AddSeconds(from)), London.InstantOf(Start.AddSeconds(to)));
            var there = spans.SelectMany(span => Enumerable.Range(span.From, span.To - span.From)).ToHashSet();
            var split = spans.SelectMany(span => span.From < cut && cut < span.To ? [Join(span.From, cut), Join(cut, span.To)] : new[] { Join(span.From, span.To) }).Reverse().ToList();
            Assert.Equal(there.Count / 60, TimePresent.Minutes(split));
            Assert.Equal(there.Count(second => second < cut) / 60, TimePresent.Minutes(split, DateTimeOffset.MinValue, London.InstantOf(Start.AddSeconds(cut))));
        }).QuickCheckThrowOnFailure();
    }

    [Fact] // whatever arrives is a report or a sentence
    public void A_damaged_file_never_throws()
    {
        var whole = WrittenReports.Forms.Values.Select(form => form.Write([.. WrittenReports.Full(Start).Take(3)]).Content).ToArray();
        var damage = Gen.Zip(Gen.Elements(whole), Gen.Zip(Gen.Choose(0, 100_000), Gen.Choose(0, 100_000))).Select(drawn => (drawn.Item1, drawn.Item2.Item1, drawn.Item2.Item2));
        Prop.ForAll(damage.ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (drawn, letter) =>
        {
            var (bytes, at, end) = (drawn.Item1.ToArray(), drawn.Item2 % drawn.Item1.Length, drawn.Item3 % drawn.Item1.Length);
            bytes[at] = (byte)letter;
            foreach (var damaged in new[] { bytes, bytes[..end], bytes[Math.Min(at, end)..Math.Max(at, end)] })
            {
                switch (ReadMeeting.Of([new MeetingFile("report.csv", damaged)], Day, London))
                {
                    case MeetingRead.Refused refused:
                        Assert.EndsWith(".", refused.Sentence);
                        break;
                    case MeetingRead.Report report:
                        Assert.All(report.Said.People, person => Assert.InRange(person.Minutes, 0, 12_000));
                        break;
                }
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("Okafor, Ada", "ada okafor")]
    [InlineData("  ADA   Okafor (Guest)", "ada okafor")]
    [InlineData("[Southend Council] Ada Okafor (Unverified) (External)", "ada okafor")]
    [InlineData("Zoe\u0308 Lee", "zoë lee")]
    public void A_name_is_the_same_in_any_order_and_without_what_a_program_adds(string written, string key) => Assert.Equal(key, MeetingNames.Key(written));

    [Fact]
    public void Whoever_came_under_the_name_of_a_telephone_is_known_by_the_name_in_brackets() => Assert.Contains("ada okafor", MeetingNames.Keys("iPhone (Ada Okafor)"));
}
