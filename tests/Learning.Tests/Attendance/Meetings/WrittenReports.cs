using System.Globalization;
using System.Text;

using Learning.Attendance.Meetings;

namespace Learning.Tests.Attendance.Meetings;

/// <summary>Somebody in an invented meeting: wall times, one pair for each joining.</summary>
public sealed record Came(string Name, string? Email, params (DateTime From, DateTime To)[] Joins)
{
    /// <summary>Minutes, counted second by second: what a reader is held against.</summary>
    public int Minutes => Joins.SelectMany(join => Enumerable.Range(0, (int)(join.To - join.From).TotalSeconds).Select(second => join.From.AddSeconds(second))).Distinct().Count() / 60;
}

/// <summary>An invented meeting as Teams, Zoom and Meet write it: every form that is read. The people, their agencies and addresses do not exist.</summary>
public static class WrittenReports
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>How a program writes a time.</summary>
    public static readonly IReadOnlyDictionary<string, string> Times = new Dictionary<string, string>
    {
        ["US"] = "M/d/yy, h:mm:ss tt", ["US long"] = "M/d/yyyy, h:mm:ss tt", ["UK 24"] = "dd/MM/yyyy, HH:mm:ss", ["UK 12"] = "dd/MM/yyyy, h:mm:ss tt", ["US narrow"] = "M/d/yy, h:mm:ss\u202ftt", ["ISO"] = "yyyy-MM-dd HH:mm:ss",
    };

    /// <summary>The forms, each with what it is called here, whether it has addresses, and how it is written.</summary>
    public static readonly IReadOnlyDictionary<string, (string Kind, bool Addresses, Func<IReadOnlyList<Came>, MeetingFile> Write)> Forms = new Dictionary<string, (string, bool, Func<IReadOnlyList<Came>, MeetingFile>)>
    {
        ["Teams, sections, UTF-16, tabs, US"] = ("teams", true, people => File(Sections(people, "US"), Encoding.Unicode)),
        ["Teams, sections, UTF-16, tabs, US with a narrow space"] = ("teams", true, people => File(Sections(people, "US narrow"), Encoding.Unicode)),
        ["Teams, sections, UTF-8, tabs, UK, 24 hours"] = ("teams", true, people => File(Sections(people, "UK 24"), new UTF8Encoding(true))),
        ["Teams, sections, UTF-8, commas, UK, 12 hours"] = ("teams", true, people => File(Sections(people, "UK 12", ','), new UTF8Encoding(false))),
        ["Teams, sections, UTF-16 big end first, commas, US long"] = ("teams", true, people => File(Sections(people, "US long", ','), Encoding.BigEndianUnicode)),
        ["Teams, one table of 2021"] = ("teams", true, people => File(Table2021(people, "US long"), Encoding.Unicode)),
        ["Teams, one table of 2021, UK, commas"] = ("teams", true, people => File(Table2021(people, "UK 24", ','), new UTF8Encoding(true))),
        ["Teams, events of 2020"] = ("teams", false, people => File(Events2020(people, "US long"), Encoding.Unicode)),
        ["Teams, events of 2020, UK, commas"] = ("teams", false, people => File(Events2020(people, "UK 24", ','), new UTF8Encoding(false))),
        ["Zoom, before 2024"] = ("zoom", true, people => File(Zoom(people, preamble: false, newer: false), new UTF8Encoding(true))),
        ["Zoom, before 2024, with the meeting's details"] = ("zoom", true, people => File(Zoom(people, preamble: true, newer: false), new UTF8Encoding(true))),
        ["Zoom, since 2024"] = ("zoom", true, people => File(Zoom(people, preamble: false, newer: true), new UTF8Encoding(false))),
        ["Zoom, since 2024, with the meeting's details"] = ("zoom", true, people => File(Zoom(people, preamble: true, newer: true), new UTF8Encoding(false))),
        ["Zoom, webinar"] = ("zoom", true, people => File(Webinar(people), new UTF8Encoding(true))),
        ["Meet, a line for each joining"] = ("meet", true, people => File(Meet(people, totals: false), new UTF8Encoding(false), "2026-11-20 Level 3 - Attendance Report.csv")),
        ["Meet, a line for each person"] = ("meet", true, people => File(Meet(people, totals: true), new UTF8Encoding(false), "2026-11-20 Level 3 - Attendance Report.csv")),
    };

    /// <summary>30 people with 3 rejoins each, one of whom has two devices at once, a host who left early, and a guest called iPhone; some are written with the family name first.</summary>
    public static IReadOnlyList<Came> Full(DateTime start)
    {
        DateTime At(int minute) => start.AddMinutes(minute);
        var people = Enumerable.Range(0, 30).Select(i => new Came(
            i % 3 == 0 ? $"Okafor{i}, Ada" : $"Ada Okafor{i}", $"ada.okafor{i}@council.example",
            [(At(-5 + (i % 4)), At(20 + i)), (At(22 + i), At(60)), (At(63), At(100 + (i % 7))), (At(110), At(178 + (i % 5)))])).ToList();
        // A telephone for the sound, while the laptop shows the slides.
        people[7] = people[7] with { Joins = [.. people[7].Joins, (At(30), At(90))] };
        return [new Came("Joe Trainer", "joe.trainer@hospital.example", (At(-20), At(95))), .. people, new Came("iPhone", null, (At(3), At(170)))];
    }

    public static MeetingFile File(string text, Encoding encoding, string name = "report.csv") => new(name, [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

    /// <summary>The current report of Teams: summary, people, and each joining.</summary>
    public static string Sections(IReadOnlyList<Came> people, string times, char mark = '\t')
    {
        string T(DateTime time) => Cell(time.ToString(Times[times], English), mark);
        var (from, to) = (people.Min(First), people.Max(Last));
        return Lines(
        [
            "1. Summary", Row(mark, "Meeting title", "Level 3, refresher"), Row(mark, "Attended participants", people.Count.ToString(English)), $"Start time{mark}{T(from)}", $"End time{mark}{T(to)}",
            Row(mark, "Meeting duration", Span(to - from)), Row(mark, "Average attendance time", "2h 41m 3s"), "",
            "2. Participants", Row(mark, "Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Participant ID (UPN)", "Role"),
            .. people.Select(one => $"{Cell(one.Name, mark)}{mark}{T(First(one))}{mark}{T(Last(one))}{mark}{Span(TimeSpan.FromMinutes(one.Minutes))}{mark}{one.Email}{mark}{one.Email}{mark}Attendee"), "",
            "3. In-Meeting Activities", Row(mark, "Name", "Join Time", "Leave Time", "Duration", "Email", "Role"),
            .. from one in people from time in one.Joins select $"{Cell(one.Name, mark)}{mark}{T(time.From)}{mark}{T(time.To)}{mark}{Span(time.To - time.From)}{mark}{one.Email}{mark}Attendee",
        ]);
    }

    private static string Table2021(IReadOnlyList<Came> people, string times, char mark = '\t')
    {
        string T(DateTime time) => Cell(time.ToString(Times[times], English), mark);
        return Lines(
        [
            "Meeting Summary", Row(mark, "Total Number of Participants", people.Count.ToString(English)), Row(mark, "Meeting Title", "Level 3"), $"Meeting Start Time{mark}{T(people.Min(First))}", $"Meeting End Time{mark}{T(people.Max(Last))}", "",
            Row(mark, "Full Name", "Join Time", "Leave Time", "Duration", "Email", "Role", "Participant ID (UPN)"),
            .. from one in people from time in one.Joins select $"{Cell(one.Name, mark)}{mark}{T(time.From)}{mark}{T(time.To)}{mark}{Span(time.To - time.From)}{mark}{one.Email}{mark}Attendee{mark}{one.Email}",
        ]);
    }

    private static string Events2020(IReadOnlyList<Came> people, string times, char mark = '\t') => Lines(
    [
        Row(mark, "Full Name", "User Action", "Timestamp"),
        .. from one in people
           from happened in one.Joins.SelectMany(time => new[] { (Action: "Joined", At: time.From), (Action: "Left", At: time.To) }).OrderBy(happened => happened.At)
           select $"{Cell(one.Name, mark)}{mark}{happened.Action}{mark}{Cell(happened.At.ToString(Times[times], English), mark)}",
    ]);

    private static string Zoom(IReadOnlyList<Came> people, bool preamble, bool newer)
    {
        string T(DateTime time) => time.ToString(newer ? "MM/dd/yyyy hh:mm:ss tt" : "dd/MM/yyyy HH:mm:ss", English);
        string Line(Came one, DateTime from, DateTime to, bool waits) =>
            $"{Cell(one.Name, ',')},{one.Email},{T(from)},{T(to)},{Math.Ceiling((to - from).TotalMinutes)},{(one.Email is null ? "Yes" : "No")},{(newer ? "" : "Y,")}{(waits ? "Yes" : "No")}";
        return Lines(
        [
            .. preamble ? newer
                ? ["Topic,ID,Host name,Host email,Start time,End time,Participants,Duration (minutes)", $"Level 3,812 3456 7890,Joe Trainer,joe.trainer@hospital.example,{T(people.Min(First))},{T(people.Max(Last))},{people.Count},185", ""]
                : (string[])["Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants", $"812 3456 7890,Level 3,{T(people.Min(First))},{T(people.Max(Last))},joe.trainer@hospital.example,185,{people.Count}", ""] : [],
            newer ? "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,In waiting room" : "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room",
            // Everybody waited ten minutes at the door, which is not the meeting.
            .. people.Select(one => Line(one, First(one).AddMinutes(-10), First(one), waits: true)),
            .. from one in people from time in one.Joins select Line(one, time.From, time.To, waits: false),
        ]);
    }

    private static string Webinar(IReadOnlyList<Came> people)
    {
        string T(DateTime time) => $"\"{time.ToString("MMM d, yyyy HH:mm:ss", English)}\"";
        string Row(Came one, (DateTime From, DateTime To) join) => $"Yes,{Cell(one.Name, ',')},{one.Name.Split(' ', ',')[0]},,{one.Email},\"Nov 1, 2026 10:00:00\",approved,{T(join.From)},{T(join.To)},60,{(one.Email is null ? "Yes" : "No")},United Kingdom,";
        const string head = "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name,,,,,";
        return Lines(
        [
            "Attendee Report,,,,,,,,,,,,", "Report Generated:,\"Nov 21, 2026 8:50 AM\",,,,,,,,,,,", "Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers,Total Users,Max Concurrent Views,Enable Registration,,,",
            $"Level 3,812 3456 7890,{T(people.Min(First))},185,40,2,{people.Count},90,31,Yes,,,", "Host Details,,,,,,,,,,,,", head,
            .. people[0].Joins.Select(join => $"Yes,{people[0].Name},{people[0].Email},{T(join.From)},{T(join.To)},115,No,United Kingdom,,,,,"), "Panelist Details,,,,,,,,,,,,", head, "Attendee Details,,,,,,,,,,,,",
            "Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name,",
            .. from one in people.Skip(1) from time in one.Joins select Row(one, time),
            "No,Never There,Never,There,never.there@council.example,\"Nov 1, 2026 10:00:00\",approved,--,--,--,--,,",
        ]);
    }

    private static string Meet(IReadOnlyList<Came> people, bool totals) => Lines(
    [
        "First name,Last name,Email,Duration,Time joined,Time exited",
        .. from one in people
           from time in totals ? [(From: First(one), To: Last(one))] : one.Joins
           let minutes = totals ? one.Minutes : (int)(time.To - time.From).TotalMinutes
           let name = one.Name.Contains(',', StringComparison.Ordinal) ? one.Name.Split(", ").Reverse().ToArray() : one.Name.Split(' ', 2)
           select $"{name[0]},{(name.Length > 1 ? name[1] : "")},{one.Email},{(minutes >= 60 ? $"{minutes / 60} hr {minutes % 60} min" : $"{minutes} min")},{time.From.ToString("h:mm tt", English)},{time.To.ToString("h:mm tt", English)}",
    ]);

    private static DateTime First(Came one) => one.Joins.Min(join => join.From);

    private static DateTime Last(Came one) => one.Joins.Max(join => join.To);

    private static string Span(TimeSpan span) => $"{(span.TotalHours >= 1 ? $"{(int)span.TotalHours}h " : "")}{span.Minutes}m {span.Seconds}s";

    private static string Lines(params string[] lines) => string.Join("\r\n", lines) + "\r\n";

    private static string Row(char mark, params string[] cells) => string.Join(mark, cells.Select(cell => Cell(cell, mark)));

    private static string Cell(string text, char mark) => text.Contains(mark, StringComparison.Ordinal) || text.Contains('"', StringComparison.Ordinal) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
