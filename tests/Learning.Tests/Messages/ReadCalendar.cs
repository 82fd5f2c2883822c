using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Learning.Tests.Messages;

/// <summary>iCalendar read by the rules of RFC 5545 and by nothing of the program's: unfolded, components with their properties, parameters and times.</summary>
public sealed class ReadCalendar
{
    public sealed record Line(string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
    {
        public string Text => Regex.Replace(Value, @"\\([\\;,nN])", match => match.Groups[1].Value is "n" or "N" ? "\n" : match.Groups[1].Value);
        public DateTime[] Times => [.. Value.Split(',').Select(one => DateTime.ParseExact(one, "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture))];
    }

    public sealed class Component(string name)
    {
        public string Name { get; } = name;
        public List<Line> Lines { get; } = [];
        public List<Component> Inner { get; } = [];
        public Line this[string name] => Lines.Single(line => line.Name == name);
        public Line? Find(string name) => Lines.SingleOrDefault(line => line.Name == name);
    }

    public ReadCalendar(string text)
    {
        Assert.EndsWith("\r\n", text);
        Assert.DoesNotContain("\n", text.Replace("\r\n", "", StringComparison.Ordinal));
        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        var open = new Stack<Component>([new Component("")]);
        foreach (var line in text.Replace("\r\n ", "", StringComparison.Ordinal).TrimEnd().Split("\r\n").Select(Parse))
        {
            if (line.Name == "BEGIN")
            {
                var inner = new Component(line.Value);
                open.Peek().Inner.Add(inner);
                open.Push(inner);
            }
            else if (line.Name == "END")
            {
                Assert.Equal(open.Pop().Name, line.Value);
            }
            else
            {
                open.Peek().Lines.Add(line);
            }
        }

        Root = Assert.Single(Assert.Single(open).Inner);
        Assert.Equal("VCALENDAR", Root.Name);
    }

    public Component Root { get; }
    public IReadOnlyList<Component> Events => [.. Root.Inner.Where(one => one.Name == "VEVENT")];

    /// <summary>The instant of a local time by the calendar's own zone.</summary>
    public DateTimeOffset Instant(Line time, DateTime local)
    {
        var zone = Root.Inner.Single(one => one.Name == "VTIMEZONE" && one["TZID"].Value == time.Parameters["TZID"]);
        var onsets = zone.Inner.SelectMany(rule => Onsets(rule, local.Year).Select(onset => (Local: onset, From: Offset(rule["TZOFFSETFROM"]), To: Offset(rule["TZOFFSETTO"])))).OrderBy(one => one.Local).ToList();
        // RFC 5545, 3.3.5: a time that comes twice is the first of the two, one that is skipped goes by the offset before the change.
        var last = onsets.Last(onset => onset.Local <= local);
        var skipped = local - last.Local < last.To - last.From;
        return new DateTimeOffset(local, skipped ? last.From : last.To);
    }

    private static IEnumerable<DateTime> Onsets(Component rule, int year)
    {
        var first = Assert.Single(rule["DTSTART"].Times);
        if (rule.Find("RRULE") is not { } repeats)
        {
            return [first];
        }

        var match = Regex.Match(repeats.Value, @"^FREQ=YEARLY;BYMONTH=(\d+);BYDAY=(-?\d)(SU|MO|TU|WE|TH|FR|SA)$");
        Assert.True(match.Success, repeats.Value);
        var (month, week, day) = (int.Parse(match.Groups[1].Value), int.Parse(match.Groups[2].Value), Array.IndexOf(["SU", "MO", "TU", "WE", "TH", "FR", "SA"], match.Groups[3].Value));
        return new[] { year - 1, year, year + 1 }.Select(each =>
        {
            var days = Enumerable.Range(1, DateTime.DaysInMonth(each, month)).Select(number => new DateTime(each, month, number)).Where(one => (int)one.DayOfWeek == day).ToList();
            return (week < 0 ? days[^-week] : days[week - 1]) + first.TimeOfDay;
        }).Where(onset => onset >= first);
    }

    private static TimeSpan Offset(Line line) =>
        new TimeSpan(int.Parse(line.Value[1..3]), int.Parse(line.Value[3..5]), 0) * (line.Value[0] == '-' ? -1 : 1);

    private static Line Parse(string line)
    {
        var match = Regex.Match(line, "^([A-Z-]+)((?:;[A-Z-]+=(?:\"[^\"]*\"|[^\";:,]*))*):(.*)$", RegexOptions.Singleline);
        Assert.True(match.Success, line);
        var parameters = Regex.Matches(match.Groups[2].Value, ";([A-Z-]+)=(?:\"([^\"]*)\"|([^\";:,]*))")
            .ToDictionary(one => one.Groups[1].Value, one => one.Groups[2].Success ? one.Groups[2].Value : one.Groups[3].Value);
        return new Line(match.Groups[1].Value, parameters, match.Groups[3].Value);
    }
}
