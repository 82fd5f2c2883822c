using System.Globalization;

namespace Learning.Tests.History;

/// <summary>One session of a random history: its parts, bookings and marks, with all their later corrections.</summary>
public sealed class RandomSession
{
    private readonly Random _random;
    private readonly RandomCsv _csv;
    private readonly string _parent;
    private readonly string _status;
    private readonly List<(DateTime Starts, DateTime Ends)> _parts = [];
    private readonly int _capacity;
    private readonly bool _hasPartRows;
    private readonly string _course;

    public string Ref { get; }
    public string Kind { get; }

    public RandomSession(Random random, RandomCsv csv, string reference, (string Code, string Kind) course, string parent, DateOnly day)
    {
        (_random, _csv, Ref, _course, Kind, _parent) = (random, csv, reference, course.Code, course.Kind, parent);
        _status = random.Next(10) switch { < 7 => "held", 7 => "cancelled", 8 => "planned", _ => "held" };
        _capacity = random.Next(2, 9);
        var count = _status == "cancelled" || Often(60) ? 1 : random.Next(2, 4);
        for (var part = 0; part < count; part++)
        {
            var starts = day.AddDays(part * random.Next(1, 9)).ToDateTime(StartTime());
            if (part > 0 && starts < _parts[^1].Ends)
                starts = _parts[^1].Ends.AddMinutes(20);
            starts = Once(starts);
            // Lengths of which 75% is a whole number of minutes.
            _parts.Add((starts, Once(starts.AddMinutes(4 * random.Next(5, 60)))));
        }
        _hasPartRows = count > 1 || Often(20);
    }

    // A wall time that a clock change takes away or repeats has no one meaning: an hour later.
    private static DateTime Once(DateTime wall) => HistoryFiles.ExistsOnce(wall) ? wall : wall.AddHours(1);

    // Minutes before and after midnight, or a common hour.
    private TimeOnly StartTime() => _random.Next(6) switch
    {
        0 => new TimeOnly(23, 55),
        1 => new TimeOnly(0, 0),
        2 => new TimeOnly(0, 5),
        3 => new TimeOnly(23, 30),
        _ => new TimeOnly(9 + _random.Next(6), 30),
    };

    private DateTimeOffset Starts => At(_parts[0].Starts);

    private DateTimeOffset Ends => At(_parts[^1].Ends);

    public void Write(int people, Func<int, string> address, IReadOnlyList<string> agencies)
    {
        _csv.Add("sessions", ("ref", Ref), ("course", _course), ("starts", _csv.Local(_parts[0].Starts)), ("ends", _csv.Local(_parts[^1].Ends)), ("mode", Pick(["in person", "virtual", "hybrid"])),
            ("venue", Often(50) ? "Hall 1, \"the big one\"" : ""), ("capacity", Number(_capacity)), ("status", _status), ("board", Often(30) ? Pick(["children", "adults", "joint"]) : ""),
            ("trainers", Often(30) ? address(0) : ""), ("parent", _parent), ("cancelled_at", _status == "cancelled" ? _csv.Instant(Starts.AddHours(-_random.Next(1, 300))) : ""));
        if (_hasPartRows)
        {
            for (var part = 0; part < _parts.Count; part++)
                _csv.Add("parts", ("session", Ref), ("part", Number(part + 1)), ("title", Often(30) ? "Part, with a name" : ""), ("starts", _csv.Local(_parts[part].Starts)), ("ends", _csv.Local(_parts[part].Ends)));
        }
        var order = Enumerable.Range(0, people).ToArray();
        _random.Shuffle(order);
        var substitutes = order[..3];
        var taken = 0;
        foreach (var person in order[3..].Take(_random.Next(3, 12)))
            Person(person, address, Often(15) ? Pick(agencies) : "", substitutes, ref taken);
        if (_status == "held" && Kind == "forum" && Often(60))
            Seat();
    }

    private void Person(int person, Func<int, string> address, string agency, int[] substitutes, ref int taken)
    {
        // P2 says nothing of a substitute's agency on the holder's row: holders who are substituted carry none.
        var substituted = Often(20);
        agency = substituted ? "" : agency;
        var booked = Often(75) && (_status != "planned" || taken < _capacity);
        if (booked)
        {
            Booking(person, address, agency);
            taken++;
        }
        var marked = _status == "held" ? Often(85) : _status == "planned" && Often(25);
        if (!marked)
            return;
        var onTheMark = booked && Often(50) ? "" : agency;
        foreach (var part in Scopes())
        {
            for (var row = 0; row < (Often(35) ? _random.Next(2, 5) : 1); row++)
                Mark(address(person), substituted && Often(50) ? "substitute:" + address(Pick(substitutes)) : "", part, onTheMark);
        }
    }

    /// <summary>A row for every part, or one for each, or both, or one part without a mark.</summary>
    private IEnumerable<int?> Scopes() => _parts.Count == 1 ? [_hasPartRows && Often(50) ? 1 : null] : _random.Next(4) switch
    {
        0 => [null],
        1 => [null, _random.Next(1, _parts.Count + 1)],
        2 => Enumerable.Range(1, _parts.Count - 1).Select(part => (int?)part),
        _ => Enumerable.Range(1, _parts.Count).Select(part => (int?)part),
    };

    private void Booking(int person, Func<int, string> address, string agency)
    {
        var bookedAt = Starts.AddMinutes(-_random.Next(60, 60_000));
        if (_status == "cancelled")
            Row("cancelled", bookedAt, Starts.AddMinutes(-30), "");
        else
        {
            // Booked, cancelled, and booked again; or one row of any kind.
            if (Often(10))
                Row("cancelled", bookedAt.AddDays(-3), bookedAt.AddDays(-2), "");
            switch (_random.Next(10))
            {
                case 0: Row("waiting", bookedAt, null, ""); break;
                case 1: Row("cancelled", bookedAt, Starts.AddMinutes(-30), ""); break;
                case 2 when _status == "held": Row("cancelled", bookedAt, Starts.AddMinutes(30), ""); break;
                case 3 when _status == "held": Row("confirmed", Starts.AddMinutes(10), null, agency); break;
                case 4: Row("confirmed", Starts, null, agency); break;
                default: Row("confirmed", bookedAt, null, agency); break;
            }
        }

        void Row(string status, DateTimeOffset at, DateTimeOffset? cancelled, string of) =>
            _csv.Add("bookings", ("session", Ref), ("email", address(person)), ("status", status), ("booked_at", _csv.Instant(at)), ("cancelled_at", cancelled is { } end ? _csv.Instant(end) : ""), ("agency", of));
    }

    private void Mark(string email, string substitute, int? part, string agency)
    {
        var minutes = "";
        var mark = substitute.Length > 0 ? substitute : Pick(["attended", "attended", "attended", "part", "part", "apologies", "dna", "dna"]);
        if (mark == "part" && Often(85))
        {
            // Of all parts that the row is for, the first one's required minutes, one less, or anything.
            var (starts, ends) = _parts[(part ?? 1) - 1];
            var required = (int)(At(ends) - At(starts)).TotalMinutes * 3 / 4;
            minutes = Number(Pick([required, required, required - 1, required + 1, _random.Next(0, required)]));
        }
        _csv.Add("attendance", ("session", Ref), ("email", email), ("mark", mark), ("minutes", minutes), ("agency", agency), ("marked_at", _csv.Instant(MarkedAt(part))), ("part", part is { } number ? Number(number) : ""), ("seat", ""));
    }

    private void Seat()
    {
        for (var row = 0; row < _random.Next(1, 3); row++)
            _csv.Add("attendance", ("session", Ref), ("email", ""), ("mark", Pick(["vacant", "not-appointed"])), ("minutes", ""), ("agency", ""), ("marked_at", _csv.Instant(MarkedAt(null))), ("part", ""), ("seat", "Seat of the lay member"));
    }

    // In the room, at its end to the second, the same evening, or weeks late; often the same instant as another row.
    private DateTimeOffset MarkedAt(int? part)
    {
        var ends = At(_parts[(part ?? _parts.Count) - 1].Ends);
        return _random.Next(5) switch
        {
            0 => ends.AddMinutes(-5),
            1 => ends,
            2 => ends.AddSeconds(_random.Next(1, 7_000)),
            3 => ends.AddMinutes(10),
            _ => ends.AddDays(_random.Next(1, 50)),
        };
    }

    private static DateTimeOffset At(DateTime wall) => HistoryFiles.ToInstant(wall);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private bool Often(int percent) => _random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];
}
