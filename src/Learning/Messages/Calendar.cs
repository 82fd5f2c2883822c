using System.Globalization;

using Learning.Time;

namespace Learning.Messages;

/// <summary>
/// Calendar entries as iCalendar objects (RFC 5545) that mail programs act on (RFC 5546: REQUEST puts in or updates, CANCEL takes out). A session of
/// several parts has one event for each under the one identity: the first lists the days of the others, which say their own times and titles.
/// Times are wall times of the installation's zone, whose clock changes go with them (T1).
/// </summary>
public static class Calendar
{
    private const string LocalForm = "yyyyMMdd'T'HHmmss";

    /// <summary>The text/calendar part of a letter to <paramref name="to"/>.</summary>
    public static CalendarPart Write(CalendarEntry entry, Zone zone, DateTimeOffset stamp, Correspondent organiser, Correspondent to)
    {
        var method = entry.Cancelled ? "CANCEL" : "REQUEST";
        return new CalendarPart(method, Object(method, [], [entry], zone, stamp, organiser, to));
    }

    /// <summary>A feed that calendars read again and again (METHOD:PUBLISH): what is in it and nothing else is in them. Nobody is invited by it.</summary>
    /// <param name="name">What calendars call it.</param>
    public static string Publish(string name, IReadOnlyList<CalendarEntry> entries, Zone zone, DateTimeOffset stamp, Correspondent organiser) =>
        Object("PUBLISH", [$"X-WR-CALNAME:{Text(name)}", $"NAME:{Text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"], entries, zone, stamp, organiser, null);

    private static string Object(string method, IEnumerable<string> about, IReadOnlyList<CalendarEntry> entries, Zone zone, DateTimeOffset stamp, Correspondent organiser, Correspondent? to)
    {
        var lines = new List<string> { "BEGIN:VCALENDAR", "PRODID:-//Learning//Training//EN", "VERSION:2.0", "CALSCALE:GREGORIAN", $"METHOD:{method}" };
        lines.AddRange(about);
        var years = entries.SelectMany(entry => entry.Parts).Select(part => part.StartsLocal.Year).ToList();
        lines.AddRange(CalendarZone.Lines(zone, years.Count == 0 ? zone.Today.Year : years.Min()));
        lines.AddRange(entries.SelectMany(entry => Events(entry, zone, stamp, organiser, to)));
        lines.Add("END:VCALENDAR");
        return string.Concat(lines.Select(CalendarFold.Line));
    }

    private static List<string> Events(CalendarEntry entry, Zone zone, DateTimeOffset stamp, Correspondent organiser, Correspondent? to)
    {
        var parts = entry.Parts.DistinctBy(part => part.StartsLocal).OrderBy(part => part.StartsLocal).ToList();
        var lines = new List<string>();
        foreach (var (part, index) in parts.Select((part, index) => (part, index)))
        {
            lines.AddRange(["BEGIN:VEVENT", $"UID:{entry.Id:D}@{organiser.Address[(organiser.Address.LastIndexOf('@') + 1)..]}", $"SEQUENCE:{entry.Sequence}",
                $"DTSTAMP:{stamp.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}",
                $"DTSTART{Local(zone, part.StartsLocal)}", $"DTEND{Local(zone, part.EndsLocal)}"]);
            if (index > 0)
            {
                lines.Add($"RECURRENCE-ID{Local(zone, part.StartsLocal)}");
            }
            else if (parts.Count > 1)
            {
                lines.Add($"RDATE{Local(zone, [.. parts.Skip(1).Select(one => one.StartsLocal)])}");
            }

            lines.Add($"SUMMARY:{Text(string.IsNullOrWhiteSpace(part.Title) ? entry.Title : $"{entry.Title}: {part.Title}")}");
            lines.AddRange(Optional("LOCATION", entry.Place).Concat(Optional("DESCRIPTION", entry.Description)));
            if (Uri.TryCreate(entry.Link, UriKind.Absolute, out var link))
            {
                lines.Add($"URL:{link.AbsoluteUri}");
            }

            lines.Add($"ORGANIZER;CN=\"{Parameter(organiser.Name)}\":mailto:{organiser.Address}");
            if (to is not null)
            {
                lines.Add($"ATTENDEE;CN=\"{Parameter(to.Name)}\";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:{to.Address}");
            }

            lines.AddRange([$"STATUS:{(entry.Cancelled ? "CANCELLED" : "CONFIRMED")}", "TRANSP:OPAQUE", "END:VEVENT"]);
        }

        return lines;
    }

    private static string Local(Zone zone, params DateTime[] times) =>
        $";TZID={zone.Name}:{string.Join(',', times.Select(time => time.ToString(LocalForm, CultureInfo.InvariantCulture)))}";

    private static IEnumerable<string> Optional(string name, string? value) => string.IsNullOrWhiteSpace(value) ? [] : [$"{name}:{Text(value)}"];

    // RFC 5545, 3.3.11: backslash, semicolon and comma are escaped, a line break is \n; other control characters cannot be said.
    private static string Text(string value) => string.Concat(value.ReplaceLineEndings("\n").Trim().Select(one => one switch
    {
        '\\' or ';' or ',' => $"\\{one}",
        '\n' => "\\n",
        '\t' => " ",
        _ => char.IsControl(one) ? "" : one.ToString(),
    }));

    // RFC 5545, 3.2: a quoted parameter holds anything but quotes and control characters.
    private static string Parameter(string value) => Letter.OneLine(value).Replace('"', '\'');
}
