using Learning.Time;

namespace Learning.Attendance.Meetings;

/// <summary>Makes people of lines: what has one address is one person, and what has none is one of its name (A8). Pure.</summary>
internal static class MeetingPeople
{
    /// <summary>By what two lines are of one person.</summary>
    public static string KeyOf(ReportLine line) => line.Email ?? $" {MeetingNames.Key(line.Name)}";

    /// <summary>The people of all files, in the order in which they first came; or the sentence about a line that cannot be.</summary>
    public static (IReadOnlyList<MeetingPerson>? People, string? Wrong) Of(IEnumerable<(ReportFile File, DayOrder Order, DateOnly? Plain)> files, Zone zone)
    {
        var all = new List<(ReportLine Line, MeetingJoin Join)>();
        foreach (var (file, order, plain) in files)
        {
            DateTimeOffset At(WrittenTime time)
            {
                var local = (time.Day(order) ?? plain!.Value).ToDateTime(TimeOnly.FromTimeSpan(time.Time));
                return time.Offset is { } offset ? new DateTimeOffset(local, offset).ToUniversalTime() : zone.InstantOf(local);
            }

            var last = file.Times.Max(At);
            if (file.Events)
            {
                all.AddRange(Pairs(file, At, last));
                continue;
            }

            foreach (var line in file.Lines)
            {
                var (from, to) = (At(line.From!.Value), line.To is { } left ? At(left) : last);
                if (to < from && line is { From.HasDay: false, To.HasDay: false })
                {
                    to = to.AddDays(1);
                }

                if (to < from)
                {
                    return (null, $"On line {line.Line} the leaving is before the joining. Download the report again.");
                }

                var length = (int)Math.Min((to - from).TotalSeconds, int.MaxValue);
                all.Add((line, new MeetingJoin(from, to, line.Seconds < length ? line.Seconds : null)));
            }
        }

        return ([.. all.GroupBy(one => KeyOf(one.Line)).Select(Person).OrderBy(person => person.Joins[0].From)], null);
    }

    private static MeetingPerson Person(IEnumerable<(ReportLine Line, MeetingJoin Join)> lines)
    {
        var theirs = lines.OrderBy(one => one.Join.From).ThenBy(one => one.Join.To).ToList();
        return new MeetingPerson(theirs[0].Line.Name, theirs[0].Line.Email, [.. theirs.Select(one => one.Join).Distinct()]);
    }

    // A list of events: whoever comes twice before leaving is there with two devices, and is gone with the last. Whoever does not leave stays to the last event.
    private static IEnumerable<(ReportLine, MeetingJoin)> Pairs(ReportFile file, Func<WrittenTime, DateTimeOffset> at, DateTimeOffset last)
    {
        foreach (var person in file.Lines.GroupBy(KeyOf))
        {
            var open = new Queue<(ReportLine Line, DateTimeOffset From)>();
            foreach (var line in person.OrderBy(line => at((line.From ?? line.To)!.Value)))
            {
                if (line.From is { } from)
                {
                    open.Enqueue((line, at(from)));
                }
                else if (open.TryDequeue(out var joined))
                {
                    yield return (joined.Line, new MeetingJoin(joined.From, at(line.To!.Value)));
                }
            }

            foreach (var (line, from) in open)
            {
                yield return (line, new MeetingJoin(from, last));
            }
        }
    }
}
