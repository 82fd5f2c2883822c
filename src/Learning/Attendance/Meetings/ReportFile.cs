using System.Globalization;
using System.Text.RegularExpressions;

namespace Learning.Attendance.Meetings;

/// <summary>A row of a report about somebody.</summary>
/// <param name="From">Null: in a list of events, where <paramref name="To"/> is the time of leaving.</param>
/// <param name="To">Null: it says no leaving, or, in a list of events, it is one of joining.</param>
/// <param name="Seconds">The total between the two, where the row is a person's and not a joining's.</param>
internal sealed record ReportLine(int Line, string Name, string? Email, WrittenTime? From, WrittenTime? To, int? Seconds);

/// <summary>What one file says, before it is known which day it means.</summary>
/// <param name="Events">A line is one joining or one leaving.</param>
internal sealed record ReportFile(string Kind, bool Events, IReadOnlyList<ReportLine> Lines)
{
    /// <summary>Every time in it.</summary>
    public IEnumerable<WrittenTime> Times => Lines.SelectMany(line => new[] { line.From, line.To }).OfType<WrittenTime>();
}

/// <summary>Reads one file of Teams, Zoom or Meet, whatever its encoding, the mark between its cells and what stands before its tables (A8). Pure; never throws: it gives a sentence.</summary>
internal static partial class ReadReport
{
    /// <summary>Rows of one file about people.</summary>
    public const int MostLines = 20_000;

    private const string Again = "Download the report again.";

    public static (ReportFile? File, string? Wrong) Of(string text)
    {
        var (rows, unclosed) = Best(text);
        if (!rows.Any(row => ReportTable.Of(row) is not null))
        {
            return (null, ReportLanguage.Of(rows) is { } other
                ? $"It is in {other.Language} (“{other.Heading}”). Set the program that made it to English and download the report again."
                : $"It is none of the reports of Teams, Zoom or Meet that are known here: it begins with “{Beginning(rows)}”. If it is one in another language, set the program to English and download it again.");
        }

        return unclosed > 0 ? (null, $"A quotation mark on line {unclosed} is never closed. {Again}") : Read(rows, cut: !text.EndsWith('\n') && !text.EndsWith('\r'));
    }

    // The mark that makes the most headings, or cells where there are none; where a spreadsheet put whole lines into quotes, once more without them.
    private static (IReadOnlyList<ReportRow> Rows, int Unclosed) Best(string text)
    {
        static int Headings(IReadOnlyList<ReportRow> rows) => rows.Max(row => (int?)ReportTable.Of(row)?.Places.Count) ?? 0;
        static (IReadOnlyList<ReportRow> Rows, int Unclosed) Cut(string text) => ReportRows.Marks.Select(mark => ReportRows.Of(text, mark)).MaxBy(cut => (Headings(cut.Rows), cut.Rows.Max(row => (int?)row.Filled) ?? 0));
        var best = Cut(text);
        if (Headings(best.Rows) > 0 || ReportRows.Of(text, ',').Rows is not { Count: > 0 } whole || whole.Any(row => row.Filled > 1))
        {
            return best;
        }

        var again = Cut(string.Join('\n', whole.Select(row => row[0])));
        return Headings(again.Rows) > 0 ? again : best;
    }

    // What is cut has no line end after its last row, which is not as wide as its table.
    private static (ReportFile? File, string? Wrong) Read(IReadOnlyList<ReportRow> rows, bool cut)
    {
        ReportTable? table = null;
        var (read, stated) = (new List<(ReportTable Table, ReportLine Line)>(), 0);
        var kind = rows.Any(row => row[0].StartsWith("1. ", StringComparison.Ordinal) || row[0].StartsWith("2. ", StringComparison.Ordinal)) ? "teams" : null;
        foreach (var row in rows)
        {
            if (ReportTable.Of(row) is { } head)
            {
                (table, kind) = (head, kind ?? head.Kind);
                if (!head.HasEvents && !head.HasJoins)
                {
                    return (null, "It has a total for each person and no times. Download the report that lists each joining: in Zoom, without “Show unique users”.");
                }
            }
            else if (row.Filled == 1 && Title().IsMatch(row[0]))
            {
                table = null;
            }
            else if (table is null)
            {
                stated = Stated().IsMatch(row[0]) && int.TryParse(row[1], NumberStyles.None, CultureInfo.InvariantCulture, out var people) ? people : stated;
            }
            else if (Line(row, table, cut && row == rows[^1]) is var (line, wrong))
            {
                if (wrong is not null)
                {
                    return (null, wrong);
                }

                if (read.Count == MostLines)
                {
                    return (null, $"It has more than {MostLines} lines about people, which is no report of one meeting.");
                }

                if (line is not null)
                {
                    read.Add((table, line));
                }
            }
        }

        return read.Count == 0 ? (null, "It names nobody: nobody took part, or the report was downloaded before the meeting ended.") : Whole(kind!, read, stated);
    }

    // Each joining where the file has them; the total of whoever is in the list of people alone.
    private static (ReportFile? File, string? Wrong) Whole(string kind, List<(ReportTable Table, ReportLine Line)> read, int stated)
    {
        var events = read.Exists(one => one.Table.HasEvents);
        var (people, joins) = (read.Where(one => one.Table.Totals).Select(one => one.Line).ToList(), read.Where(one => !one.Table.Totals).Select(one => one.Line).ToList());
        var named = people.Count > 0 ? people.Count : joins.Select(MeetingPeople.KeyOf).Distinct().Count();
        if (named < stated)
        {
            return (null, $"It says that {stated} took part and names {named}, so it is not whole. {Again}");
        }

        // A list of joinings may leave out the address that the list of people has.
        var addresses = people.Where(line => line.Email is not null).GroupBy(line => MeetingNames.Key(line.Name)).Where(group => group.Select(line => line.Email).Distinct().Count() == 1)
            .ToDictionary(group => group.Key, group => group.First().Email);
        joins = joins.ConvertAll(line => line.Email is null && addresses.GetValueOrDefault(MeetingNames.Key(line.Name)) is { } email ? line with { Email = email } : line);
        var joined = joins.Select(MeetingPeople.KeyOf).ToHashSet();
        return (new ReportFile(kind, events, [.. joins, .. people.Where(line => !joined.Contains(MeetingPeople.KeyOf(line)))]), null);
    }

    // Neither a line nor a sentence: somebody who did not come, or waited to be let in.
    private static (ReportLine? Line, string? Wrong) Line(ReportRow row, ReportTable table, bool cut)
    {
        row = row with { Cells = DaysWithTimes(row.Cells) };
        if (row.Cells.Count <= table.Needed || (cut && row.Cells.Count < table.Width))
        {
            return (null, $"Line {row.Line} breaks off, so it is not whole. {Again}");
        }

        if (No().IsMatch(row[table[ReportColumn.Attended]]) || Yes().IsMatch(row[table[ReportColumn.Waiting]]))
        {
            return default;
        }

        var email = Array.Find([row[table[ReportColumn.RegistrationEmail]], row[table[ReportColumn.Email]], row[table[ReportColumn.AccountName]]], Arrivals.IsAddress)?.ToLowerInvariant();
        var name = table[ReportColumn.Name] >= 0 ? row[table[ReportColumn.Name]] : $"{row[table[ReportColumn.GivenName]]} {row[table[ReportColumn.FamilyName]]}".Trim();
        name = name.Length > 0 ? name : email?.Split('@')[0] ?? "";
        if (!ReadSentMarks.IsText(name, Arrivals.LongestName))
        {
            return (null, name.Length == 0 ? $"Line {row.Line} names nobody. {Again}" : $"The name on line {row.Line} cannot be read. {Again}");
        }

        return table.HasEvents ? Event(row, table, name, email) : Join(row, table, name, email);
    }

    private static (ReportLine? Line, string? Wrong) Join(ReportRow row, ReportTable table, string name, string? email)
    {
        var (said, left) = (row[table[ReportColumn.From]], row[table[ReportColumn.To]]);
        if (TimeOf(said, table) is not { } from)
        {
            return (null, $"Line {row.Line} has no time of joining that can be read{(said.Length is > 0 and < 40 ? $": “{said}”" : "")}. {Again}");
        }

        var to = TimeOf(left, table);
        return to is null && !Nothing().IsMatch(left) ? (null, $"Line {row.Line} has no time of leaving that can be read: “{(left.Length < 40 ? left : left[..40])}”. {Again}")
            : (new ReportLine(row.Line, name, email, from, to, table.Totals ? Seconds(row[table[ReportColumn.Duration]]) : null), null);
    }

    private static (ReportLine? Line, string? Wrong) Event(ReportRow row, ReportTable table, string name, string? email)
    {
        var joined = row[table[ReportColumn.Action]].StartsWith("joined", StringComparison.OrdinalIgnoreCase);
        return !joined && !row[table[ReportColumn.Action]].Equals("left", StringComparison.OrdinalIgnoreCase) ? (null, $"Line {row.Line} says neither joined nor left. {Again}")
            : TimeOf(row[table[ReportColumn.At]], table) is not { } at ? (null, $"Line {row.Line} has no time that can be read. {Again}")
            : (new ReportLine(row.Line, name, email, joined ? at : null, joined ? null : at, null), null);
    }

    private static WrittenTime? TimeOf(string cell, ReportTable table) => WrittenTime.Read(cell) is not { } time ? null : table.Universal ? time with { Offset = TimeSpan.Zero } : time;

    /// <summary>"1h 5m 3s", "1 hr 2 min", "58 min", "1:02:03", "95": seconds; null: none of these.</summary>
    internal static int? Seconds(string text)
    {
        if (text.Length > 40)
        {
            return null;
        }

        static int Number(Group group) => group.Success ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        return Clock().Match(text) is { Success: true } clock ? (Number(clock.Groups["h"]) * 3600) + (Number(clock.Groups["m"]) * 60) + Number(clock.Groups["s"])
            : Span().Match(text) is { Success: true, Length: > 0 } span ? (Number(span.Groups["h"]) * 3600) + (Number(span.Groups["m"]) * 60) + Number(span.Groups["s"])
            : Plain().Match(text) is { Success: true } plain ? Number(plain.Groups["m"]) * 60
            : null;
    }

    // Where the mark is a comma and nothing is in quotes, "11/20/26, 9:28:31 AM" became two cells.
    private static List<string> DaysWithTimes(IReadOnlyList<string> cells)
    {
        var joined = new List<string>();
        foreach (var cell in cells)
        {
            if (joined.Count > 0 && Day().IsMatch(joined[^1]) && WrittenTime.Read(cell) is { HasDay: false })
            {
                joined[^1] = $"{joined[^1]} {cell}";
            }
            else
            {
                joined.Add(cell);
            }
        }

        return joined;
    }

    private static string Beginning(IReadOnlyList<ReportRow> rows) => rows.Count == 0 ? "" : string.Join(", ", rows[0].Cells.Where(cell => cell.Length > 0)) is { Length: > 60 } text ? $"{text[..60]}…" : string.Join(", ", rows[0].Cells.Where(cell => cell.Length > 0));

    // "2. Participants", "Panelist Details", "Other Attended".
    [GeneratedRegex(@"^[0-9]\. |\bdetails$|^other attended$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Title();

    [GeneratedRegex("^(attended participants|total number of participants)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Stated();

    [GeneratedRegex("^(no|n|false)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex No();

    [GeneratedRegex("^(yes|y|true)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Yes();

    [GeneratedRegex("^(-{0,2}|n/a)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Nothing();

    [GeneratedRegex(@"^([0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4})$", RegexOptions.CultureInvariant)]
    private static partial Regex Day();

    [GeneratedRegex(@"^(?<h>[0-9]{1,3}):(?<m>[0-9]{2}):(?<s>[0-9]{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^(?:(?<h>[0-9]{1,3}) ?(?:h|hrs?|hours?))? ?(?:(?<m>[0-9]{1,5}) ?(?:m|mins?|minutes?))? ?(?:(?<s>[0-9]{1,6}) ?(?:s|secs?|seconds?))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Span();

    [GeneratedRegex(@"^(?<m>[0-9]{1,5})$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
