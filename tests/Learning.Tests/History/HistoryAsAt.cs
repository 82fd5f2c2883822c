using static Learning.Tests.History.HistoryFiles;

namespace Learning.Tests.History;

/// <summary>Something that a measure counts, with all that a filter or a breakdown asks of it.</summary>
internal sealed record Counted(
    Course Course, DateOnly Date, string[] Boards, Person? Person = null, Session? Session = null, string Agency = Counted.NotKnown, string Workforce = "", int Weight = 1)
{
    public const string NotKnown = "not known";
}

/// <summary>What happened in a folder of history, as it was known at an instant (T4, H0): one question after another, each a loop over rows.</summary>
internal sealed class HistoryAsAt(HistoryFiles files, DateTimeOffset asAt)
{
    private readonly ILookup<string, Mark> _marks = files.Marks.ToLookup(mark => mark.Session);
    private readonly ILookup<string, Booking> _bookings = files.Bookings.ToLookup(booking => booking.Session);
    private readonly ILookup<string, Part> _parts = files.Parts.ToLookup(part => part.Session);

    /// <summary>H0: a held session is signed at the later of its end and its latest first mark; F2: sessions held are those with a signed register.</summary>
    public List<Session> Held()
    {
        var held = new List<Session>();
        foreach (var session in files.Sessions.Where(session => session.Status == "held"))
        {
            var signed = session.Ends.Instant;
            foreach (var group in Expanded(session).GroupBy(row => (row.Holder, row.Part)))
            {
                var first = group.Min(row => row.Mark.MarkedAt);
                signed = first > signed ? first : signed;
            }
            if (signed <= asAt)
                held.Add(session);
        }
        return held;
    }

    /// <summary>Every row of a session, once for each part that it is for; the holder is a person or a seat.</summary>
    private List<(string Holder, string Part, Mark Mark)> Expanded(Session session)
    {
        var rows = new List<(string, string, Mark)>();
        foreach (var mark in _marks[session.Ref])
        {
            foreach (var part in PartsOf(session).Where(part => mark.Part.Length == 0 || mark.Part == part.Number))
                rows.Add((mark.Person is { } person ? $"person {person.Number}" : $"seat {mark.Seat}", part.Number, mark));
        }
        return rows;
    }

    /// <summary>F2: cancelled, as known since its instant of cancellation; where the row gives none, since its planned start.</summary>
    public List<Session> Cancelled() =>
        [.. files.Sessions.Where(session => session.Status == "cancelled" && (session.CancelledAt ?? session.Starts.Instant) <= asAt)];

    /// <summary>H0: of several rows for one session, part and person the later marked_at stands, then the later line; as-at is inclusive.</summary>
    private List<(string Holder, string Part, Mark Mark)> Standing(Session session) =>
    [
        .. Expanded(session).Where(row => row.Mark.MarkedAt <= asAt).GroupBy(row => (row.Holder, row.Part))
            .Select(group => group.OrderBy(row => row.Mark.MarkedAt).ThenBy(row => row.Mark.Line).Last()),
    ];

    /// <summary>A7: who attended all parts, by their own mark or as the substitute whom a standing mark names. Signed or not (F2).</summary>
    public List<Counted> Attendances()
    {
        var attendances = new List<Counted>();
        foreach (var session in files.Sessions)
        {
            var parts = PartsOf(session);
            var presences = new List<(Person Person, string Part, string Agency)>();
            foreach (var (_, partNumber, mark) in Standing(session))
            {
                var part = parts.Single(part => part.Number == partNumber);
                var required = 0.75m * (decimal)(part.Ends.Instant - part.Starts.Instant).TotalMinutes;
                if (mark.What == "attended" || (mark.What == "part" && mark.Minutes >= required))
                    presences.Add((mark.Person!, partNumber, mark.Agency));
                else if (mark.What.StartsWith("substitute:", StringComparison.Ordinal))
                    presences.Add((files.Known(mark.What["substitute:".Length..]), partNumber, mark.Agency));
            }
            foreach (var person in presences.Select(presence => presence.Person).Distinct())
            {
                var own = presences.Where(presence => presence.Person == person).ToList();
                if (parts.All(part => own.Exists(presence => presence.Part == part.Number)))
                    attendances.Add(Of(session, person, own.Select(presence => presence.Agency).FirstOrDefault(agency => agency.Length > 0)));
            }
        }
        return attendances;
    }

    /// <summary>F2: what is counted over sessions held counts signed ones.</summary>
    public IEnumerable<Counted> AttendancesOfHeld()
    {
        var held = Held().Select(session => session.Ref).ToHashSet();
        return Attendances().Where(attendance => held.Contains(attendance.Session!.Ref));
    }

    /// <summary>H0: a completion counts from 00:00 local of its day.</summary>
    public IEnumerable<Counted> Completions()
    {
        foreach (var completion in files.Completions.Where(completion => Midnight(completion.On) <= asAt))
        {
            var job = JobOf(completion.Person, completion.On);
            var agency = completion.Agency.Length > 0 ? completion.Agency : job?.Agency ?? Counted.NotKnown;
            yield return new Counted(completion.Course, completion.On, completion.Course.Boards, completion.Person, null, agency, job?.Workforce ?? "");
        }
    }

    /// <summary>F2, dna_rate: one mark per holder and session, the last; a substitution is one, a seat has no holder.</summary>
    public List<(Counted Holder, bool DidNotAttend)> LastMarks()
    {
        var marks = new List<(Counted, bool)>();
        foreach (var session in Held())
        {
            foreach (var own in Standing(session).Where(row => row.Mark.Person is not null).GroupBy(row => row.Mark.Person!))
            {
                var agency = own.Select(row => row.Mark.Agency).FirstOrDefault(agency => agency.Length > 0);
                marks.Add((Of(session, own.Key, agency), own.OrderBy(row => row.Mark.MarkedAt).ThenBy(row => row.Mark.Line).Last().Mark.What == "dna"));
            }
        }
        return marks;
    }

    /// <summary>F2: bookings of sessions held that were confirmed at the start.</summary>
    public IEnumerable<Counted> Booked()
    {
        foreach (var session in Held())
        {
            foreach (var booking in _bookings[session.Ref].Where(booking => booking.BookedAt <= session.Starts.Instant && booking.BookedAt <= asAt))
            {
                if (booking.Status == "confirmed" || (booking.Status == "cancelled" && booking.CancelledAt > session.Starts.Instant))
                    yield return Of(session, booking.Person, booking.Agency);
            }
        }
    }

    private List<Part> PartsOf(Session session)
    {
        var parts = _parts[session.Ref].ToList();
        return parts.Count > 0 ? parts : [new Part(session.Ref, "1", session.Starts, session.Ends)];
    }

    /// <summary>T3: dated by the local date on which the last part starts.</summary>
    private DateOnly DateOf(Session session) => PartsOf(session).OrderBy(part => part.Starts.Instant).Last().Starts.Date;

    public Counted Of(Session session)
    {
        string[] boards = session.Board.Length > 0 ? [session.Board] : session.Course.Boards;
        return new Counted(session.Course, DateOf(session), boards, Session: session);
    }

    /// <summary>P2: the agency given on the mark, else on the booking, else of the employment of that day, else not known.</summary>
    private Counted Of(Session session, Person person, string? onTheMark)
    {
        var job = JobOf(person, DateOf(session));
        var onTheBooking = _bookings[session.Ref].Where(booking => booking.Person == person).Select(booking => booking.Agency).FirstOrDefault(agency => agency.Length > 0);
        var agency = !string.IsNullOrEmpty(onTheMark) ? onTheMark : onTheBooking ?? job?.Agency ?? Counted.NotKnown;
        return Of(session) with { Person = person, Agency = agency, Workforce = job?.Workforce ?? "" };
    }

    /// <summary>P2: from its first day up to, not including, its last.</summary>
    private static Employment? JobOf(Person person, DateOnly day) => person.Employments.Find(job => job.From <= day && (job.To is null || day < job.To));
}
